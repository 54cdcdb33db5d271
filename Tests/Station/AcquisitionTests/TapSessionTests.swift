import Acquisition
import Bus
import Readings
import SimulatedParts
import Testing

@Suite("tap session") struct TapSessionTests {
  @Test("wish 1: five good touches end it, and each gives the planted moisture of its steady part")
  func fiveTouches() async throws {
    let bench = try await TapBench.run { bench in
      try await bench.touches(5)
      // One too many belongs to nobody: the session was over before it.
      try await bench.rest(.seconds(1))
    }
    let sessions = await bench.sessions
    let session = try #require(sessions.first)
    #expect(sessions.count == 1)
    #expect(session.verdict == .saved)
    #expect(session.touches.map(\.number) == [1, 2, 3, 4, 5])
    #expect(session.acceptedTouches == 5)
    #expect(session.touches.allSatisfy { $0.contact == .seconds(2) })
    for touch in session.touches {
      let moisture = try #require(touch.measures.first { $0.channel == .skinMoisture })
      #expect(abs((moisture.value ?? 0) - 47) < 0.01)
      #expect(abs((moisture.raw ?? 0) - 6.7) < 0.001)
      #expect((70...81).contains(moisture.samples.count))
      #expect(moisture.part == TapBench.moisturePart)
    }
    let last = try #require(session.touches.last)
    let quiet = session.ended.utc - last.started.utc
    #expect(quiet < .milliseconds(2100))
    #expect(session.started.utc == session.touches[0].started.utc)
  }

  @Test("ten seconds of quiet end it")
  func quiet() async throws {
    let bench = try await TapBench.run { bench in
      try await bench.touches(3)
      try await bench.rest(.seconds(30))
    }
    let session = try #require(await bench.sessions.first)
    #expect(session.acceptedTouches == 3)
    let lift = session.touches[2].started.utc + .seconds(2)
    #expect((Duration.seconds(10) ... .milliseconds(10_100)).contains(session.ended.utc - lift))
    #expect(session.verdict == .saved)
  }

  @Test("touches eleven seconds apart are two sessions")
  func twoSessions() async throws {
    let bench = try await TapBench.run { bench in
      try await bench.touch()
      try await bench.rest(.seconds(11))
      try await bench.touch()
      try await bench.rest(.seconds(11))
    }
    #expect(await bench.sessions.map(\.touches.count) == [1, 1])
  }

  @Test("sebum is read at the first three touches only, and the lamp is off afterwards")
  func sebum() async throws {
    let bench = try await TapBench.run { try await $0.touches(5) }
    let session = try #require(await bench.sessions.first)
    let sebum = session.touches.map { touch in
      touch.measures.first { $0.channel == .skinSebum }
    }
    #expect(sebum.map { $0 != nil } == [true, true, true, false, false])
    // Half of the light: 100 · log10(2) / 0.5 = 60.206.
    #expect(sebum.prefix(3).allSatisfy { abs(($0?.value ?? 0) - 60.206) < 0.05 })
    #expect(sebum.prefix(3).allSatisfy { $0?.samples == [10_040, 40] })
    #expect(!bench.lamp.isActive)
    #expect(bench.lamp.pulses.count == 3)
  }

  @Test("sebum that did not count is read once more")
  func sebumAgain() async throws {
    let bench = try await TapBench.run { bench in
      bench.bus.set(
        fault: .nak, on: 0x29, until: bench.time.now.advanced(by: .seconds(3)))
      try await bench.touches(5)
    }
    let session = try #require(await bench.sessions.first)
    let sebum = session.touches.flatMap(\.measures).filter { $0.channel == .skinSebum }
    #expect(sebum.map(\.refusal) == [.absent(.notPresent), nil, nil, nil])
    #expect(session.acceptedTouches == 5)
  }

  @Test("a probe left lying on its switch ends its touch after half a minute")
  func stuckContact() async throws {
    let bench = try await TapBench.run { bench in
      try await bench.touch(for: .seconds(120))
      try await bench.rest(.seconds(20))
    }
    let sessions = await bench.sessions
    #expect(sessions.count == 1)
    #expect(sessions.first?.touches.map(\.contact) == [nil])
    #expect(sessions.first?.acceptedTouches == 1)
  }

  @Test("a site whose touches never count is given up after twenty")
  func givenUp() async throws {
    let bench = try await TapBench.run { bench in
      try await bench.touches(20, .init(swing: 0.4))
      try await bench.rest(.seconds(1))
    }
    let session = try #require(await bench.sessions.first)
    #expect(session.touches.count == 20)
    #expect(session.verdict == .refused)
  }
}

@Suite("refused touches") struct RefusedTouchTests {
  @Test("too short, too light and unsteady ones are kept with their reason and do not count")
  func reasons() async throws {
    let bench = try await TapBench.run { bench in
      try await bench.touch(for: .milliseconds(450))
      try await bench.rest(.seconds(5))
      try await bench.touches(1, .init(moisture: 3))
      try await bench.touches(1, .init(swing: 0.4))
      try await bench.touches(1)
      try await bench.rest(.seconds(12))
    }
    let session = try #require(await bench.sessions.first)
    let moisture = session.touches.compactMap { touch in
      touch.measures.first { $0.channel == .skinMoisture }
    }
    #expect(moisture.map(\.refusal) == [.tooShort, .tooLight, .unsteady, nil])
    #expect(moisture.allSatisfy { $0.raw != nil && !$0.samples.isEmpty })
    #expect(abs((moisture[1].value ?? 0) - 3) < 0.01)
    #expect(session.acceptedTouches == 1)
    #expect(session.verdict == .saved)
    #expect(session.touches[0].contact == .milliseconds(450))
  }

  @Test("a session with no touch that counts says so, asks again, and is kept")
  func refused() async throws {
    let bench = try await TapBench.run { bench in
      try await bench.touches(2, .init(swing: 0.4))
      try await bench.rest(.seconds(12))
    }
    let session = try #require(await bench.sessions.first)
    #expect(session.verdict == .refused)
    #expect(session.touches.count == 2)
    let notice = try #require(bench.notices.last)
    #expect(notice.kind == .tapRefused)
    #expect(
      notice.text
        == "evening tap not counted, none of 2 touches was good: not steady: press again")
    #expect(notice.fields.contains(.init("REASON", "unsteady")))
    // Three blinks for each touch, three for the session; nothing says that it is saved.
    #expect(bench.signal.blinks(of: 100).count == 9)
    #expect(bench.signal.blinks(of: 800).isEmpty)
  }

  @Test("a touch of five milliseconds is none at all")
  func glitch() async throws {
    let bench = try await TapBench.run { bench in
      try await bench.touch(for: .milliseconds(5), bounces: 0)
      try await bench.rest(.seconds(30))
    }
    #expect(await bench.sessions.isEmpty)
  }

  @Test("a moisture part that is not there for one touch costs that touch only")
  func nak() async throws {
    let bench = try await TapBench.run { bench in
      try await bench.touches(1)
      bench.bus.set(fault: .nak, on: 0x50, until: bench.time.now.advanced(by: .seconds(3)))
      try await bench.touches(2)
      try await bench.rest(.seconds(12))
    }
    let session = try #require(await bench.sessions.first)
    #expect(
      session.touches.map { $0.measures.first?.refusal } == [nil, .absent(.notPresent), nil])
    #expect(session.touches[1].measures.first?.samples.isEmpty == true)
  }

  @Test("a bad contact that spoils every twentieth transfer costs samples and no touch")
  func badWire() async throws {
    let bench = try await TapBench.run { bench in
      bench.bus.set(fault: .nak, on: 0x50, probability: 0.05)
      try await bench.touches(5)
    }
    let session = try #require(await bench.sessions.first)
    #expect(session.touches.compactMap(\.measures.first?.refusal) == [])
    #expect(session.touches.count == 5)
    #expect(session.touches.allSatisfy { $0.measures[0].samples.count >= 45 })
  }

  @Test(
    "a dip of the supply in the middle of a touch loses samples, and makes none up",
    arguments: [50, 150, 300, 500, 700])
  func brownOut(milliseconds: Int) async throws {
    let bench = try await TapBench.run { bench in
      let now = bench.time.now
      bench.bus.set(
        FaultPlan(.brownOut, on: 0x50, from: now.advanced(by: .milliseconds(milliseconds))))
      try await bench.touches(2)
      try await bench.rest(.seconds(12))
    }
    let session = try #require(await bench.sessions.first)
    for touch in session.touches {
      let moisture = try #require(touch.measures.first)
      #expect(moisture.isAccepted)
      // 6.7 pF on the skin's input; the other inputs show 9 pF.
      #expect(moisture.samples.allSatisfy { abs(Double($0) / 524_288 - 6.7) < 0.001 })
      #expect(moisture.samples.count >= 60)
    }
  }
}
