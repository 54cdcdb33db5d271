import Acquisition
import Bus
import Readings
import SimulatedParts
import Testing

@Suite("saving taps") struct TapSavingTests {
  @Test("the light holds for each touch, and says saved only once the diary has it")
  func light() async throws {
    let bench = try await TapBench.run { bench in
      await bench.sink.setDelay(.seconds(3))
      try await bench.touches(5)
      try await bench.rest(.seconds(10))
    }
    let pulses = bench.signal.pulses
    let session = try #require(await bench.sink.sessions.first)
    // From the contact, known once it has lasted, until the samples are in.
    #expect(pulses.prefix(5).allSatisfy { (970...1000).contains($0.length ?? 0) })
    #expect(pulses.dropFirst(5).map(\.length) == [800, 800])
    #expect(pulses[5].start >= session.savedAt)
    #expect(pulses[5].start < session.savedAt.advanced(by: .milliseconds(10)))
    #expect(!bench.signal.isActive)
  }

  @Test("a diary that refuses is told of, and the tap is saved when it takes things again")
  func heldAndSaved() async throws {
    let bench = try await TapBench.run { bench in
      await bench.sink.setFull(true)
      try await bench.touches(5)
      try await bench.rest(.seconds(30))
      #expect(bench.health.heldTaps == 1)
      #expect(bench.signal.blinks(of: 800).isEmpty)
      #expect(bench.signal.blinks(of: 100).count == 50)
      await bench.sink.setFull(false)
      try await bench.rest(.seconds(15))
    }
    #expect(await bench.sessions.count == 1)
    #expect(bench.health.heldTaps == 0)
    let kinds = bench.notices.map(\.kind).filter { $0 != .partFound }
    #expect(kinds == [.tapNotSaved, .tapSaved])
    #expect(bench.notices.first { $0.kind == .tapNotSaved }?.priority == .error)
    #expect(bench.signal.blinks(of: 800).count == 2)
  }

  @Test("taps that are held are saved in their order, each once, and each says so when it is held")
  func order() async throws {
    let bench = try await TapBench.run { bench in
      await bench.sink.setFull(true)
      for moisture in [30.0, 40, 50] {
        try await bench.touches(1, .init(moisture: moisture))
        try await bench.rest(.seconds(30))
      }
      #expect(bench.health.heldTaps == 3)
      await bench.sink.setFull(false)
      try await bench.rest(.seconds(30))
    }
    let values = await bench.sessions.map { $0.touches[0].measures[0].value?.rounded() }
    #expect(values == [30, 40, 50])
    #expect(bench.notices.count { $0.kind == .tapNotSaved } == 3)
    #expect(bench.notices.count { $0.kind == .tapSaved } == 3)
  }

  @Test("a slow diary that is tried again while another tap ends saves both once")
  func slowAndHeld() async throws {
    let bench = try await TapBench.run { bench in
      await bench.sink.setFull(true)
      try await bench.touches(1, .init(moisture: 30))
      try await bench.rest(.seconds(9))
      await bench.sink.setFull(false)
      // Each call takes so long that the second tap ends while the first is being saved.
      await bench.sink.setDelay(.seconds(25))
      try await bench.touches(1, .init(moisture: 40))
      try await bench.rest(.seconds(120))
      #expect(bench.health.heldTaps == 0)
    }
    let values = await bench.sessions.map { $0.touches[0].measures[0].value?.rounded() }
    #expect(values == [30, 40])
  }

  @Test("stopped in the middle of a touch, the station finishes it and saves")
  func stop() async throws {
    let bench = try await TapBench.run { bench in
      try await bench.touches(2)
      async let touch: Void = bench.touch()
      try await bench.rest(.milliseconds(400))
      await bench.stop()
      try await touch
    }
    let session = try #require(await bench.sessions.first)
    #expect(session.verdict == .interrupted)
    #expect(session.acceptedTouches == 3)
    #expect(abs((session.touches[2].measures[0].value ?? 0) - 47) < 0.01)
    let notice = try #require(bench.notices.last)
    #expect(notice.kind == .tapInterrupted)
    #expect(notice.text.hasPrefix("evening tap saved (interrupted): "))
    // It does not wait for the probe to be lifted.
    #expect(session.ended.utc - session.touches[2].started.utc < .milliseconds(1100))
  }

  @Test("stopped between touches, it saves what it has")
  func stopBetween() async throws {
    let bench = try await TapBench.run { bench in
      try await bench.touches(2)
      await bench.stop()
    }
    #expect(await bench.sessions.map(\.touches.count) == [2])
  }

  @Test("stopped with a diary that still refuses, it writes the whole tap into the journal")
  func stopUnsaved() async throws {
    let bench = try await TapBench.run { bench in
      await bench.sink.setFull(true)
      try await bench.touches(1)
      try await bench.rest(.seconds(12))
    }
    #expect(await bench.sessions.isEmpty)
    let notice = try #require(bench.notices.last)
    #expect(notice.kind == .tapNotSaved)
    #expect(notice.text.contains("cheek skin.moisture 47.00 raw 6.7000 pF"))
  }
}

extension Stamp {
  /// The moment on the boot-time clock.
  var moment: BootInstant { BootInstant(sinceBoot: .microseconds(bootMicroseconds)) }
}
