import Bus
import Quantities
import Readings
import Sensors
import SimulatedParts
import Testing

@testable import Acquisition

/// A converter whose inputs tell the time they were looked at, and a hand on the contact.
private final class ForceBench: Sendable {
  let time = SimulatedTime(utcMicroseconds: 1_772_572_385_000_000)
  let bus: SimulatedI2CBus
  let line: SimulatedLine
  let contact: Contact

  init() {
    bus = SimulatedI2CBus(clock: time)
    line = SimulatedLine(name: "contact", clock: time, isDebounced: true)
    contact = Contact(input: line, debounce: .zero, clock: time)
  }

  /// Input 2 is at a volt a second since boot, input 3 the same and half a volt more.
  static func volts(_ input: Int, _ time: BootInstant) -> Double {
    switch input {
    case 2: time.sinceBoot.inSeconds - 12
    case 3: time.sinceBoot.inSeconds - 11.5
    default: 0.1
    }
  }

  func probe(
    force: ADS1115.Input? = .ain2, temperature: ADS1115.Input? = .ain3,
    rate: ADS1115.Rate = .perSecond128
  ) -> ForceProbe {
    ForceProbe(
      part: "ads1115 0x48", driver: ADS1115(bus: bus, clock: time), force: force,
      temperature: temperature, gain: .volts4_096, rate: rate)
  }

  /// Runs a test with the part on the bus, from 12 s after boot and with the contact closed.
  static func run(
    _ test: @Sendable @escaping (ForceBench) async throws -> Void
  ) async throws {
    let bench = ForceBench()
    try await bench.time.run {
      bench.bus.attach(SimulatedADS1115 { .volts(volts($0, $1)) }, at: 0x48)
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { await bench.contact.watch() }
        try await bench.time.sleep(until: moment(12_000), tolerance: nil)
        bench.line.set(true)
        try await test(bench)
        tasks.cancelAll()
      }
    }
  }

  /// Samples as the conductor does: 0.2 s to 1 s after the contact.
  func sample(_ probe: ForceProbe) async -> ForceProbe.Run {
    await probe.sample(
      from: moment(12_200), to: moment(13_000), while: contact, on: time)
  }
}

@Suite("force probe") struct ForceProbeTests {
  @Test("the force is sampled as fast as the part converts, each sample in its own time")
  func force() async throws {
    try await ForceBench.run { bench in
      let run = await bench.sample(bench.probe())
      // 0.8 s at 8.619 ms each, two of which are the temperature's.
      #expect((89...91).contains(run.force.count))
      #expect(run.failure == nil)
      let volts = run.force.map(\.voltage.volts)
      #expect(abs((volts.first ?? 0) - 0.204) < 0.002)
      #expect(abs((volts.last ?? 0) - 0.98) < 0.03)
      #expect(zip(volts, volts.dropFirst()).allSatisfy { (0.008..<0.027).contains($1 - $0) })
      #expect(run.force.allSatisfy { $0.input == .ain2 && $0.gain == .volts4_096 })
    }
  }

  @Test("the temperature is sampled twice: three quarters of the way, and at the end")
  func temperature() async throws {
    try await ForceBench.run { bench in
      let run = await bench.sample(bench.probe())
      #expect(run.temperature.count == 2)
      #expect(run.temperature.allSatisfy { $0.input == .ain3 })
      let volts = run.temperature.map { $0.voltage.volts - 0.5 }
      #expect((0.80..<0.82).contains(volts[0]))
      #expect((0.98..<1).contains(volts[1]))
    }
  }

  @Test("a contact that opens early ends the run, with one temperature if it was late enough")
  func opensEarly() async throws {
    for (opening, temperatures) in [(12_500, 0), (12_900, 1)] {
      try await ForceBench.run { bench in
        async let run = bench.sample(bench.probe())
        try await bench.time.sleep(until: moment(opening), tolerance: nil)
        bench.line.set(false)
        let ended = await run
        #expect(ended.temperature.count == temperatures)
        let last = try #require(ended.force.last).voltage.volts
        #expect(last < Double(opening - 12_000) / 1000)
        #expect(last > Double(opening - 12_000) / 1000 - 0.03)
        #expect(bench.time.now < moment(opening + 20))
      }
    }
  }

  @Test("a probe with one of the two sensors samples that one")
  func oneSensor() async throws {
    try await ForceBench.run { bench in
      let force = await bench.sample(bench.probe(temperature: nil))
      #expect(force.force.count > 85)
      #expect(force.temperature.isEmpty)
    }
    try await ForceBench.run { bench in
      let temperature = await bench.sample(bench.probe(force: nil))
      #expect(temperature.force.isEmpty)
      #expect(temperature.temperature.count == 2)
      #expect(bench.time.now == moment(13_000))
    }
  }

  @Test("at the slowest rate there are a few samples and still a temperature")
  func slow() async throws {
    try await ForceBench.run { bench in
      let run = await bench.sample(bench.probe(rate: .perSecond8))
      #expect((3...5).contains(run.force.count))
      #expect((1...2).contains(run.temperature.count))
    }
  }

  @Test("a dip of the supply costs samples, not the touch, and gives no value of another input")
  func brownOut() async throws {
    try await ForceBench.run { bench in
      async let sampled = bench.sample(bench.probe())
      try await bench.time.sleep(until: moment(12_503), tolerance: nil)
      bench.bus.set(fault: .brownOut, on: 0x48)
      try await bench.time.sleep(until: moment(12_560), tolerance: nil)
      bench.bus.clearFaults()
      let run = await sampled
      #expect(run.failure != nil)
      #expect(run.force.count > 70)
      // Input 0, which the part looks at after a reset, is at 0.1 V.
      #expect(run.force.allSatisfy { $0.voltage.volts > 0.2 })
      #expect(run.temperature.count == 2)
    }
  }

  @Test("a part that is not there gives nothing but the reason")
  func missing() async throws {
    try await ForceBench.run { bench in
      bench.bus.detach(at: 0x48)
      let run = await bench.sample(bench.probe())
      #expect(run.force.isEmpty && run.temperature.isEmpty)
      guard case .bus(let error) = run.failure else {
        Issue.record("expected a failure of the bus")
        return
      }
      #expect(error.kind == .notAcknowledged)
    }
  }

  @Test("clipped samples are kept as they came, for the judge to see")
  func clipped() async throws {
    try await ForceBench.run { bench in
      bench.bus.attach(SimulatedADS1115 { _, _ in .volts(5) }, at: 0x48)
      let run = await bench.sample(bench.probe())
      #expect(run.force.count > 85)
      #expect(run.force.allSatisfy { $0.code == .max && $0.isOverRange })
    }
  }

  @Test("it says who it is and what it measures")
  func identity() async throws {
    try await ForceBench.run { bench in
      let both = try await bench.probe().identify()
      #expect(both.product == "ADS1115")
      #expect(both.channels == [.skinForce, .skinTemperature])
      #expect(try await bench.probe(force: nil).identify().channels == [.skinTemperature])
    }
  }
}
