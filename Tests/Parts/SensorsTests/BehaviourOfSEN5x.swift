import Bus
import Quantities
import SimulatedParts
import Testing

@testable import Sensors

@Suite("SEN5x on the wire")
struct BehaviourOfSEN5x {
  /// A bench with a driver, and a part that measures `air`.
  private func bench(
    model: SimulatedSEN5x.Model = .sen55,
    errors: @escaping @Sendable (BootInstant) -> UInt32 = { _ in 0 },
    air: @escaping @Sendable (BootInstant) -> SimulatedAir = { _ in bedroom },
    _ test: @Sendable @escaping (Bench, SEN5x) async throws -> Void
  ) async throws {
    let bench = Bench()
    let driver = SEN5x(
      bus: bench.bus, clock: bench.time, model: model == .sen54 ? .sen54 : .sen55)
    try await bench.run {
      try await bench.plug(SimulatedSEN5x(model: model, errors: errors, air: air), at: 0x69)
      // NOx is unknown for ten seconds after power-on.
      try await bench.wait(.seconds(10))
      try await test(bench, driver)
    }
  }

  @Test("reads the air it stands in, once it has measured")
  func readsAir() async throws {
    try await bench { bench, driver in
      try await driver.start()
      #expect(try await !driver.isDataReady())
      try await bench.wait(SEN5x.period)
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
    try await bench(air: { now in
      var air = bedroom
      air.pm2_5 = .microgramsPerCubicMetre(now.sinceBoot.inSeconds.rounded())
      return air
    }) { bench, driver in
      try await driver.start()
      try await bench.wait(.seconds(2))
      let first = try await driver.readValues()
      #expect(try await !driver.isDataReady())
      #expect(try await driver.readValues() == first)
      bench.bus.set(fault: .staleData, on: 0x69)
      try await bench.wait(.seconds(10))
      #expect(try await !driver.isDataReady())
      #expect(try await driver.readValues() == first)
      bench.bus.clearFaults()
      try await bench.wait(.seconds(2))
      #expect(try await driver.isDataReady())
      #expect(try await driver.readValues().pm2_5 != first.pm2_5)
    }
  }

  @Test("is idle after a brown-out and says so with unknowns, until it is started again")
  func brownOut() async throws {
    try await bench { bench, driver in
      try await driver.start()
      try await bench.wait(.seconds(2))
      #expect(try await !driver.readValues().isAllUnknown)
      bench.bus.set(fault: .brownOut, on: 0x69)
      let error = await failure { () async throws(SensorError) in try await driver.readStatus() }
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
      bench.bus.set(fault: .nearSentinel, on: 0x69)
      let reading = try await driver.readValues()
      #expect(reading.pm1 == .fault)
      #expect(reading.pm10 == .fault)
      #expect(reading.humidity == .value(.percent(48.25)))
    }
  }

  @Test("knows no NOx on a SEN54")
  func sen54() async throws {
    try await bench(model: .sen54) { bench, driver in
      #expect(try await driver.identify().product == "SEN54")
      try await driver.start()
      try await bench.wait(.seconds(2))
      let reading = try await driver.readValues()
      #expect(reading.noxIndex == .unknown)
      #expect(reading.vocIndex == .value(.value(120)))
    }
  }

  @Test("knows no particles with the fan off")
  func withoutParticles() async throws {
    try await bench { bench, driver in
      try await driver.startWithoutParticles()
      try await bench.wait(.seconds(2))
      let reading = try await driver.readValues()
      #expect(reading.pm2_5 == .unknown)
      #expect(reading.temperature == .value(.celsius(21.5)))
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

  @Test("keeps an error in its status until it is cleared")
  func status() async throws {
    let ends = BootInstant(sinceBoot: .seconds(26))
    try await bench(errors: { $0 < ends ? 1 << 4 : 0 }) { bench, driver in
      #expect(try await driver.readStatus() == .fanError)
      try await bench.wait(.seconds(10))
      #expect(try await driver.readAndClearStatus() == .fanError)
      #expect(try await driver.readStatus() == [])
    }
  }

  @Test("measures nothing new while the fan is blown free")
  func fanCleaning() async throws {
    try await bench { bench, driver in
      try await driver.start()
      try await bench.wait(.seconds(2))
      try await driver.startFanCleaning()
      #expect(try await driver.readStatus() == .fanCleaning)
      try await bench.wait(.seconds(5))
      #expect(try await !driver.isDataReady())
      try await bench.wait(.seconds(10))
      #expect(try await driver.isDataReady())
      #expect(try await driver.readStatus() == [])
    }
  }

  @Test("keeps the interval of its fan cleaning")
  func fanCleaningInterval() async throws {
    try await bench { _, driver in
      #expect(try await driver.fanCleaningInterval() == .seconds(604_800))
      try await driver.setFanCleaningInterval(.seconds(86_400))
      #expect(try await driver.fanCleaningInterval() == .seconds(86_400))
    }
  }

  @Test("adds the set offset to its temperature")
  func temperatureCompensation() async throws {
    try await bench { bench, driver in
      let compensation = try #require(
        SEN5x.TemperatureCompensation(offsetKelvins: -1.5, slope: 0, timeConstant: .zero))
      try await driver.setTemperatureCompensation(compensation)
      try await driver.setWarmStart(0.5)
      try await driver.start()
      try await bench.wait(.seconds(2))
      #expect(try await driver.readValues().temperature == .value(.celsius(20)))
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
