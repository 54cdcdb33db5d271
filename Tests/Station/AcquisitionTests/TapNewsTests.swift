import Acquisition
import Readings
import Testing

@Suite("news of a tap") struct TapNewsTests {
  private static let now = Timestamp.seconds(1_772_572_385)
  private let news = TapNews { TapNewsTests.now }

  @Test("whoever begins to follow hears first where the tap stands, then all that follows")
  func first() async {
    var early = news.moments().makeAsyncIterator()
    #expect(await early.next() == TapMoment(.ready, at: Self.now))
    news.post(TapMoment(.hold, person: Person("me"), touches: 0))
    var late = news.moments().makeAsyncIterator()
    news.post(TapMoment(.lift, person: Person("me"), touches: 0))
    for state in [TapMoment.State.hold, .lift] {
      #expect(await early.next()?.state == state)
      #expect(await late.next()?.state == state)
    }
    #expect(news.last.state == .lift)
  }

  @Test("a moment is stamped by the clock of whoever passes it on")
  func stamped() async {
    news.post(TapMoment(.hold, at: .seconds(5)))
    #expect(news.last.time == Self.now)
    var moments = news.moments().makeAsyncIterator()
    #expect(await moments.next()?.time == Self.now)
  }

  @Test("a follower that is slow loses only what is old, and holds up nobody")
  func slow() async {
    let slow = news.moments()
    var quick = news.moments().makeAsyncIterator()
    _ = await quick.next()
    for number in 1...100 {
      news.post(TapMoment(.counted, touches: number))
      #expect(await quick.next()?.touches == number)
    }
    news.finish()
    var heard: [Int] = []
    for await moment in slow { heard.append(moment.touches) }
    #expect(heard.count >= 8 && heard.count < 100)
    #expect(heard == Array((101 - heard.count)...100))
  }

  @Test("the end ends every stream, after what was still to be heard")
  func end() async {
    let streams = [news.moments(), news.moments()]
    news.post(TapMoment(.saved, session: 3))
    news.finish()
    for stream in streams {
      var states: [TapMoment.State] = []
      for await moment in stream { states.append(moment.state) }
      #expect(states == [.ready, .saved])
    }
  }

  @Test("a follower that goes away is told nothing more, and the others are")
  func away() async {
    var stays = news.moments().makeAsyncIterator()
    do {
      var goes = news.moments().makeAsyncIterator()
      #expect(await goes.next()?.state == .ready)
    }
    news.post(TapMoment(.hold))
    #expect(await stays.next()?.state == .ready)
    #expect(await stays.next()?.state == .hold)
  }
}

@Suite("what a tap tells") struct TapTellingTests {
  /// Everything that was told in a script, from the first contact on.
  private func told(
    people: [People.Entry] = [.init(person: Person("me"), sites: [Site("cheek")])],
    _ script: @Sendable @escaping (TapBench) async throws -> Void
  ) async throws -> [TapMoment] {
    let bench = try await TapBench.run(people: people, script)
    return bench.told
  }

  @Test("each touch is held, lifted and counted, and at the end the session is saved")
  func good() async throws {
    let told = try await told { bench in
      try await bench.touches(2)
      try await bench.rest(.seconds(12))
    }
    #expect(told.map(\.state) == [.hold, .lift, .counted, .hold, .lift, .counted, .saved])
    #expect(told.map(\.touches) == [0, 0, 1, 1, 1, 2, 2])
    #expect(told.map(\.accepted) == [0, 0, 1, 1, 1, 2, 2])
    #expect(told.allSatisfy { $0.person == Person("me") && $0.refusal == nil })
    #expect(told.dropLast().allSatisfy { $0.site == Site("cheek") && $0.session == nil })
  }

  @Test("a touch that does not count is to be done again, with its reason")
  func again() async throws {
    let told = try await told { bench in
      try await bench.touch(for: .milliseconds(450))
      try await bench.rest(.seconds(5))
      try await bench.touches(1, .init(moisture: 3))
      try await bench.touches(1, .init(swing: 0.4))
      try await bench.touches(1)
      try await bench.rest(.seconds(12))
    }
    let outcomes = told.filter { $0.state == .again || $0.state == .counted }
    #expect(outcomes.map(\.state) == [.again, .again, .again, .counted])
    #expect(outcomes.map(\.refusal) == [.tooShort, .tooLight, .unsteady, nil])
    #expect(outcomes.map(\.touches) == [1, 2, 3, 4])
    #expect(outcomes.map(\.accepted) == [0, 0, 0, 1])
  }

  @Test("what is saved is told with its number and its line, once it is in the diary")
  func saved() async throws {
    let bench = try await TapBench.run { bench in
      try await bench.touches(2)
      #expect(!bench.told.contains { $0.state == .saved })
      try await bench.rest(.seconds(12))
    }
    let last = try #require(bench.told.last)
    #expect(last.state == .saved)
    #expect(await bench.sink.sessions.count == 1)
    #expect(last.session != nil)
    let line = try #require(bench.notices.last { $0.kind == .tapSaved })
    #expect(last.words == line.text)
  }

  @Test("the next site is told, and the touches go on being counted")
  func sites() async throws {
    let two = People.Entry(person: Person("me"), sites: [Site("cheek"), Site("forehead")])
    let told = try await told(people: [two]) { bench in
      try await bench.touches(5)
      try await bench.touches(2)
      try await bench.rest(.seconds(12))
    }
    let turn = try #require(told.firstIndex { $0.state == .site })
    #expect(told[turn].site == Site("forehead") && told[turn].touches == 5)
    #expect(told[..<turn].allSatisfy { $0.site == Site("cheek") })
    #expect(told[turn...].dropLast().allSatisfy { $0.site == Site("forehead") })
    #expect(told.last?.state == .saved)
  }

  @Test("a session of which nothing counts is not said to be saved")
  func refused() async throws {
    let told = try await told { bench in
      try await bench.touches(1, .init(moisture: 3))
      try await bench.rest(.seconds(12))
    }
    #expect(!told.contains { $0.state == .saved })
    #expect(told.last?.state == .again)
  }
}
