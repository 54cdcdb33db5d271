import Bus
import Quantities
import Readings
import Sensors
import ServiceLifecycle
import SimulatedParts
import Testing

@testable import Acquisition

/// One air part behind the sampler's face, on a bus of its own.
private struct SourceBench: Sendable {
  let time = SimulatedTime(utcMicroseconds: 1_772_572_385_000_000)
  let bus: SimulatedI2CBus

  init() { bus = SimulatedI2CBus(clock: time) }

  static let air = SimulatedAir(
    temperature: .celsius(21.5), humidity: .percent(48.25), pm1: .microgramsPerCubicMetre(3),
    pm2_5: .microgramsPerCubicMetre(6), pm4: .microgramsPerCubicMetre(8),
    pm10: .microgramsPerCubicMetre(9), vocIndex: .value(120), noxIndex: .value(2),
    carbonDioxide: .partsPerMillion(815))

  /// Runs a test with a part that has been powered for twenty seconds.
  static func run(
    _ supported: SupportedPart, as part: any SimulatedPart,
    _ test: @Sendable @escaping (SourceBench, any AirSource) async throws -> Void
  ) async throws {
    let bench = SourceBench()
    let address = supported.addresses[0]
    let source = try #require(
      supported.airSource(
        on: bench.bus, at: address, clock: bench.time, channels: supported.channels,
        particleWarmUp: .seconds(60)))
    try await bench.time.run {
      bench.bus.attach(part, at: address)
      try await bench.rest(.seconds(20))
      try await test(bench, source)
    }
  }

  func rest(_ duration: Duration) async throws {
    try await time.sleep(until: time.now.advanced(by: duration), tolerance: nil)
  }
}

/// A part that gives other bytes to one command, told by the first of its two bytes.
private struct OddPart: SimulatedPart {
  var part: any SimulatedPart
  let command: UInt8
  /// What it says in place of its answer; nil where it does not acknowledge the command at all.
  let answer: [UInt8]?
  private var isAsked = false

  init(_ part: any SimulatedPart, command: UInt8, answers answer: [UInt8]?) {
    self.part = part
    self.command = command
    self.answer = answer
  }

  var ailments: PartAilments {
    get { part.ailments }
    set { part.ailments = newValue }
  }

  mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    isAsked = bytes.first == command
    if isAsked, answer == nil { throw .unknownCommand }
    try part.write(bytes, at: now)
  }

  mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    let bytes = try part.read(count, at: now)
    return isAsked ? answer ?? bytes : bytes
  }

  mutating func powerCycle(at now: BootInstant) { part.powerCycle(at: now) }
}

@Suite("air sources") struct AirSourceTests {
  private func values(_ readings: [AirReading]) -> [Channel: Double] {
    readings.reduce(into: [:]) { $0[$1.channel] = $1.usable }
  }

  @Test("a SEN66 gives nine channels, each with its own value")
  func sen66() async throws {
    try await SourceBench.run(.sen66, as: SimulatedSEN66 { _ in SourceBench.air }) {
      bench, source in
      let identity = try await source.start()
      #expect(identity.part == "sen66 0x6B")
      #expect(identity.product == "SEN66")
      #expect(identity.status == "")
      try await bench.rest(.seconds(2))
      let values = values(try await source.sample())
      #expect(
        values == [
          .airTemperature: 21.5, .airHumidity: 48.25, .airPM1: 3, .airPM2_5: 6, .airPM4: 8,
          .airPM10: 9, .airVOCIndex: 120, .airNOxIndex: 2, .airCO2: 815,
        ])
      #expect(source.warmUp(of: .airPM10) == .seconds(60))
      #expect(source.warmUp(of: .airCO2) == .zero)
    }
  }

  @Test("an SPS30 gives four channels of particles, all of which warm up")
  func sps30() async throws {
    try await SourceBench.run(.sps30, as: SimulatedSPS30 { _ in SourceBench.air }) {
      bench, source in
      #expect(try await source.start().firmware == "2.3")
      try await bench.rest(.seconds(2))
      let values = values(try await source.sample())
      #expect(values == [.airPM1: 3, .airPM2_5: 6, .airPM4: 8, .airPM10: 9])
      #expect(source.channels.allSatisfy { source.warmUp(of: $0) == .seconds(60) })
    }
  }

  @Test(
    "a status is empty where all is well, told once where it is not, and then cleared",
    arguments: [SupportedPart.sen54, .sen55, .sen66, .sps30])
  func status(supported: SupportedPart) async throws {
    // The fan stands still from 45 s to 55 s after boot.
    let errors: @Sendable (BootInstant) -> UInt32 = {
      (45..<55).contains($0.sinceBoot.inSeconds) ? 1 << 4 : 0
    }
    let air: @Sendable (BootInstant) -> SimulatedAir = { _ in SourceBench.air }
    let part: any SimulatedPart =
      switch supported {
      case .sen54: SimulatedSEN5x(model: .sen54, errors: errors, air: air)
      case .sen66: SimulatedSEN66(errors: errors, air: air)
      case .sps30: SimulatedSPS30(errors: errors, air: air)
      default: SimulatedSEN5x(errors: errors, air: air)
      }
    try await SourceBench.run(supported, as: part) { bench, source in
      _ = try await source.start()
      #expect(try await source.status() == "")
      try await bench.time.sleep(until: BootInstant(sinceBoot: .seconds(54)), tolerance: nil)
      #expect(try await source.status() == "the fan does not turn")
      try await bench.rest(.seconds(10))
      #expect(try await source.status() == "")
    }
  }

  @Test(
    "a status that never comes whole is told of, and the part is started and read all the same",
    arguments: [SupportedPart.sen55, .sen66, .sps30])
  func brokenStatus(supported: SupportedPart) async throws {
    let air: @Sendable (BootInstant) -> SimulatedAir = { _ in SourceBench.air }
    let part: any SimulatedPart =
      switch supported {
      case .sen66: SimulatedSEN66(air: air)
      case .sps30: SimulatedSPS30(air: air)
      default: SimulatedSEN5x(air: air)
      }
    let odd = OddPart(part, command: 0xD2, answers: [UInt8](repeating: 0xFF, count: 6))
    try await SourceBench.run(supported, as: odd) { bench, source in
      let identity = try await source.start()
      #expect(identity.status?.hasPrefix("its status cannot be read: word 1 of 2") == true)
      try await bench.rest(.seconds(2))
      #expect(values(try await source.sample())[.airPM2_5] == 6)
    }
  }

  @Test("an SPS30 whose firmware has no status register says nothing of it")
  func noStatus() async throws {
    let odd = OddPart(SimulatedSPS30 { _ in SourceBench.air }, command: 0xD2, answers: nil)
    try await SourceBench.run(.sps30, as: odd) { _, source in
      let identity = try await source.start()
      #expect(identity.status == nil)
      #expect(try await source.status() == nil)
    }
  }

  @Test("SEN55 and SPS30 clean their fan while they measure, and are stale meanwhile")
  func cleaning() async throws {
    let air: @Sendable (BootInstant) -> SimulatedAir = { _ in SourceBench.air }
    let parts: [(SupportedPart, any SimulatedPart)] = [
      (.sen55, SimulatedSEN5x(air: air)), (.sps30, SimulatedSPS30(air: air)),
    ]
    for (supported, part) in parts {
      try await SourceBench.run(supported, as: part) { bench, source in
        _ = try await source.start()
        try await bench.rest(.seconds(2))
        _ = try await source.sample()
        #expect(try await source.cleanFan() == .seconds(70))
        try await bench.rest(.seconds(3))
        let during = try await source.sample()
        #expect(during.allSatisfy { $0.state == .absent(.stale) })
        try await bench.rest(.seconds(8))
        #expect(values(try await source.sample())[.airPM2_5] == 6)
      }
    }
  }

  @Test("a SEN66 is stopped, cleaned and started again, and measures when that is done")
  func cleaningOfSEN66() async throws {
    try await SourceBench.run(.sen66, as: SimulatedSEN66 { _ in SourceBench.air }) {
      bench, source in
      _ = try await source.start()
      try await bench.rest(.seconds(2))
      let began = bench.time.now
      #expect(try await source.cleanFan() == .seconds(60))
      #expect((11.4..<12).contains(began.duration(to: bench.time.now).inSeconds))
      try await bench.rest(.seconds(2))
      #expect(values(try await source.sample())[.airPM2_5] == 6)
    }
  }

  @Test("a SEN66 that does not take the cleaning measures on, and the failure is told")
  func refusedCleaning() async throws {
    let odd = OddPart(SimulatedSEN66 { _ in SourceBench.air }, command: 0x56, answers: nil)
    try await SourceBench.run(.sen66, as: odd) { bench, source in
      _ = try await source.start()
      await #expect(throws: SensorError.self) { try await source.cleanFan() }
      try await bench.rest(.seconds(2))
      #expect(values(try await source.sample())[.airPM2_5] == 6)
    }
  }

  @Test("a part without a fan or a status says so, and takes a reset for what it is")
  func withoutFan() async throws {
    try await SourceBench.run(.sht4x, as: SimulatedSHT4x { _ in SourceBench.air }) { _, source in
      _ = try await source.start()
      #expect(try await source.status() == nil)
      #expect(try await source.cleanFan() == nil)
      try await source.reset()
      let temperature = try #require(values(try await source.sample())[.airTemperature])
      #expect(abs(temperature - 21.5) < 0.01)
    }
  }

  @Test(
    "after a reset a part says nothing until it is started",
    arguments: [SupportedPart.sen55, .sen66, .sps30])
  func reset(supported: SupportedPart) async throws {
    let air: @Sendable (BootInstant) -> SimulatedAir = { _ in SourceBench.air }
    let part: any SimulatedPart =
      switch supported {
      case .sen66: SimulatedSEN66(air: air)
      case .sps30: SimulatedSPS30(air: air)
      default: SimulatedSEN5x(air: air)
      }
    try await SourceBench.run(supported, as: part) { bench, source in
      _ = try await source.start()
      try await bench.rest(.seconds(2))
      _ = try await source.sample()
      try await source.reset()
      try await bench.rest(.seconds(30))
      do {
        let silent = try await source.sample()
        #expect(silent.allSatisfy { $0.state == .absent(.notReady) })
      } catch let error as SensorError {
        // An SPS30 has no word for it: its silence is longer than a cleaning of its fan.
        #expect(supported == .sps30 && error.absence == .notReady)
      }
      _ = try await source.start()
      try await bench.rest(.seconds(2))
      #expect(values(try await source.sample())[.airPM2_5] == 6)
    }
  }

  @Test("an SPS30 that somebody has sent to sleep is woken at the start")
  func asleep() async throws {
    try await SourceBench.run(.sps30, as: SimulatedSPS30 { _ in SourceBench.air }) {
      bench, source in
      // SPS30 datasheet, "Sleep".
      try bench.bus.write([0x10, 0x01], to: 0x69)
      try await bench.rest(.seconds(1))
      #expect(try await source.start().product == "SPS30")
    }
  }

  @Test("a dip of an SPS30's supply is mended as a SEN55's is, though it has no sentinel")
  func brownOut() async throws {
    let bench = AirBench()
    bench.bus.attach(SimulatedSPS30(air: PlantedAir.air), at: 0x69)
    let sampler = try #require(bench.sampler(.sps30))
    try await bench.time.run {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for service in [sampler, bench.writer] as [any Service] {
          tasks.addTask { try await service.run() }
        }
        try await bench.rest(.seconds(150))
        bench.fault(.brownOut)
        try await bench.rest(.seconds(360))
        tasks.cancelAll()
        try await tasks.waitForAll()
      }
    }
    let dust = await bench.states(of: .airPM2_5, part: "sps30 0x69")
    // Noticed in the next sample; its fan has run for a minute two samples later.
    #expect(dust[3...4] == [.absent(.warming), .absent(.warming)])
    #expect(dust[5...].allSatisfy { if case .value = $0 { true } else { false } })
    #expect(bench.kinds(of: "sps30 0x69") == [.partFound, .partRestarted, .epochBegun])
  }
}
