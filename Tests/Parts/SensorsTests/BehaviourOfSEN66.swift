import Bus
import Quantities
import SimulatedParts
import Testing

@testable import Sensors

@Suite("SEN66 on the wire")
struct BehaviourOfSEN66 {
  /// A bench with a driver, and a part that measures `air` and has been powered for twelve seconds.
  private func bench(
    _ part: SimulatedSEN66 = SimulatedSEN66 { _ in bedroom },
    _ test: @Sendable @escaping (Bench, SEN66) async throws -> Void
  ) async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(part, at: 0x6B)
      try await bench.wait(.seconds(10))
      try await test(bench, SEN66(bus: bench.bus, clock: bench.time))
    }
  }

  @Test("reads the air it stands in, carbon dioxide too, once it has measured")
  func readsAir() async throws {
    try await bench { bench, driver in
      try await driver.start()
      #expect(try await !driver.isDataReady())
      try await bench.wait(.milliseconds(1100))
      #expect(try await driver.isDataReady())
      let reading = try await driver.readValues()
      #expect(reading.pm1 == .value(.microgramsPerCubicMetre(3)))
      #expect(reading.pm2_5 == .value(.microgramsPerCubicMetre(6)))
      #expect(reading.pm4 == .value(.microgramsPerCubicMetre(8)))
      #expect(reading.pm10 == .value(.microgramsPerCubicMetre(9)))
      #expect(reading.humidity == .value(.percent(48.25)))
      #expect(reading.temperature == .value(.celsius(21.5)))
      #expect(reading.vocIndex == .value(.value(120)))
      #expect(reading.noxIndex == .value(.value(2)))
      #expect(reading.carbonDioxide == .value(.partsPerMillion(815)))
    }
  }

  @Test("has nothing to say before its first measurement")
  func nothingYet() async throws {
    try await bench { _, driver in
      try await driver.start()
      #expect(try await driver.readValues().isAllUnknown)
    }
  }

  @Test("gives old values again, and says that they are not new")
  func stale() async throws {
    let part = SimulatedSEN66 { now in
      SimulatedAir(carbonDioxide: .partsPerMillion(now.sinceBoot.inSeconds.rounded()))
    }
    try await bench(part) { bench, driver in
      try await driver.start()
      try await bench.wait(.seconds(2))
      let first = try await driver.readValues()
      #expect(try await !driver.isDataReady())
      #expect(try await driver.readValues() == first)
      try await bench.wait(.seconds(2))
      #expect(try await driver.isDataReady())
      #expect(try await driver.readValues() != first)
    }
  }

  @Test("is idle after a brown-out and says so with unknowns, until it is started again")
  func brownOut() async throws {
    try await bench { bench, driver in
      try await driver.start()
      try await bench.wait(.seconds(2))
      #expect(try await !driver.readValues().isAllUnknown)
      bench.bus.set(fault: .brownOut, on: 0x6B)
      let error = await failure { () async throws(SensorError) in try await driver.readValues() }
      #expect(error?.busKind == .notAcknowledged)
      try await bench.wait(.seconds(10))
      #expect(try await driver.readValues().isAllUnknown)
      try await driver.start()
      try await bench.wait(.seconds(2))
      #expect(try await driver.readValues().pm2_5 == .value(.microgramsPerCubicMetre(6)))
    }
  }

  @Test("takes particles beside the sentinel for a fault and keeps the rest")
  func nearSentinel() async throws {
    try await bench { bench, driver in
      try await driver.start()
      try await bench.wait(.seconds(2))
      bench.bus.set(fault: .nearSentinel, on: 0x6B)
      let reading = try await driver.readValues()
      #expect(reading.pm1 == .fault)
      #expect(reading.pm10 == .fault)
      #expect(reading.carbonDioxide == .value(.partsPerMillion(815)))
    }
  }

  @Test("is left alone for as long as it needs to stop and to restart")
  func longWaits() async throws {
    try await bench { bench, driver in
      try await driver.start()
      var began = bench.time.now
      try await driver.stop()
      #expect(began.duration(to: bench.time.now) == .milliseconds(1400))
      began = bench.time.now
      try await driver.reset()
      #expect(began.duration(to: bench.time.now) == .milliseconds(1200))
      #expect(try await !driver.isDataReady())
    }
  }

  @Test("cleans its fan only while it is idle, and is not to be started before that is over")
  func fanCleaning() async throws {
    try await bench { bench, driver in
      try await driver.start()
      try await driver.startFanCleaning()
      try await bench.wait(.seconds(2))
      #expect(try await driver.isDataReady())
      try await driver.stop()
      try await driver.startFanCleaning()
      try await bench.wait(.seconds(5))
      let early = await failure { () async throws(SensorError) in try await driver.start() }
      #expect(early?.busKind == .notAcknowledged)
      try await bench.wait(.seconds(5))
      try await driver.start()
    }
  }

  @Test("keeps an error in its status until it is cleared")
  func status() async throws {
    let ends = BootInstant(sinceBoot: .seconds(26))
    let part = SimulatedSEN66(errors: { $0 < ends ? 1 << 12 : 0 }) { _ in bedroom }
    try await bench(part) { bench, driver in
      #expect(try await driver.readStatus() == .carbonDioxideError1)
      try await bench.wait(.seconds(20))
      #expect(try await driver.readAndClearStatus() == .carbonDioxideError1)
      #expect(try await driver.readStatus() == [])
    }
  }

  @Test("is read although its status comes with a wrong checksum")
  func brokenStatus() async throws {
    let bench = Bench()
    try await bench.run {
      // What a real broken part gave: 0xFF where 0xAC was due.
      let part = AlteredPart(
        SimulatedSEN66 { _ in bedroom }, register: 0xD2, answers: bytes("FF FF FF FF FF FF"))
      try await bench.plug(part, at: 0x6B)
      let driver = SEN66(bus: bench.bus, clock: bench.time)
      try await driver.start()
      try await bench.wait(.seconds(2))
      let error = await failure { () async throws(SensorError) in try await driver.readStatus() }
      #expect(error?.isCorrupted == true)
      #expect(try await driver.readValues().pm2_5 == .value(.microgramsPerCubicMetre(6)))
    }
  }

  @Test("names a sister that answers in its place")
  func sister() async throws {
    try await bench(SimulatedSEN66(productType: "00085200") { _ in bedroom }) { _, driver in
      let error = await failure { () async throws(SensorError) in try await driver.identify() }
      #expect(error == .wrongPart(expected: "SEN66 (00085300)", found: "SEN65 (00085200)"))
    }
  }

  @Test("does not answer while it starts up")
  func notReady() async throws {
    let bench = Bench()
    try await bench.run {
      bench.bus.attach(SimulatedSEN66(poweredAt: bench.time.now) { _ in bedroom }, at: 0x6B)
      let driver = SEN66(bus: bench.bus, clock: bench.time)
      let error = await failure { () async throws(SensorError) in try await driver.identify() }
      #expect(error?.busKind == .notAcknowledged)
    }
  }

  @Test("refuses values with a flipped bit")
  func flippedBit() async throws {
    try await bench { bench, driver in
      try await driver.start()
      try await bench.wait(.seconds(2))
      bench.bus.set(fault: .flippedBit, on: 0x6B)
      let error = await failure { () async throws(SensorError) in try await driver.readValues() }
      #expect(error?.isCorrupted == true)
    }
  }
}
