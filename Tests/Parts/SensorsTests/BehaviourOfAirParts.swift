import Bus
import Quantities
import Sensors
import SimulatedParts
import Testing

@Suite("BME280 on the wire")
struct BehaviourOfBME280 {
  @Test("reads the air it stands in")
  func readsAir() async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(SimulatedBME280 { _ in bedroom }, at: 0x76)
      let driver = BME280(bus: bench.bus, clock: bench.time)
      let reading = try await driver.measure(using: driver.start())
      // Sixteen bits at ×1: 0.005 °C and 2.6 Pa a step (sections 3.4.2 and 3.4.3).
      #expect(abs(try #require(reading.temperature.value).celsius - 21.5) < 0.006)
      #expect(abs(try #require(reading.pressure.value).pascals - 98_500) < 3)
      #expect(abs(try #require(reading.humidity.value).percent - 48.25) < 0.02)
    }
  }

  @Test("is ready within the longest time of every oversampling")
  func oversampling() async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(SimulatedBME280 { _ in bedroom }, at: 0x76)
      for oversampling in BME280.Oversampling.allCases where oversampling != .skipped {
        let driver = BME280(bus: bench.bus, clock: bench.time, oversampling: oversampling)
        let reading = try await driver.measure(using: driver.start())
        #expect(abs(try #require(reading.humidity.value).percent - 48.25) < 0.02)
      }
    }
  }

  @Test("knows nothing of what it was told to skip")
  func skipped() async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(SimulatedBME280 { _ in bedroom }, at: 0x76)
      let driver = BME280(bus: bench.bus, clock: bench.time, oversampling: .skipped)
      let reading = try await driver.measure(using: driver.start())
      #expect(reading.temperature == .unknown)
      #expect(reading.pressure == .unknown)
      #expect(reading.humidity == .unknown)
    }
  }

  @Test("has forgotten its settings after a brown-out, and says so until it is started again")
  func brownOut() async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(SimulatedBME280 { _ in bedroom }, at: 0x76)
      let driver = BME280(bus: bench.bus, clock: bench.time)
      let calibration = try await driver.start()
      bench.bus.set(fault: .brownOut, on: 0x76)
      let error = await failure { () async throws(SensorError) in
        try await driver.measure(using: calibration)
      }
      #expect(error?.busKind == .notAcknowledged)
      try await bench.wait(.seconds(1))
      let forgotten = await failure { () async throws(SensorError) in
        try await driver.measure(using: calibration)
      }
      #expect(forgotten?.isForgotten == true)
      let healed = try await driver.measure(using: driver.start())
      #expect(healed.humidity.value != nil)
    }
  }

  @Test("does not answer while it starts up")
  func notReady() async throws {
    let bench = Bench()
    try await bench.run {
      bench.bus.attach(SimulatedBME280 { _ in bedroom }, at: 0x77)
      let driver = BME280(bus: bench.bus, address: 0x77, clock: bench.time)
      let error = await failure { () async throws(SensorError) in try await driver.start() }
      #expect(error?.busKind == .notAcknowledged)
      try await bench.wait(.milliseconds(2))
      _ = try await driver.start()
    }
  }
}

@Suite("BME280s that are not as they should be")
struct BehaviourOfAlteredBME280 {
  private func start(register: UInt8, answers: [UInt8]) async throws -> SensorError? {
    let bench = Bench()
    return try await bench.time.run {
      let part = AlteredPart(
        SimulatedBME280 { _ in bedroom }, register: register, answers: answers)
      try await bench.plug(part, at: 0x76)
      let driver = BME280(bus: bench.bus, clock: bench.time)
      return await failure { () async throws(SensorError) in
        try await driver.measure(using: driver.start())
      }
    }
  }

  @Test("a BMP280 is named, since it is often sold for a BME280")
  func bmp280() async throws {
    #expect(
      try await start(register: 0xD0, answers: [0x58])
        == .wrongPart(expected: "BME280 (0x60)", found: "BMP280 (0x58)"))
  }

  @Test("a measurement that does not end within the longest time is never ready")
  func stillMeasuring() async throws {
    // Asked for in one burst from 0xF2 on: oversampling ×1, and bit 3 of the status.
    #expect(try await start(register: 0xF2, answers: [0x01, 0x08])?.isNeverReady == true)
  }

  @Test("a calibration that is still being copied is not used")
  func stillCopying() async throws {
    #expect(try await start(register: 0xF3, answers: [0x01])?.isNeverReady == true)
  }

  @Test("a blank calibration is not used")
  func blank() async throws {
    let zeros = [UInt8](repeating: 0, count: 26)
    #expect(try await start(register: 0x88, answers: zeros)?.isCorrupted == true)
  }

  @Test("nothing altered, nothing fails")
  func unaltered() async throws {
    #expect(try await start(register: 0xD0, answers: [0x60]) == nil)
  }
}

@Suite("SHT4x on the wire")
struct BehaviourOfSHT4x {
  @Test("reads the air it stands in", arguments: SHT4x.Precision.allCases)
  func readsAir(precision: SHT4x.Precision) async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(SimulatedSHT4x { _ in bedroom }, at: 0x44)
      let reading = try await SHT4x(bus: bench.bus, clock: bench.time).measure(precision)
      #expect(abs(try #require(reading.temperature.value).celsius - 21.5) < 0.002)
      #expect(abs(try #require(reading.humidity.value).percent - 48.25) < 0.002)
    }
  }

  @Test("takes a broken element for a fault")
  func broken() async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(SimulatedSHT4x { _ in SimulatedAir() }, at: 0x44)
      let reading = try await SHT4x(bus: bench.bus, clock: bench.time).measure()
      #expect(reading.temperature == .fault)
      #expect(reading.humidity == .fault)
    }
  }

  @Test("answers again at once after a reset")
  func reset() async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(SimulatedSHT4x { _ in bedroom }, at: 0x45)
      let driver = SHT4x(bus: bench.bus, address: 0x45, clock: bench.time)
      try await driver.reset()
      #expect(try await driver.identify().serial == "0D15EA5E")
    }
  }

  @Test("does not answer while it starts up")
  func notReady() async throws {
    let bench = Bench()
    try await bench.run {
      bench.bus.attach(SimulatedSHT4x { _ in bedroom }, at: 0x44)
      let driver = SHT4x(bus: bench.bus, clock: bench.time)
      let error = await failure { () async throws(SensorError) in try await driver.measure() }
      #expect(error?.busKind == .notAcknowledged)
    }
  }

  @Test("refuses a part that does not send checksums")
  func wrongPart() async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(SimulatedTSL2591 { _ in .counts(9) }, at: 0x44)
      let driver = SHT4x(bus: bench.bus, clock: bench.time)
      let error = await failure { () async throws(SensorError) in try await driver.identify() }
      #expect(error?.isCorrupted == true)
    }
  }
}

@Suite("PMSA003I on the wire")
struct BehaviourOfPMSA003I {
  @Test("reads the air it stands in, counts included")
  func readsAir() async throws {
    let bench = Bench()
    try await bench.run {
      let part = SimulatedPMSA003I(counts: { _ in [600, 500, 400, 300, 200, 100] }) { _ in bedroom }
      try await bench.plug(part, at: 0x12)
      try await bench.wait(.seconds(1))
      let frame = try await PMSA003I(bus: bench.bus, clock: bench.time).read()
      #expect(frame.atmospheric.pm1 == .value(.microgramsPerCubicMetre(3)))
      #expect(frame.atmospheric.pm2_5 == .value(.microgramsPerCubicMetre(6)))
      #expect(frame.atmospheric.pm10 == .value(.microgramsPerCubicMetre(9)))
      #expect(frame.counts.above0_3 == 600)
      #expect(frame.counts.above10 == 100)
      #expect(frame.error == 0)
    }
  }

  @Test("refuses the zeros before its first frame, and takes them for nobody else")
  func notReady() async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(SimulatedPMSA003I { _ in bedroom }, at: 0x12)
      let driver = PMSA003I(bus: bench.bus, clock: bench.time)
      let reading = await failure { () async throws(SensorError) in try await driver.read() }
      #expect(reading?.isCorrupted == true)
      let identity = await failure { () async throws(SensorError) in try await driver.identify() }
      #expect(identity?.isCorrupted == true)
    }
  }

  @Test("gives the same frame again when it has no newer one")
  func stale() async throws {
    let bench = Bench()
    try await bench.run {
      let part = SimulatedPMSA003I { now in
        SimulatedAir(pm2_5: .microgramsPerCubicMetre(now.sinceBoot.inSeconds.rounded()))
      }
      try await bench.plug(part, at: 0x12)
      try await bench.wait(.seconds(1))
      let driver = PMSA003I(bus: bench.bus, clock: bench.time)
      let first = try await driver.read()
      #expect(try await driver.read() == first)
      try await bench.wait(.seconds(3))
      #expect(try await driver.read() != first)
    }
  }

  @Test("refuses a frame with a flipped bit")
  func flippedBit() async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(SimulatedPMSA003I { _ in bedroom }, at: 0x12)
      try await bench.wait(.seconds(1))
      bench.bus.set(fault: .flippedBit, on: 0x12)
      let driver = PMSA003I(bus: bench.bus, clock: bench.time)
      let error = await failure { () async throws(SensorError) in try await driver.read() }
      #expect(error?.isCorrupted == true)
    }
  }

  @Test("does not answer, and then has nothing, after a brown-out")
  func brownOut() async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(SimulatedPMSA003I { _ in bedroom }, at: 0x12)
      try await bench.wait(.seconds(1))
      bench.bus.set(fault: .brownOut, on: 0x12)
      let driver = PMSA003I(bus: bench.bus, clock: bench.time)
      let gone = await failure { () async throws(SensorError) in try await driver.read() }
      #expect(gone?.busKind == .notAcknowledged)
      try await bench.wait(.milliseconds(1500))
      let blank = await failure { () async throws(SensorError) in try await driver.read() }
      #expect(blank?.isCorrupted == true)
      try await bench.wait(.seconds(1))
      _ = try await driver.read()
    }
  }
}
