import Bus
import Readings
import SimulatedParts
import Testing

@testable import Acquisition

@Suite("the probe between taps") struct ProbeRestTests {
  /// The index that the bench's probe reads in air, for so many picofarads beyond its 2 pF.
  private func rests(_ bench: TapBench) -> [String] {
    bench.rests.compactMap { notice in notice.fields.first { $0.name == "INDEX" }?.value }
  }

  @Test("wish 15: after each session the probe is read in air, and the reading is kept")
  func zeroCheck() async throws {
    let bench = try await TapBench.run { bench in
      for _ in 0..<2 {
        try await bench.touches(1)
        try await bench.rest(.seconds(30))
      }
    }
    #expect(rests(bench) == ["0.000", "0.000"])
    #expect(await bench.sink.notices.count { $0.kind == .probeAtRest } == 2)
    #expect(bench.rests.allSatisfy { $0.priority == .debug })
    #expect(!bench.notices.contains { $0.kind == .probeDirty })
  }

  @Test("wish 15: a zero that has moved for three sessions asks for cleaning, once a day at most")
  func dirty() async throws {
    let bench = try await TapBench.run { bench in
      bench.soil(picofarads: 0.5)
      for _ in 0..<5 {
        try await bench.touches(1)
        try await bench.rest(.seconds(30))
      }
      #expect(bench.notices.count { $0.kind == .probeDirty } == 1)
      try await bench.rest(.seconds(86_400))
      try await bench.touches(1)
      try await bench.rest(.seconds(30))
    }
    #expect(rests(bench).prefix(5) == ["5.000", "5.000", "5.000", "5.000", "5.000"])
    let told = bench.notices.filter { $0.kind == .probeDirty }
    #expect(told.count == 2)
    #expect(told[0].text.hasPrefix("clean the probe: in air it reads 5.0 index"))
    #expect(told[0].priority == .warning)
  }

  @Test("wish 15: one wet reading is not a dirty probe")
  func oneWetReading() async throws {
    let bench = try await TapBench.run { bench in
      for session in 0..<5 {
        bench.soil(picofarads: session == 2 ? 2 : 0)
        try await bench.touches(1)
        try await bench.rest(.seconds(30))
      }
    }
    #expect(rests(bench).max() == "20.000")
    #expect(!bench.notices.contains { $0.kind == .probeDirty })
  }
}

@Suite("the probe while it is calibrated") struct ProbeMeasuringTests {
  @Test("the probe on the wet pad closes its switch, and is no tap")
  func noTap() async throws {
    let bench = try await TapBench.run { bench in
      let air = try await bench.access.measure(.skinMoisture)
      #expect(abs(air.median - 2) < 0.001)
      #expect(air.isSteady)
      async let press: Void = bench.touch(for: .seconds(4), .init(moisture: 103))
      try await bench.rest(.seconds(1))
      let wet = try await bench.access.measure(.skinMoisture)
      #expect(abs(wet.median - 12.3) < 0.001)
      #expect((95...101).contains(wet.count))
      try await press
      try await bench.rest(.seconds(30))
      // The calibration is made: from here on a touch is a tap.
      await bench.access.endMeasuring()
      try await bench.rest(.seconds(11))
      try await bench.touches(1)
      try await bench.rest(.seconds(12))
    }
    #expect(await bench.sessions.count == 1)
  }

  @Test("somebody who taps is not disturbed")
  func busy() async throws {
    let bench = try await TapBench.run { bench in
      async let touch: Void = bench.touch()
      try await bench.rest(.milliseconds(500))
      await #expect(throws: MeasuringError.self) {
        _ = try await bench.access.measure(.skinMoisture)
      }
      try await touch
      try await bench.rest(.seconds(12))
    }
    #expect(await bench.sessions.first?.acceptedTouches == 1)
  }

  @Test("a calibration that is given up lets taps through again after five minutes")
  func givenUp() async throws {
    let bench = try await TapBench.run { bench in
      _ = try await bench.access.measure(.skinMoisture)
      try await bench.touches(1)
      try await bench.rest(.seconds(310))
      try await bench.touches(1)
      try await bench.rest(.seconds(12))
    }
    #expect(await bench.sessions.count == 1)
  }

  @Test("a fresh strip is lamp on less lamp off, five times, and the lamp is off afterwards")
  func freshStrip() async throws {
    let bench = try await TapBench.run { bench in
      let fresh = try await bench.access.measure(.skinSebum)
      #expect(fresh.median == 20_000)
      #expect(fresh.count == 5)
      #expect(fresh.part == TapBench.sebumPart)
    }
    #expect(!bench.lamp.isActive)
    #expect(bench.lamp.pulses.count == 5)
  }

  @Test("a channel that no part measures is refused with its mend")
  func noPart() async throws {
    _ = try await TapBench.run(hasSebum: false) { bench in
      let error = await #expect(throws: MeasuringError.self) {
        _ = try await bench.access.measure(.skinSebum)
      }
      #expect(error?.hint == "add it to `parts` in the configuration")
    }
  }
}

@Suite("force and temperature of a touch") struct TouchForceTests {
  private func measure(_ session: TapSession?, _ channel: Channel) -> [Touch.Measure] {
    session?.touches.flatMap(\.measures).filter { $0.channel == channel } ?? []
  }

  @Test("force and temperature are measures of the touch, through their calibrations")
  func measures() async throws {
    let bench = try await TapBench.run(hasForce: true) { bench in
      try await bench.touch(for: .seconds(2), .init(newtons: 1))
      try await bench.rest(.seconds(12))
    }
    let session = await bench.sessions.first
    let force = try #require(measure(session, .skinForce).first)
    #expect(abs((force.value ?? 0) - 1) < 0.01)
    #expect(force.samples.count > 20)
    let temperature = try #require(measure(session, .skinTemperature).first)
    #expect(abs((temperature.value ?? 0) - 32) < 0.05)
    #expect(session?.acceptedTouches == 1)
  }

  @Test("a touch outside the force band counts in no channel, and says which way to mend it")
  func band() async throws {
    var limits = Limits()
    limits.touch.forceNewtons = Limits.Span(0.5...1.5)
    let bench = try await TapBench.run(hasForce: true, limits: limits) { bench in
      for newtons in [0.2, 3, 1] {
        try await bench.touch(for: .seconds(2), .init(newtons: newtons))
        try await bench.rest(.seconds(5))
      }
      try await bench.rest(.seconds(8))
    }
    let session = await bench.sessions.first
    #expect(measure(session, .skinForce).map(\.refusal) == [.tooLight, .tooHard, nil])
    #expect(measure(session, .skinMoisture).map(\.refusal) == [.tooLight, .tooHard, nil])
    #expect(session?.acceptedTouches == 1)
  }
}
