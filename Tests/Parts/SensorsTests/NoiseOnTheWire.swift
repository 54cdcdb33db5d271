import Bus
import Quantities
import SimulatedParts
import Testing

@testable import Sensors

/// A simulated part on a wire that loses or changes what is written, by a rule of the test.
private struct MisheardPart: SimulatedPart {
  private var part: any SimulatedPart
  /// What the part hears in place of the bytes; nil for nothing at all.
  private let hears: @Sendable (_ bytes: [UInt8], _ number: Int) -> [UInt8]?
  private var writes = 0

  init(
    _ part: any SimulatedPart, hears: @escaping @Sendable ([UInt8], Int) -> [UInt8]?
  ) {
    self.part = part
    self.hears = hears
  }

  var ailments: PartAilments {
    get { part.ailments }
    set { part.ailments = newValue }
  }

  mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    // A pointer alone is heard as it is.
    guard bytes.count > 1 else { return try part.write(bytes, at: now) }
    writes += 1
    if let heard = hears(bytes, writes) { try part.write(heard, at: now) }
  }

  mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    try part.read(count, at: now)
  }

  mutating func powerCycle(at now: BootInstant) { part.powerCycle(at: now) }
}

/// A part that keeps whatever words it is given and does nothing with them.
private struct MemoryPart: SimulatedPart {
  var ailments: PartAilments = []
  private var words: [UInt8: [UInt8]]
  private var pointer: UInt8 = 0

  init(_ words: [UInt8: [UInt8]]) { self.words = words }

  mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    pointer = bytes.first ?? pointer
    if bytes.count > 1 { words[pointer] = Array(bytes.dropFirst()) }
  }

  mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    words[pointer] ?? [UInt8](repeating: 0, count: count)
  }

  mutating func powerCycle(at now: BootInstant) {}
}

@Suite("Parts without a checksum, on a noisy wire") struct NoiseOnTheWire {
  private func run(
    _ part: any SimulatedPart, at address: I2CAddress,
    _ test: @Sendable @escaping (Bench) async throws -> Void
  ) async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(part, at: address)
      try await test(bench)
    }
  }

  // MARK: - Reading the same so many times

  @Test("one spoilt read among good ones costs reads and no value")
  func agreement() async throws {
    try await run(SimulatedFDC1004 { _, _ in .picofarads(5) }, at: 0x50) { bench in
      let wire = Wire(bus: bench.bus, address: 0x50, clock: bench.time)
      for _ in 0..<500 {
        bench.bus.clearFaults()
        bench.bus.set(fault: .flippedBit, on: 0x50, probability: 0.1)
        let error = await failure { () async throws(SensorError) in
          let bytes = try await wire.readRegister(0xFE, count: 2, agreeing: 3)
          if bytes != [0x54, 0x49] { throw .cancelled }
        }
        #expect(error == nil || error?.isCorrupted == true)
      }
    }
  }

  @Test("a register that is another at each read is corrupted, and is not read for ever")
  func disagreement() async throws {
    try await run(SimulatedFDC1004 { _, _ in .picofarads(5) }, at: 0x50) { bench in
      let wire = Wire(bus: bench.bus, address: 0x50, clock: bench.time)
      bench.bus.set(fault: .flippedBit, on: 0x50)
      let before = bench.bus.traffic.transfers
      let error = await failure { () async throws(SensorError) in
        try await wire.readRegister(0xFE, count: 2, agreeing: 4)
      }
      #expect(error?.isCorrupted == true)
      #expect(bench.bus.traffic.transfers - before == 8)
    }
  }

  // MARK: - BME280

  @Test("a BME280 that did not hear its start gives no old values for new ones")
  func lostStart() async throws {
    // The third measurement's start, two writes each after reset and ctrl_hum, is lost.
    let part = MisheardPart(SimulatedBME280 { _ in bedroom }) { $1 == 8 ? nil : $0 }
    try await run(part, at: 0x76) { bench in
      let driver = BME280(bus: bench.bus, clock: bench.time)
      let calibration = try await driver.start()
      for _ in 0..<2 { _ = try await driver.measure(using: calibration) }
      let lost = await failure { () async throws(SensorError) in
        try await driver.measure(using: calibration)
      }
      #expect(lost?.isCorrupted == true)
      #expect(try await driver.measure(using: calibration).temperature.value != nil)
    }
  }

  @Test("a BME280 that took a word into another register is started anew, and no value is believed")
  func misdirected() async throws {
    // 0xF4 with one bit turned round is 0xF5: the filter and the standby time.
    let part = MisheardPart(SimulatedBME280 { _ in bedroom }) { bytes, number in
      number == 4 ? [0xF5] + bytes.dropFirst() : bytes
    }
    try await run(part, at: 0x76) { bench in
      let driver = BME280(bus: bench.bus, clock: bench.time)
      let calibration = try await driver.start()
      let error = await failure { () async throws(SensorError) in
        try await driver.measure(using: calibration)
      }
      #expect(error?.isForgotten == true)
      let healed = try await driver.measure(using: driver.start())
      #expect(abs(try #require(healed.temperature.value).celsius - 21.5) < 0.006)
    }
  }

  @Test("a BME280 whose oversampling did not arrive is not used")
  func lostHumidity() async throws {
    let part = MisheardPart(SimulatedBME280 { _ in bedroom }) { bytes, _ in
      bytes.first == 0xF2 ? nil : bytes
    }
    try await run(part, at: 0x76) { bench in
      let driver = BME280(bus: bench.bus, clock: bench.time)
      let error = await failure { () async throws(SensorError) in try await driver.start() }
      #expect(error?.isCorrupted == true)
    }
  }

  @Test("another BME280 in the place of one is not read by the first one's calibration")
  func exchanged() async throws {
    try await run(SimulatedBME280 { _ in bedroom }, at: 0x76) { bench in
      let driver = BME280(bus: bench.bus, clock: bench.time)
      let calibration = try await driver.start()
      _ = try await driver.measure(using: calibration)
      // Facts of another part, from a public register dump.
      let other = BME280Calibration(
        low: [
          0x01, 0x6F, 0x61, 0x68, 0x32, 0x00, 0x9A, 0x94, 0xC1, 0xD6, 0xD0, 0x0B, 0x16, 0x22,
          0x47, 0xFF, 0xF9, 0xFF, 0xAC, 0x26, 0x0A, 0xD8, 0xBD, 0x10, 0x00, 0x4B,
        ], high: [0x68, 0x01, 0x00, 0x14, 0x25, 0x03, 0x1E])
      try await bench.plug(SimulatedBME280(calibration: other) { _ in bedroom }, at: 0x76)
      let error = await failure { () async throws(SensorError) in
        try await driver.measure(using: calibration)
      }
      #expect(error?.isForgotten == true)
      let reading = try await driver.measure(using: driver.start())
      #expect(abs(try #require(reading.temperature.value).celsius - 21.5) < 0.006)
    }
  }

  // MARK: - FDC1004

  @Test("an FDC1004 whose configuration went elsewhere is not measured with")
  func lostConfiguration() async throws {
    // CONF_MEAS2 is 0x09; with a bit turned round 0x0D, the offset of input 1.
    let part = MisheardPart(SimulatedFDC1004 { _, _ in .picofarads(5) }) { bytes, number in
      number == 1 ? [0x0D] + bytes.dropFirst() : bytes
    }
    try await run(part, at: 0x50) { bench in
      let driver = FDC1004(bus: bench.bus, clock: bench.time)
      let error = await failure { () async throws(SensorError) in
        try await driver.configure(input: 2)
      }
      #expect(error?.isCorrupted == true)
      // What it did take in is gone with a reset.
      try await driver.reset()
      let first = try await driver.measureOnce(driver.configure(input: 1))
      #expect(first.capacitance == .picofarads(5))
    }
  }

  @Test("an FDC1004 that was not heard to start, or lost its configuration before, is told of")
  func startOfFDC1004() async throws {
    let deaf = MisheardPart(SimulatedFDC1004 { _, _ in .picofarads(5) }) { bytes, _ in
      bytes.first == 0x0C ? nil : bytes
    }
    try await run(deaf, at: 0x50) { bench in
      let driver = FDC1004(bus: bench.bus, clock: bench.time)
      let skin = try await driver.configure(input: 3)
      let error = await failure { () async throws(SensorError) in
        try await driver.startRepeating(skin)
      }
      #expect(error?.isCorrupted == true)
    }
    try await run(SimulatedFDC1004 { _, _ in .picofarads(5) }, at: 0x50) { bench in
      let driver = FDC1004(bus: bench.bus, clock: bench.time)
      let skin = try await driver.configure(input: 3)
      bench.bus.set(fault: .brownOut, on: 0x50)
      let error = await failure { () async throws(SensorError) in
        try await driver.startRepeating(skin)
      }
      #expect(error?.isForgotten == true)
    }
  }

  @Test("flipped bits in the reads of an FDC1004 cost samples, and give no wrong one")
  func noisySamples() async throws {
    try await run(SimulatedFDC1004 { _, _ in .picofarads(5) }, at: 0x50) { bench in
      let driver = FDC1004(bus: bench.bus, clock: bench.time)
      let skin = try await driver.configure(input: 1)
      try await driver.startRepeating(skin)
      _ = try await driver.readSample(skin)
      bench.bus.set(fault: .flippedBit, on: 0x50, probability: 0.03)
      var samples: [Capacitance] = []
      for _ in 0..<300 {
        do throws(SensorError) {
          samples.append(try await driver.readSample(skin).capacitance)
        } catch {
          let isRefusal = error.isCorrupted || error.isForgotten || error.isNeverReady
          #expect(isRefusal)
        }
      }
      #expect((200..<300).contains(samples.count))
      #expect(samples.allSatisfy { $0 == .picofarads(5) })
    }
  }

  // MARK: - TSL2591

  @Test("a TSL2591 that gathers with another gain, or goes on from before, is not believed")
  func settingsOfTSL2591() async throws {
    let other = MisheardPart(SimulatedTSL2591 { _ in .counts(40) }) { bytes, _ in
      // CONTROL: the gain's upper bit turned round.
      bytes.first == 0xA1 ? [0xA1, bytes[1] ^ 0x20] : bytes
    }
    try await run(other, at: 0x29) { bench in
      let driver = TSL2591(bus: bench.bus, clock: bench.time)
      let error = await failure { () async throws(SensorError) in
        try await driver.measure(gain: .medium, integration: .milliseconds100)
      }
      #expect(error?.isCorrupted == true)
    }
    let deaf = MisheardPart(SimulatedTSL2591 { _ in .counts(40) }) { $1 == 4 ? nil : $0 }
    try await run(deaf, at: 0x29) { bench in
      let driver = TSL2591(bus: bench.bus, clock: bench.time)
      _ = try await driver.measure(gain: .medium, integration: .milliseconds100)
      let error = await failure { () async throws(SensorError) in
        try await driver.measure(gain: .medium, integration: .milliseconds100)
      }
      #expect(error?.isCorrupted == true)
    }
  }

  @Test("a TSL2591 that lost its supply while it gathered light has forgotten, and is not dark")
  func dipOfTSL2591() async throws {
    try await run(SimulatedTSL2591 { _ in .counts(40) }, at: 0x29) { bench in
      let driver = TSL2591(bus: bench.bus, clock: bench.time)
      bench.bus.set(
        FaultPlan(.brownOut, on: 0x29, from: bench.time.now.advanced(by: .milliseconds(60))))
      let error = await failure { () async throws(SensorError) in
        try await driver.measure(gain: .medium, integration: .milliseconds100)
      }
      #expect(error?.isForgotten == true)
    }
  }

  // MARK: - ADS1115

  @Test("an ADS1115 that did not hear its start does not give the last result again")
  func startOfADS1115() async throws {
    let deaf = MisheardPart(SimulatedADS1115 { _, _ in .volts(1) }) { $1 == 2 ? nil : $0 }
    try await run(deaf, at: 0x48) { bench in
      let driver = ADS1115(bus: bench.bus, clock: bench.time)
      _ = try await driver.measure(.ain0, gain: .volts4_096, rate: .perSecond128)
      let error = await failure { () async throws(SensorError) in
        try await driver.measure(.ain0, gain: .volts4_096, rate: .perSecond128)
      }
      #expect(error?.isNeverReady == true)
    }
  }

  @Test("a memory at an ADS1115's address is another part, though it gives back what it is told")
  func memory() async throws {
    // As a station would have left it that took it for the part: config and thresholds.
    let memory = MemoryPart([0x01: [0xC3, 0x83], 0x02: [0x80, 0x00], 0x03: [0x7F, 0xFF]])
    try await run(memory, at: 0x48) { bench in
      let driver = ADS1115(bus: bench.bus, clock: bench.time)
      let identity = await failure { () async throws(SensorError) in try await driver.identify() }
      #expect(identity?.isWrongPart == true)
      let value = await failure { () async throws(SensorError) in
        try await driver.measure(.ain0, gain: .volts4_096, rate: .perSecond128)
      }
      #expect(value?.isNeverReady == true)
    }
  }

  @Test("a threshold of an ADS1115 that took a word meant for its neighbour is set back")
  func threshold() async throws {
    let part = MisheardPart(SimulatedADS1115 { _, _ in .volts(1) }) { bytes, number in
      number == 1 ? [0x03] + bytes.dropFirst() : bytes
    }
    try await run(part, at: 0x48) { bench in
      let driver = ADS1115(bus: bench.bus, clock: bench.time)
      _ = await failure { () async throws(SensorError) in
        try await driver.measure(.ain0, gain: .volts4_096, rate: .perSecond128)
      }
      let spoilt = try bench.bus.readRegister(0x03, count: 2, from: 0x48)
      #expect(spoilt == [0xC3, 0x83])
      let info = try await driver.identify()
      #expect(info.product == "ADS1115")
      let healed = try bench.bus.readRegister(0x03, count: 2, from: 0x48)
      #expect(healed == [0x7F, 0xFF])
    }
  }

  @Test("an ADS1115 all of whose registers took words for each other is set back as well")
  func allRegisters() async throws {
    try await run(SimulatedADS1115 { _, _ in .volts(1) }, at: 0x48) { bench in
      // Its comparator on, and both thresholds with a conversion's word in them.
      try bench.bus.writeRegister(0x01, [0x43, 0x93], to: 0x48)
      try bench.bus.writeRegister(0x02, [0xC3, 0x83], to: 0x48)
      try bench.bus.writeRegister(0x03, [0xD3, 0x83], to: 0x48)
      try await bench.wait(.seconds(1))
      let info = try await ADS1115(bus: bench.bus, clock: bench.time).identify()
      #expect(info.product == "ADS1115")
    }
  }

  // MARK: - Sensirion

  @Test(
    "a data-ready flag that is no flag is the answer to another question",
    arguments: [([0x01, 0x00], 0x75), ([0x00, 0x02], 0xE3), ([0x53, 0x45], 0x83)]
      as [([UInt8], UInt8)])
  func flag(word: [UInt8], check: UInt8) async throws {
    #expect(SensirionFrames.checksum(word) == check)
    let bench = Bench()
    try await bench.run {
      try await bench.plug(FixedPart(answer: word + [check]), at: 0x69)
      let error = await failure { () async throws(SensorError) in
        try await SEN5x(bus: bench.bus, clock: bench.time).isDataReady()
      }
      #expect(error?.isCorrupted == true)
    }
  }
}

/// A part that answers the same to everything.
private struct FixedPart: SimulatedPart {
  var ailments: PartAilments = []
  let answer: [UInt8]

  init(answer: [UInt8]) { self.answer = answer }

  mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {}
  mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] { answer }
  mutating func powerCycle(at now: BootInstant) {}
}
