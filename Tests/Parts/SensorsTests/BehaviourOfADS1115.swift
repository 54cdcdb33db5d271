import Bus
import Quantities
import SimulatedParts
import Testing

@testable import Sensors

@Suite("ADS1115 on the wire")
struct BehaviourOfADS1115 {
  /// A bench with a driver, and a part whose inputs have `inputs` volts.
  private func bench(
    _ inputs: @escaping @Sendable (Int, BootInstant) -> Double,
    _ test: @Sendable @escaping (Bench, ADS1115) async throws -> Void
  ) async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(SimulatedADS1115 { .volts(inputs($0, $1)) }, at: 0x48)
      try await test(bench, ADS1115(bus: bench.bus, clock: bench.time))
    }
  }

  @Test("measures each input against ground", arguments: ADS1115.Input.allCases)
  func inputs(input: ADS1115.Input) async throws {
    try await bench({ input, _ in [0.5, 1.25, 2.5, 3.3][input] }) { _, driver in
      let sample = try await driver.measure(input, gain: .volts4_096, rate: .perSecond128)
      let expected = [0.5, 1.25, 2.5, 3.3][Int(input.rawValue)]
      #expect(abs(sample.voltage.volts - expected) < 0.000_1)
      #expect(sample.input == input)
      #expect(!sample.isOverRange)
    }
  }

  @Test("measures with every gain and every rate", arguments: ADS1115.Gain.allCases)
  func gains(gain: ADS1115.Gain) async throws {
    try await bench({ _, _ in 0.2 }) { _, driver in
      for rate in ADS1115.Rate.allCases {
        let sample = try await driver.measure(.ain2, gain: gain, rate: rate)
        #expect(abs(sample.voltage.volts - 0.2) < 0.000_2)
        #expect(sample.gain == gain)
      }
    }
  }

  @Test("each conversion is of its own time: nothing of an earlier one is left")
  func fresh() async throws {
    // A volt a second.
    try await bench({ _, now in now.sinceBoot.inSeconds / 10 }) { bench, driver in
      for _ in 0..<3 {
        let began = bench.time.now
        let sample = try await driver.measure(.ain0, gain: .volts6_144, rate: .perSecond128)
        let volts = began.sinceBoot.inSeconds / 10
        #expect((volts...volts + 0.001).contains(sample.voltage.volts))
        #expect(began.duration(to: bench.time.now) == .microseconds(8_619))
        try await bench.wait(.milliseconds(100))
      }
    }
  }

  @Test("clips at both ends, and says so", arguments: [(5.0, Int16.max), (-5, .min)])
  func clips(volts: Double, code: Int16) async throws {
    try await bench({ _, _ in volts }) { _, driver in
      let sample = try await driver.measure(.ain0, gain: .volts4_096, rate: .perSecond860)
      #expect(sample.code == code)
      #expect(sample.field == .fault)
    }
  }

  @Test("a dip of the supply in the middle of a conversion gives no value of another input")
  func brownOut() async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(ForgetfulPart(SimulatedADS1115 { _, _ in .volts(1) }), at: 0x48)
      let driver = ADS1115(bus: bench.bus, clock: bench.time)
      let error = await failure { () async throws(SensorError) in
        try await driver.measure(.ain0, gain: .volts4_096, rate: .perSecond128)
      }
      #expect(
        error == .corrupted("the config register was set to 0xC383 and holds 0x8583"))
    }
  }

  @Test("a conversion that does not end is never ready")
  func neverReady() async throws {
    let bench = Bench()
    try await bench.run {
      let part = AlteredPart(
        SimulatedADS1115 { _, _ in .volts(1) }, register: 0x01, answers: [0x43, 0x83])
      try await bench.plug(part, at: 0x48)
      let driver = ADS1115(bus: bench.bus, clock: bench.time)
      let error = await failure { () async throws(SensorError) in
        try await driver.measure(.ain0, gain: .volts4_096, rate: .perSecond128)
      }
      #expect(error?.isNeverReady == true)
    }
  }

  @Test("is known after it has been used, and after a reset")
  func identity() async throws {
    try await bench({ _, _ in 1 }) { bench, driver in
      _ = try await driver.measure(.ain3, gain: .volts0_256, rate: .perSecond860)
      #expect(try await driver.identify().product == "ADS1115")
      bench.bus.set(fault: .brownOut, on: 0x48)
      _ = await failure { () async throws(SensorError) in try await driver.identify() }
      bench.bus.clearFaults()
      try await bench.wait(.seconds(1))
      #expect(try await driver.identify().product == "ADS1115")
    }
  }

  @Test(
    "registers that an ADS1115 of this station cannot have are another part's",
    arguments: [
      // A TMP102's limits; a comparator that somebody has switched on; an LM75's pointer.
      (0x02, [0x4B, 0x00]), (0x03, [0x50, 0x00]), (0x01, [0x85, 0x80]), (0x01, [0x60, 0xA0]),
    ] as [(UInt8, [UInt8])])
  func stranger(register: UInt8, answer: [UInt8]) async throws {
    let bench = Bench()
    try await bench.run {
      let part = AlteredPart(
        SimulatedADS1115 { _, _ in .volts(1) }, register: register, answers: answer)
      try await bench.plug(part, at: 0x48)
      let driver = ADS1115(bus: bench.bus, clock: bench.time)
      let error = await failure { () async throws(SensorError) in try await driver.identify() }
      #expect(error?.isWrongPart == true)
    }
  }

  @Test("a flipped bit in what identifies it is refused")
  func flippedBit() async throws {
    try await bench({ _, _ in 1 }) { bench, driver in
      // Of the config register three bits in four may be anything; no bit of the thresholds may.
      bench.bus.set(fault: .flippedBit, on: 0x48)
      var refusals = 0
      for _ in 0..<20 {
        let error = await failure { () async throws(SensorError) in try await driver.identify() }
        if error?.isWrongPart == true || error?.isCorrupted == true { refusals += 1 }
      }
      #expect(refusals == 20)
    }
  }
}

/// An ADS1115 whose supply dips after each start of a conversion.
private struct ForgetfulPart: SimulatedPart {
  private var part: SimulatedADS1115

  init(_ part: SimulatedADS1115) { self.part = part }

  var ailments: PartAilments {
    get { part.ailments }
    set { part.ailments = newValue }
  }

  mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    try part.write(bytes, at: now)
    if bytes.count == 3 { part.powerCycle(at: now) }
  }

  mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    try part.read(count, at: now)
  }

  mutating func powerCycle(at now: BootInstant) { part.powerCycle(at: now) }
}
