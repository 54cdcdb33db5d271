import Bus
import Quantities
import SimulatedParts
import Testing

@testable import Sensors

@Suite("SPS30 on the wire")
struct BehaviourOfSPS30 {
  /// A bench with a driver, and a part at its address.
  private func bench(
    _ part: any SimulatedPart = SimulatedSPS30 { _ in bedroom },
    _ test: @Sendable @escaping (Bench, SPS30) async throws -> Void
  ) async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(part, at: 0x69)
      try await test(bench, SPS30(bus: bench.bus, clock: bench.time))
    }
  }

  @Test("reads the air it stands in, once it has measured")
  func readsAir() async throws {
    try await bench { bench, driver in
      try await driver.start()
      #expect(try await !driver.isDataReady())
      try await bench.wait(SPS30.period)
      #expect(try await driver.isDataReady())
      let reading = try await driver.readValues()
      #expect(reading.pm1 == .value(.microgramsPerCubicMetre(3)))
      #expect(reading.pm2_5 == .value(.microgramsPerCubicMetre(6)))
      #expect(reading.pm4 == .value(.microgramsPerCubicMetre(8)))
      #expect(reading.pm10 == .value(.microgramsPerCubicMetre(9)))
    }
  }

  @Test("does not answer a read while it is idle")
  func idle() async throws {
    try await bench { _, driver in
      let isReady = try await driver.isDataReady()
      #expect(!isReady)
      let error = await failure { () async throws(SensorError) in try await driver.readValues() }
      #expect(error?.busKind == .notAcknowledged)
    }
  }

  @Test("says that values are not new, and when there are new ones")
  func stale() async throws {
    let part = SimulatedSPS30 { now in
      SimulatedAir(pm2_5: .microgramsPerCubicMetre(now.sinceBoot.inSeconds.rounded()))
    }
    try await bench(part) { bench, driver in
      try await driver.start()
      try await bench.wait(.seconds(2))
      let first = try await driver.readValues()
      #expect(try await !driver.isDataReady())
      bench.bus.set(fault: .staleData, on: 0x69)
      try await bench.wait(.seconds(5))
      #expect(try await !driver.isDataReady())
      bench.bus.clearFaults()
      try await bench.wait(.seconds(2))
      #expect(try await driver.isDataReady())
      #expect(try await driver.readValues() != first)
    }
  }

  @Test("is idle after a brown-out until it is started again")
  func brownOut() async throws {
    try await bench { bench, driver in
      try await driver.start()
      try await bench.wait(.seconds(2))
      bench.bus.set(fault: .brownOut, on: 0x69)
      let error = await failure { () async throws(SensorError) in try await driver.isDataReady() }
      #expect(error?.busKind == .notAcknowledged)
      try await bench.wait(.seconds(5))
      #expect(try await !driver.isDataReady())
      try await driver.start()
      try await bench.wait(.seconds(2))
      #expect(try await driver.isDataReady())
    }
  }

  @Test("takes what is not a number for a fault")
  func notANumber() async throws {
    try await bench { bench, driver in
      try await driver.start()
      try await bench.wait(.seconds(2))
      bench.bus.set(fault: .nearSentinel, on: 0x69)
      let reading = try await driver.readValues()
      #expect(reading.pm2_5 == .fault)
      #expect(reading.counts.upTo10 == .fault)
    }
  }

  @Test("sleeps through the first wake-up and wakes at the second")
  func wake() async throws {
    try await bench { bench, driver in
      // SPS30 datasheet, "Sleep".
      try bench.bus.write([0x10, 0x01], to: 0x69)
      try await bench.wait(.seconds(1))
      let asleep = await failure { () async throws(SensorError) in try await driver.identify() }
      #expect(asleep?.busKind == .notAcknowledged)
      try await driver.wake()
      #expect(try await driver.identify().product == "SPS30")
    }
  }

  @Test("a wake-up leaves a part that is awake as it is")
  func awake() async throws {
    try await bench { bench, driver in
      try await driver.start()
      try await driver.wake()
      try await bench.wait(.seconds(2))
      #expect(try await driver.isDataReady())
    }
  }

  @Test("a wake-up that nobody hears is a failure, and so is one on a bus that is stuck")
  func nobodyToWake() async throws {
    let bench = Bench()
    try await bench.run {
      let driver = SPS30(bus: bench.bus, clock: bench.time)
      let missing = await failure { () async throws(SensorError) in try await driver.wake() }
      #expect(missing?.busKind == .notAcknowledged)
      try await bench.plug(SimulatedSPS30 { _ in bedroom }, at: 0x69)
      bench.bus.set(fault: .stuckSDA, on: 0x69)
      let stuck = await failure { () async throws(SensorError) in try await driver.wake() }
      #expect(stuck?.busKind == .stuck)
    }
  }

  @Test("has nothing new once it is stopped or reset")
  func stopAndReset() async throws {
    try await bench { bench, driver in
      for halt in [driver.stop, driver.reset] {
        try await driver.start()
        try await bench.wait(.seconds(2))
        #expect(try await driver.isDataReady())
        try await halt()
        try await bench.wait(.seconds(2))
        #expect(try await !driver.isDataReady())
      }
    }
  }

  @Test("measures nothing new while the fan is blown free, which an idle part does not do")
  func fanCleaning() async throws {
    try await bench { bench, driver in
      try await driver.startFanCleaning()
      try await driver.start()
      try await bench.wait(.seconds(2))
      #expect(try await driver.isDataReady())
      try await driver.startFanCleaning()
      try await bench.wait(.seconds(5))
      #expect(try await !driver.isDataReady())
      try await bench.wait(.seconds(10))
      #expect(try await driver.isDataReady())
    }
  }

  @Test("keeps the interval of its fan cleaning, through a loss of power too")
  func fanCleaningInterval() async throws {
    try await bench { bench, driver in
      #expect(try await driver.fanCleaningInterval() == .seconds(604_800))
      try await driver.setFanCleaningInterval(.seconds(86_400))
      try await driver.reset()
      #expect(try await driver.fanCleaningInterval() == .seconds(86_400))
    }
  }

  @Test("keeps an error in its status until it is cleared")
  func status() async throws {
    let ends = BootInstant(sinceBoot: .seconds(18))
    let part = SimulatedSPS30(errors: { $0 < ends ? 1 << 5 : 0 }) { _ in bedroom }
    try await bench(part) { bench, driver in
      #expect(try await driver.readStatus() == .laserError)
      try await bench.wait(.seconds(10))
      #expect(try await driver.readAndClearStatus() == .laserError)
      #expect(try await driver.readStatus() == [])
    }
  }

  @Test("another product type is another part")
  func wrongType() async throws {
    try await bench(SimulatedSPS30(productType: "00090000") { _ in bedroom }) { _, driver in
      let error = await failure { () async throws(SensorError) in try await driver.identify() }
      #expect(error == .wrongPart(expected: "SPS30 (00080000)", found: "00090000"))
    }
  }

  @Test("a SEN55 at its address does not pass for it, nor it for a SEN55")
  func rival() async throws {
    try await bench(SimulatedSEN5x { _ in bedroom }) { bench, driver in
      let error = await failure { () async throws(SensorError) in try await driver.identify() }
      #expect(error?.busKind == .notAcknowledged)
      bench.bus.attach(SimulatedSPS30 { _ in bedroom }, at: 0x69)
      try await bench.wait(.seconds(1))
      let sen55 = SEN5x(bus: bench.bus, clock: bench.time)
      let other = await failure { () async throws(SensorError) in try await sen55.identify() }
      #expect(other?.busKind == .notAcknowledged)
    }
  }

  @Test("does not answer while it starts up")
  func notReady() async throws {
    let bench = Bench()
    try await bench.run {
      bench.bus.attach(SimulatedSPS30(poweredAt: bench.time.now) { _ in bedroom }, at: 0x69)
      let driver = SPS30(bus: bench.bus, clock: bench.time)
      let error = await failure { () async throws(SensorError) in try await driver.identify() }
      #expect(error?.busKind == .notAcknowledged)
    }
  }

  @Test("refuses values with a flipped bit")
  func flippedBit() async throws {
    try await bench { bench, driver in
      try await driver.start()
      try await bench.wait(.seconds(2))
      bench.bus.set(fault: .flippedBit, on: 0x69)
      let error = await failure { () async throws(SensorError) in try await driver.readValues() }
      #expect(error?.isCorrupted == true)
    }
  }
}
