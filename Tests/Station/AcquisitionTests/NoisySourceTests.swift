import Bus
import Quantities
import Readings
import Sensors
import SimulatedParts
import Testing

@testable import Acquisition

/// A part that says something else, checksums and all, in the answers that the test names.
private struct LyingPart: SimulatedPart {
  private var part: any SimulatedPart
  /// The number of bytes of the answers that are meant, and which of them are changed.
  private let count: Int
  private let lies: Set<Int>
  private let change: @Sendable ([UInt8]) -> [UInt8]
  private var answers = 0

  init(
    _ part: any SimulatedPart, answersOf count: Int, changed lies: Set<Int>,
    _ change: @escaping @Sendable ([UInt8]) -> [UInt8]
  ) {
    (self.part, self.count, self.lies, self.change) = (part, count, lies, change)
  }

  var ailments: PartAilments {
    get { part.ailments }
    set { part.ailments = newValue }
  }

  mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    try part.write(bytes, at: now)
  }

  mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    let bytes = try part.read(count, at: now)
    guard count == self.count else { return bytes }
    answers += 1
    return lies.contains(answers) ? change(bytes) : bytes
  }

  mutating func powerCycle(at now: BootInstant) { part.powerCycle(at: now) }
}

/// What noise makes that passes every checksum, and what a part says that has stopped measuring.
@Suite("air sources, on a noisy wire") struct NoisySourceTests {
  /// Air that flutters in its last digits, as all air does.
  @Sendable private static func air(at time: BootInstant) -> SimulatedAir {
    let flutter = Double(time.microseconds &* 2_654_435_761 & 0xFFF) / 0xFFF
    return SimulatedAir(
      temperature: .celsius(21.5 + 0.01 * flutter), humidity: .percent(48.25 + 0.02 * flutter),
      pm1: .microgramsPerCubicMetre(3), pm2_5: .microgramsPerCubicMetre(6),
      pm4: .microgramsPerCubicMetre(8), pm10: .microgramsPerCubicMetre(9), vocIndex: .value(120),
      noxIndex: .value(2), pressure: .pascals(98_500 + 8 * flutter),
      carbonDioxide: .partsPerMillion(815))
  }

  @Sendable private static func counts(at time: BootInstant) -> [UInt16] {
    let flutter = UInt16(time.microseconds &* 2_654_435_761 & 0x3F)
    return [600 + flutter, 200, 50, 10, 3, 1]
  }

  private static func part(_ supported: SupportedPart) -> any SimulatedPart {
    switch supported {
    case .sen66: SimulatedSEN66(air: air)
    case .sps30: SimulatedSPS30(air: air)
    case .sht4x: SimulatedSHT4x(air: air)
    case .bme280: SimulatedBME280(air: air)
    case .pmsa003i: SimulatedPMSA003I(counts: counts, air: air)
    default: SimulatedSEN5x(air: air)
    }
  }

  private func run(
    _ supported: SupportedPart, as part: any SimulatedPart,
    _ test: @Sendable @escaping (SimulatedTime, SimulatedI2CBus, any AirSource) async throws -> Void
  ) async throws {
    let time = SimulatedTime(utcMicroseconds: 1_772_572_385_000_000)
    let bus = SimulatedI2CBus(clock: time)
    let address = supported.addresses[0]
    let source = try #require(
      supported.airSource(
        on: bus, at: address, clock: time, channels: supported.channels,
        particleWarmUp: .seconds(60)))
    try await time.run {
      bus.attach(part, at: address)
      _ = await time.wait(for: .seconds(20))
      _ = try await source.start()
      _ = await time.wait(for: .seconds(3))
      try await test(time, bus, source)
    }
  }

  /// Exchanges the first word of a frame for another, with the check byte that belongs to it.
  ///
  /// 0x1234 has the check byte 0x37 (Sensirion's own CrcCalculator).
  @Sendable private static func otherWord(_ bytes: [UInt8]) -> [UInt8] {
    [0x12, 0x34, 0x37] + bytes.dropFirst(3)
  }

  @Test(
    "a frame that noise has spoilt so that its checksum is right is not believed",
    arguments: [
      (SupportedPart.sen55, 24, Channel.airPM1, 3.0), (.sen66, 27, .airPM1, 3),
      (.sps30, 60, .airPM1, 3), (.sht4x, 6, .airTemperature, 21.5),
    ])
  func passingChecksum(
    supported: SupportedPart, count: Int, channel: Channel, truth: Double
  ) async throws {
    // An SHT4x has said its serial number twice before.
    let first = supported == .sht4x ? 3 : 1
    for lie in [first, first + 1] {
      let part = LyingPart(
        Self.part(supported), answersOf: count, changed: [lie], Self.otherWord)
      try await run(supported, as: part) { _, _, source in
        do {
          let readings = try await source.sample()
          let value = try #require(readings.first { $0.channel == channel }?.usable)
          #expect(abs(value - truth) < 0.02)
        } catch let error as SensorError {
          #expect(error.absence == .corrupted)
        }
      }
    }
  }

  @Test("two flipped bits that leave a PMSA003I's sum as it was do not make a reading")
  func passingSum() async throws {
    let part = LyingPart(Self.part(.pmsa003i), answersOf: 32, changed: [3]) { bytes in
      var bytes = bytes
      // Atmospheric PM1 is 3 and becomes 11; so does the sum at the end by 8.
      bytes[11] ^= 0x08
      bytes[31] &+= 0x08
      if bytes[31] < 0x08 { bytes[30] &+= 1 }
      return bytes
    }
    try await run(.pmsa003i, as: part) { _, _, source in
      let readings = try await source.sample()
      #expect(readings.first { $0.channel == .airPM1 }?.usable == 3)
    }
  }

  @Test(
    "a part that says its last result again is stale in the very first sample",
    arguments: [SupportedPart.sht4x, .bme280, .pmsa003i, .sen55, .sen66])
  func stale(supported: SupportedPart) async throws {
    try await run(supported, as: Self.part(supported)) { time, bus, source in
      for _ in 0..<3 {
        let readings = try await source.sample()
        #expect(readings.contains { $0.usable != nil })
        _ = await time.wait(for: .seconds(60))
      }
      bus.set(fault: .staleData, on: supported.addresses[0])
      let frozen = try await source.sample()
      // What they had measured by themselves since the last sample was still to be read.
      let second = try await source.sample()
      #expect((frozen + second).contains { $0.state == .absent(.stale) })
      #expect(second.allSatisfy { $0.state == .absent(.stale) })
      bus.clearFaults()
      _ = await time.wait(for: .seconds(60))
      #expect(try await source.sample().contains { $0.usable != nil })
    }
  }

  @Test("a BME280 that lost its supply between two samples is started anew within the next")
  func dipOfBME280() async throws {
    let bench = AirBench()
    bench.bus.attach(SimulatedBME280(air: Self.air), at: 0x76)
    let sampler = try #require(bench.sampler(.bme280, at: 0x76))
    _ = try await AirBench.run(bench) { _ in
      [sampler]
    } _: { bench in
      try await bench.rest(.seconds(150))
      bench.bus.set(fault: .brownOut, on: 0x76)
      try await bench.rest(.seconds(150))
    }
    for channel in [Channel.airTemperature, .airHumidity, .airPressure] {
      let states = await bench.states(of: channel, part: "bme280 0x76")
      #expect(states.count == 5)
      #expect(states.allSatisfy { if case .value = $0 { true } else { false } })
    }
    #expect(bench.kinds(of: "bme280 0x76") == [.partFound, .partRestarted, .epochBegun])
  }

  @Test("a channel that a part has forgotten about brings a new start after three samples, once")
  func forgottenChannel() async throws {
    let bench = try await AirBench.run { bench in
      try await bench.rest(.seconds(200))
      // Noise has made "start without particles" of some command (embedded-i2c-sen5x).
      try bench.bus.write([0x00, 0x37], to: 0x69)
      try await bench.rest(.seconds(600))
    }
    let dust = await bench.states(of: .airPM2_5)
    #expect(dust[4...6] == Array(repeating: .absent(.notReady), count: 3)[...])
    #expect(dust.last.map { if case .value = $0 { true } else { false } } == true)
    #expect(bench.kinds() == [.partFound, .partRestarted, .epochBegun])
  }
}
