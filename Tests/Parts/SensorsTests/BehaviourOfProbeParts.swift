import Bus
import Quantities
import Sensors
import SimulatedParts
import Testing

@Suite("FDC1004 on the wire")
struct BehaviourOfFDC1004 {
  /// A bench with a driver, and a part whose inputs have `electrodes`.
  private func bench(
    electrodes: @escaping @Sendable (Int, BootInstant) -> Capacitance,
    _ test: @Sendable @escaping (Bench, FDC1004) async throws -> Void
  ) async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(SimulatedFDC1004(electrodes: electrodes), at: 0x50)
      try await test(bench, FDC1004(bus: bench.bus, clock: bench.time))
    }
  }

  @Test("measures each input once", arguments: 1...4)
  func once(input: Int) async throws {
    try await bench(electrodes: { input, _ in .picofarads(Double(input) * 3.5) }) { _, driver in
      let sample = try await driver.measureOnce(driver.configure(input: input))
      #expect(abs(sample.capacitance.picofarads - Double(input) * 3.5) < 0.000_002)
      #expect(!sample.isOverRange)
      #expect(sample.capdac == nil)
    }
  }

  @Test("gives a new sample every ten milliseconds")
  func repeating() async throws {
    // One attofarad a microsecond, so that a sample says when it was taken.
    let ramp: @Sendable (Int, BootInstant) -> Capacitance = { _, now in
      .picofarads(Double(now.microseconds - 14_000_000) / 1_000_000)
    }
    try await bench(electrodes: ramp) { bench, driver in
      let skin = try await driver.configure(input: 1)
      try await driver.startRepeating(skin)
      let began = bench.time.now
      for number in 1...10 {
        let sample = try await driver.readSample(skin)
        #expect(abs(sample.capacitance.picofarads - Double(number) / 100) < 0.000_002)
      }
      #expect(began.duration(to: bench.time.now) == .milliseconds(100))
    }
  }

  @Test("measures two inputs in turn")
  func twoInputs() async throws {
    try await bench(electrodes: { input, _ in .picofarads(Double(input)) }) { _, driver in
      let skin = try await driver.configure(input: 1)
      let air = try await driver.configure(input: 2)
      try await driver.startRepeating(skin, air)
      for _ in 0..<3 {
        #expect(try await driver.readSample(skin).capacitance == .picofarads(1))
        #expect(try await driver.readSample(air).capacitance == .picofarads(2))
      }
    }
  }

  @Test("an offset brings a large capacitance into range, and is in the result")
  func offset() async throws {
    try await bench(electrodes: { _, _ in .picofarads(20) }) { _, driver in
      let without = try await driver.measureOnce(driver.configure(input: 1))
      #expect(without.isOverRange)
      let with = try await driver.measureOnce(driver.configure(input: 1, capdac: 4))
      #expect(with.capacitance == .picofarads(20))
      #expect(with.capdac == 4)
      #expect(!with.isOverRange)
    }
  }

  @Test("a measurement that was never started is not waited for")
  func neverStarted() async throws {
    try await bench(electrodes: { _, _ in .picofarads(5) }) { bench, driver in
      let skin = try await driver.configure(input: 1)
      let began = bench.time.now
      let error = await failure { () async throws(SensorError) in
        try await driver.readSample(skin)
      }
      #expect(error?.isForgotten == true)
      #expect(began == bench.time.now)
    }
  }

  @Test("a conversion that does not end is never ready, and that is said after 50 ms")
  func neverReady() async throws {
    let bench = Bench()
    try await bench.run {
      // Measures over and over by its own account, and never has done.
      let part = AlteredPart(
        SimulatedFDC1004 { _, _ in .picofarads(5) }, register: 0x0C, answers: [0x05, 0x80])
      try await bench.plug(part, at: 0x50)
      let driver = FDC1004(bus: bench.bus, clock: bench.time)
      let skin = try await driver.configure(input: 1)
      try await driver.startRepeating(skin)
      let began = bench.time.now
      let error = await failure { () async throws(SensorError) in
        try await driver.readSample(skin)
      }
      #expect(error?.isNeverReady == true)
      #expect(began.duration(to: bench.time.now) == .milliseconds(50))
    }
  }

  @Test("a reset that does not end is never ready")
  func stuckReset() async throws {
    let bench = Bench()
    try await bench.run {
      let part = AlteredPart(
        SimulatedFDC1004 { _, _ in .picofarads(5) }, register: 0x0C, answers: [0x80, 0x00])
      try await bench.plug(part, at: 0x50)
      let driver = FDC1004(bus: bench.bus, clock: bench.time)
      let error = await failure { () async throws(SensorError) in try await driver.reset() }
      #expect(error?.isNeverReady == true)
    }
  }

  @Test("a result left behind is not taken for a sample of the next measurement")
  func leftover() async throws {
    let bench = Bench()
    try await bench.run {
      let part = LeftoverPart(SimulatedFDC1004 { _, _ in .picofarads(5) })
      try await bench.plug(part, at: 0x50)
      let driver = FDC1004(bus: bench.bus, clock: bench.time)
      let skin = try await driver.configure(input: 1)
      try await driver.startRepeating(skin)
      #expect(try await driver.readSample(skin).capacitance == .picofarads(5))
      try await bench.plug(part, at: 0x50)
      #expect(try await driver.measureOnce(skin).capacitance == .picofarads(5))
    }
  }

  @Test("gives no sample once it is stopped")
  func stop() async throws {
    try await bench(electrodes: { _, _ in .picofarads(5) }) { _, driver in
      let skin = try await driver.configure(input: 1)
      try await driver.startRepeating(skin)
      _ = try await driver.readSample(skin)
      try await driver.stop()
      let error = await failure { () async throws(SensorError) in
        try await driver.readSample(skin)
      }
      #expect(error?.isForgotten == true)
    }
  }

  @Test("has forgotten its settings after a brown-out, until it is reset and configured again")
  func brownOut() async throws {
    try await bench(electrodes: { _, _ in .picofarads(20) }) { bench, driver in
      let skin = try await driver.configure(input: 1, capdac: 4)
      try await driver.startRepeating(skin)
      _ = try await driver.readSample(skin)
      bench.bus.set(fault: .brownOut, on: 0x50)
      let error = await failure { () async throws(SensorError) in
        try await driver.readSample(skin)
      }
      #expect(error?.isForgotten == true)
      try await driver.reset()
      try await driver.configure(input: 1, capdac: 4)
      try await driver.startRepeating(skin)
      #expect(try await driver.readSample(skin).capacitance == .picofarads(20))
    }
  }
}

@Suite("TSL2591 on the wire")
struct BehaviourOfTSL2591 {
  private func bench(
    light: @escaping @Sendable (BootInstant) -> LightCounts,
    _ test: @Sendable @escaping (Bench, TSL2591) async throws -> Void
  ) async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(SimulatedTSL2591(infraredShare: 0.25, light: light), at: 0x29)
      try await test(bench, TSL2591(bus: bench.bus, clock: bench.time))
    }
  }

  @Test("counts more light with more gain and more time")
  func counts() async throws {
    try await bench(light: { _ in .counts(40) }) { _, driver in
      let short = try await driver.measure(gain: .low, integration: .milliseconds100)
      #expect(short.channel0 == 40)
      #expect(short.channel1 == 10)
      let long = try await driver.measure(gain: .medium, integration: .milliseconds600)
      #expect(long.channel0 == 6000)
      #expect(long.gain == .medium)
      #expect(long.integrationTime == .milliseconds(600))
    }
  }

  @Test("an integration starts after the lamp was switched, not across it")
  func lamp() async throws {
    // The lamp comes on 14.25 s after boot, in the middle of an integration that was running.
    let on = BootInstant(sinceBoot: .milliseconds(14_250))
    try await bench(light: { .counts($0 < on ? 0 : 100) }) { bench, driver in
      try await driver.enable(gain: .low, integration: .milliseconds200)
      try await bench.wait(.milliseconds(260))
      let light = try await driver.measure(gain: .low, integration: .milliseconds200)
      #expect(light.channel0 == 200)
    }
  }

  @Test("is not valid before the first integration has ended")
  func notReady() async throws {
    try await bench(light: { _ in .counts(40) }) { bench, driver in
      try await driver.enable(gain: .low, integration: .milliseconds300)
      #expect(try await !driver.read().isValid)
      try await bench.wait(.milliseconds(360))
      #expect(try await driver.read().isValid)
    }
  }

  @Test("a measurement that is not valid even after the longest time is never ready")
  func neverReady() async throws {
    let bench = Bench()
    try await bench.run {
      let part = AlteredPart(
        SimulatedTSL2591 { _ in .counts(40) }, register: 0xB2, answers: [0x50, 0x00])
      try await bench.plug(part, at: 0x29)
      let driver = TSL2591(bus: bench.bus, clock: bench.time)
      let error = await failure { () async throws(SensorError) in
        try await driver.measure(gain: .low, integration: .milliseconds100)
      }
      #expect(error?.isNeverReady == true)
    }
  }

  @Test("says when there was too much light", arguments: TSL2591.Integration.allCases)
  func saturated(integration: TSL2591.Integration) async throws {
    try await bench(light: { _ in .counts(1_000_000) }) { _, driver in
      let light = try await driver.measure(gain: .low, integration: integration)
      #expect(light.isSaturated)
    }
  }

  @Test("is not valid, and has its settings from the maker, after a brown-out")
  func brownOut() async throws {
    try await bench(light: { _ in .counts(40) }) { bench, driver in
      _ = try await driver.measure(gain: .high, integration: .milliseconds300)
      bench.bus.set(fault: .brownOut, on: 0x29)
      let light = try await driver.read()
      #expect(!light.isValid)
      #expect(light.gain == .low)
      #expect(light.integration == .milliseconds100)
    }
  }

  @Test("measures nothing more once it is disabled")
  func disable() async throws {
    try await bench(light: { _ in .counts(40) }) { bench, driver in
      _ = try await driver.measure(gain: .low, integration: .milliseconds100)
      try await driver.disable()
      try await bench.wait(.seconds(1))
      #expect(try await !driver.read().isValid)
    }
  }
}
