import Bus
import Quantities
import SimulatedParts
import Testing

@Suite struct SimulatedI2CBusTests {
  private let clock = ManualClock()

  private func busWithProbe(seed: UInt64 = 0) -> SimulatedI2CBus {
    let bus = SimulatedI2CBus(clock: clock, seed: seed)
    bus.attach(SimulatedFDC1004 { _, _ in .picofarads(5) }, at: 0x50)
    return bus
  }

  private func identity(_ bus: SimulatedI2CBus) throws(BusError) -> [UInt8] {
    try bus.readRegister(0xFE, count: 2, from: 0x50)
  }

  @Test("nobody acknowledges an address without a part")
  func nobody() throws {
    let bus = busWithProbe()
    #expect(failure { () throws(BusError) in try bus.read(2, from: 0x29) } == .notAcknowledged)
    #expect(try bus.answers(at: 0x29) == false)
    #expect(try bus.answers(at: 0x50))
  }

  @Test("traffic counts transfers and those nobody acknowledged")
  func traffic() throws {
    let bus = busWithProbe()
    _ = try identity(bus)
    _ = failure { () throws(BusError) in try bus.write([0], to: 0x29) }
    #expect(bus.traffic.transfers == 2)
    #expect(bus.traffic.naks == 1)
  }

  @Test("messages of one transfer are carried out in order, and reads come back in order")
  func rawTransfer() throws {
    let bus = busWithProbe()
    let answers = try bus.transfer([
      .init(0x50, .write([0x0D, 0x08, 0x00])), .init(0x50, .read(2)),
      .init(0x50, .write([0xFF])), .init(0x50, .read(2)),
    ])
    #expect(answers == [[0x08, 0x00], [0x10, 0x04]])
  }

  @Test("an error names the bus, the address and the message that failed")
  func errorNames() {
    let bus = busWithProbe()
    #expect(
      throws: BusError(
        .notAcknowledged, path: "simulated", address: 0x50, operation: "write 3 bytes")
    ) {
      try bus.writeRegister(0xFE, [1, 2], to: 0x50)
    }
  }

  @Test("a part that is pulled out is gone, and comes back without its settings")
  func hotUnplug() throws {
    let bus = busWithProbe()
    try bus.writeRegister(0x0D, [0x08, 0x00], to: 0x50)
    let part = try #require(bus.detach(at: 0x50))
    #expect(try bus.answers(at: 0x50) == false)
    bus.attach(part, at: 0x50)
    #expect(try bus.readRegister(0x0D, count: 2, from: 0x50) == [0, 0])
  }
}

@Suite struct SimulatedFaultTests {
  private let clock = ManualClock()

  private func bus(seed: UInt64 = 0) -> SimulatedI2CBus {
    let bus = SimulatedI2CBus(clock: clock, seed: seed)
    bus.attach(SimulatedFDC1004 { _, time in .picofarads(time.sinceBoot.inSeconds) }, at: 0x50)
    bus.attach(SimulatedTSL2591 { _ in .counts(10) }, at: 0x29)
    return bus
  }

  private func outcome(_ bus: SimulatedI2CBus, _ address: I2CAddress = 0x50) -> BusError.Kind? {
    let register: UInt8 = address == 0x50 ? 0xFE : 0xB2
    return failure { () throws(BusError) in
      try bus.readRegister(register, count: 1, from: address)
    }
  }

  @Test(
    "a fault strikes its own address, from its beginning to its end",
    arguments: [
      (.nak, .notAcknowledged), (.missing, .notAcknowledged), (.timeout, .timedOut),
    ] as [(SimulatedFault, BusError.Kind)])
  func failures(fault: SimulatedFault, kind: BusError.Kind) {
    let bus = bus()
    bus.set(FaultPlan(fault, on: 0x50, from: at(1000), until: at(2000)))
    #expect(outcome(bus) == nil)
    clock.advance(by: .seconds(1))
    #expect(outcome(bus) == kind)
    #expect(outcome(bus, 0x29) == nil)
    clock.advance(by: .seconds(1))
    #expect(outcome(bus) == nil)
  }

  @Test("a stuck data line stops the whole bus, wherever it was set")
  func stuck() {
    let bus = bus()
    bus.set(fault: .stuckSDA, on: 0x50, until: at(1000))
    #expect(outcome(bus, 0x29) == .stuck)
    #expect(throws: BusError.self) { try bus.answers(at: 0x29) }
    clock.advance(by: .seconds(1))
    #expect(outcome(bus, 0x29) == nil)
  }

  @Test("a flipped bit is one bit")
  func flippedBit() throws {
    let bus = bus()
    bus.set(fault: .flippedBit, on: 0x50)
    for _ in 0..<50 {
      let word = try bus.readRegister(0xFE, count: 2, from: 0x50)
      #expect((word[0] ^ 0x54).nonzeroBitCount + (word[1] ^ 0x49).nonzeroBitCount == 1)
    }
  }

  @Test("a flipped bit of a write is one bit, of the register's number or of what goes into it")
  func flippedWrite() throws {
    var registers: Set<Int> = []
    for seed in 0..<200 {
      let bus = bus(seed: UInt64(seed))
      bus.set(fault: .flippedWrite, on: 0x50)
      // Nobody answers for a register that there is not.
      try? bus.writeRegister(0x0D, [0x12, 0x34], to: 0x50)
      bus.clearFaults()
      let words = try (0x08...0x14).map { try bus.readRegister(UInt8($0), count: 2, from: 0x50) }
      // CONF_MEAS keep 11 bits and a reset value; offsets and gains keep all.
      for (index, word) in words.enumerated() where (5...8).contains(index) && word != [0, 0] {
        registers.insert(index)
        let isElsewhere = index != 5
        let flips = (word[0] ^ 0x12).nonzeroBitCount + (word[1] ^ 0x34).nonzeroBitCount
        #expect(flips == (isElsewhere ? 0 : 1))
      }
    }
    #expect(registers.count > 1)
  }

  @Test("several flipped bits are eight at most, and a burst may take all of the message")
  func noise() throws {
    let bus = bus()
    func flips(_ fault: SimulatedFault) throws -> [Int] {
      bus.clearFaults()
      _ = try bus.readRegister(0xFE, count: 2, from: 0x50)
      bus.set(fault: fault, on: 0x50)
      let clean: [UInt8] = [0x54, 0x49] + [UInt8](repeating: 0xFF, count: 6)
      return try (0..<200).map { _ in
        zip(try bus.read(8, from: 0x50), clean).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
      }
    }
    let bits = try flips(.flippedBits)
    #expect(bits.allSatisfy { $0 <= 8 } && bits.contains { $0 >= 7 } && bits.contains(2))
    let bursts = try flips(.burst)
    #expect(bursts.contains { $0 > 16 } && bursts.contains(1))
  }

  @Test("a slow part takes twice its time, and has caught up when it is well again")
  func slow() throws {
    let bus = bus()
    try bus.writeRegister(0x0C, [0x04, 0x80], to: 0x50)
    bus.set(FaultPlan(.slow, on: 0x50, from: at(0), until: at(1000)))
    clock.advance(by: .milliseconds(15))
    #expect(try bus.readRegister(0x0C, count: 2, from: 0x50)[1] & 0x08 == 0)
    clock.advance(by: .milliseconds(5))
    #expect(try bus.readRegister(0x0C, count: 2, from: 0x50)[1] & 0x08 != 0)
  }

  @Test("a brown-out loses the settings, once")
  func brownOut() throws {
    let bus = bus()
    try bus.writeRegister(0x0D, [1, 2], to: 0x50)
    bus.set(fault: .brownOut, on: 0x50)
    #expect(try bus.readRegister(0x0D, count: 2, from: 0x50) == [0, 0])
    try bus.writeRegister(0x0D, [1, 2], to: 0x50)
    #expect(try bus.readRegister(0x0D, count: 2, from: 0x50) == [1, 2])
  }

  @Test("a missing part has lost its settings when it is back")
  func missingLosesState() throws {
    let bus = bus()
    try bus.writeRegister(0x0D, [1, 2], to: 0x50)
    bus.set(FaultPlan(.missing, on: 0x50, from: at(0), until: at(1000)))
    clock.advance(by: .seconds(2))
    #expect(try bus.readRegister(0x0D, count: 2, from: 0x50) == [0, 0])
  }

  @Test("stale data answer in time with the old value")
  func staleData() throws {
    let bus = bus()
    try bus.writeRegister(0x0C, [0x05, 0x80], to: 0x50)
    clock.advance(by: .seconds(1))
    let old = try bus.readRegister(0x00, count: 2, from: 0x50)
    bus.set(fault: .staleData, on: 0x50, until: at(5000))
    clock.advance(by: .seconds(1))
    #expect(try bus.readRegister(0x0C, count: 2, from: 0x50)[1] & 0x08 != 0)
    #expect(try bus.readRegister(0x00, count: 2, from: 0x50) == old)
    clock.advance(by: .seconds(4))
    #expect(try bus.readRegister(0x00, count: 2, from: 0x50) == [0x30, 0x00])
  }

  @Test("near-sentinel PM is 0xFFFE with a right check byte, and the rest stays right")
  func nearSentinel() throws {
    let bus = bus()
    let air = SimulatedAir(
      temperature: .celsius(24.28), humidity: .percent(46.36),
      pm1: .microgramsPerCubicMetre(1), pm2_5: .microgramsPerCubicMetre(1),
      pm4: .microgramsPerCubicMetre(1), pm10: .microgramsPerCubicMetre(1),
      vocIndex: .value(46), noxIndex: .value(1))
    bus.attach(SimulatedSEN5x { _ in air }, at: 0x69)
    bus.set(fault: .nearSentinel, on: 0x69)
    clock.advance(by: .seconds(10))
    try bus.write([0x00, 0x21], to: 0x69)
    clock.advance(by: .seconds(2))
    try bus.write([0x03, 0xC4], to: 0x69)
    clock.advance(by: .milliseconds(20))
    // The words of a faulty SEN55 in the field, as its owner published them.
    #expect(
      try bus.read(24, from: 0x69)
        == hex("FF FE 9D FF FE 9D FF FE 9D FF FE 9D 12 1C 08 12 F8 0D 01 CC 4F 00 0A 5A"))
  }

  @Test("the same seed strikes the same transfers, another seed others")
  func determinism() {
    func pattern(seed: UInt64) -> [Bool] {
      let bus = bus(seed: seed)
      bus.set(fault: .nak, on: 0x50, probability: 0.3)
      return (0..<200).map { _ in outcome(bus) != nil }
    }
    let first = pattern(seed: 1)
    #expect(pattern(seed: 1) == first)
    #expect(pattern(seed: 2) != first)
    #expect((70...170).contains(first.count { !$0 }))
  }

  @Test("transfers to one part do not move the faults of another")
  func independence() {
    func pattern(others: Int) -> [Bool] {
      let bus = bus()
      bus.set(fault: .nak, probability: 0.5)
      return (0..<100).map { _ in
        for _ in 0..<others { _ = outcome(bus, 0x29) }
        return outcome(bus) != nil
      }
    }
    #expect(pattern(others: 0) == pattern(others: 3))
  }

  @Test("cleared faults leave nothing behind")
  func cleared() throws {
    let bus = bus()
    try bus.writeRegister(0x0C, [0x05, 0x80], to: 0x50)
    bus.set(fault: .staleData)
    clock.advance(by: .seconds(1))
    #expect(try bus.readRegister(0x00, count: 2, from: 0x50) == [0, 0])
    bus.clearFaults()
    clock.advance(by: .seconds(1))
    #expect(try bus.readRegister(0x00, count: 2, from: 0x50) == [0x10, 0x00])
  }
}
