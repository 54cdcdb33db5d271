import Readings
import Store
import Testing
import TestSupport

@Suite("re-stamping a boot", .takingTurns)
struct RestampTests {
  /// The bench's boot began on its Monday at midnight; its clock said two days too little.
  private static let wrong = Duration.seconds(-2 * 86_400 - 3 * 3600)
  private static let dump = [
    """
    SELECT person, local_date, slot, channel, site, value, n_touches, ma7, z7, n7, n30
    FROM v1_slot ORDER BY 1, 2, 3, 4, 5
    """,
    "SELECT * FROM v1_air_hour ORDER BY 1, 2",
    "SELECT time_utc_us, channel, value FROM v1_air ORDER BY 1, 2",
    "SELECT local_date, slot, started_utc_us, ended_utc_us FROM v1_session ORDER BY 3",
    "SELECT started_utc_us, value FROM v1_touch ORDER BY 1",
    "SELECT person, channel, site, began_utc_us FROM v1_epoch ORDER BY 1, 2, 3, 4",
  ]

  /// A stamp with the right time since boot, and a wall clock that is off while unsynced.
  private static func stamp(_ time: Timestamp, _ isSynced: Bool) -> Stamp {
    var stamp = Bench.stamp(time, isSynced ? .synced : .unsynced)
    if !isSynced { stamp.utc = time + wrong }
    return stamp
  }

  /// Nine mornings and evenings; those before the fourth day under a wrong clock, if told so.
  private static func live(_ store: Store, wrongUntil day: Int) async throws {
    for index in 0..<18 {
      let isSynced = index / 2 >= day
      let time = Bench.time(day: index / 2, hour: index.isMultiple(of: 2) ? 7 : 21)
      let samples = (1...6).map { sample in
        var air = Bench.air(time - .seconds(3000 * sample), Double(15 + index + sample))
        air.stamp = stamp(time - .seconds(3000 * sample), isSynced)
        return air
      }
      try await store.append(samples.reversed())
      var session = Bench.session(time, [40 + Double(index * index % 7), 42])
      session.started = stamp(time, isSynced)
      session.ended = stamp(time + .seconds(30), isSynced)
      for touch in session.touches.indices {
        session.touches[touch].started = stamp(
          time + .seconds(2 * touch), isSynced)
      }
      _ = try await store.save(session)
    }
  }

  @Test("wish 7: gives the diary that a right clock would have given", arguments: [1, 4, 9])
  func equalsTheRightClock(day: Int) async throws {
    try await Bench.with { bench in
      let right = try Bench()
      let (store, other) = (try bench.store(), try right.store())
      try await Self.live(store, wrongUntil: day)
      try await Self.live(other, wrongUntil: 0)
      let report = try await store.restamp(
        bootID: Bench.boot, bootTimeZero: Bench.monday, at: Bench.stamp(Bench.monday))
      let move = RestampReport.Move(
        earliest: Bench.time(day: 0, hour: 2) + Self.wrong,
        // The last tap's notice is of its end.
        latest: Bench.time(day: day - 1, hour: 21) + .seconds(30) + Self.wrong,
        by: .zero - Self.wrong)
      #expect(
        report
          == RestampReport(
            sessions: 2 * day, airSamples: 12 * day, others: 1 + 2 * day, move: move))
      for statement in Self.dump {
        let (rows, expected) = (try await bench.rows(statement), try await right.rows(statement))
        #expect(rows == expected)
        #expect(!rows.isEmpty)
      }
      try await other.close()
      try right.remove()
    }
  }

  @Test("says what it moved, and a second time that there is nothing left to move")
  func twice() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await Self.live(store, wrongUntil: 4)
      let stamp = Bench.stamp(Bench.time(day: 9, hour: 0))
      _ = try await store.restamp(bootID: Bench.boot, bootTimeZero: Bench.monday, at: stamp)
      let before = try await bench.rows(Self.dump[0])
      let again = try await store.restamp(
        bootID: Bench.boot, bootTimeZero: Bench.monday + .seconds(99), at: stamp)
      #expect(again == RestampReport(sessions: 0, airSamples: 0, others: 0))
      #expect(try await bench.rows(Self.dump[0]) == before)
      // The earliest sample was of 02:00 on the Monday, the last tap ended three days later.
      let from = Bench.time(day: 0, hour: 2)
      let to = Bench.time(day: 3, hour: 21) + .seconds(30)
      #expect(
        try await bench.rows(
          "SELECT sessions, air_samples, from_utc_us, to_utc_us, moved_us FROM v1_restamp")
          == [
            [
              "8", "48", "\((from + Self.wrong).microseconds)",
              "\((to + Self.wrong).microseconds)", "183600000000",
            ]
          ])
      let clocks = try await bench.rows("SELECT clock, count(*) FROM v1_session GROUP BY 1")
      #expect(clocks == [["restamped", "8"], ["synced", "10"]])
    }
  }

  @Test("leaves other boots alone")
  func otherBoot() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await Self.live(store, wrongUntil: 4)
      let before = try await bench.rows(Self.dump[2])
      let report = try await store.restamp(
        bootID: "ffffffffffffffffffffffffffffffff", bootTimeZero: Bench.monday,
        at: Bench.stamp(Bench.monday))
      #expect(report == RestampReport(sessions: 0, airSamples: 0, others: 0))
      #expect(try await bench.rows(Self.dump[2]) == before)
    }
  }

  @Test("an event of now and a score of today move; those of a day the person named do not")
  func entries() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let stamp = Self.stamp(Bench.time(day: 2, hour: 12), false)
      let named = Bench.time(day: -3, hour: 20)
      for time in [stamp.utc, named] {
        let event = SkinEvent(person: "me", time: time, kind: "sun", weight: 0.5, note: nil)
        _ = try await store.save(event, at: stamp)
      }
      // The wrong clock says 2026-03-02 09:00.
      let today = try #require(LocalDate("2026-03-02"))
      for (date, dimension) in [(today, Score.Dimension.oil), (today - 5, .gloss)] {
        let score = Score(person: "me", date: date, dimension: dimension, value: 2)
        try await store.save(score, at: stamp)
      }
      try await store.append(Notice(.scoreSaved, "saved", stamp: stamp))
      _ = try await store.restamp(
        bootID: Bench.boot, bootTimeZero: Bench.monday, at: Bench.stamp(Bench.monday))
      let moved = "\(Bench.time(day: 2, hour: 12).microseconds)"
      #expect(
        try await bench.rows("SELECT time_utc_us, local_date FROM v1_event ORDER BY 1 DESC")
          == [[moved, "2026-03-04"], ["\(named.microseconds)", "2026-02-27"]])
      #expect(
        try await bench.rows("SELECT dimension, local_date FROM v1_score ORDER BY 1 DESC")
          == [["oil", "2026-03-04"], ["gloss", "2026-02-25"]])
      let notices = try await Archive(path: bench.path).notices(
        from: Bench.time(day: 2, hour: 11), to: Bench.time(day: 2, hour: 13), limit: 5)
      #expect(notices.map(\.stamp?.trust) == [.restamped])
    }
  }

  @Test("slots that a fast clock closed are open again, and closed when they end")
  func fastClock() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let fast = Duration.seconds(30 * 86_400)
      var chosen = Bench.stamp(Bench.time(day: 0, hour: 5), .unsynced)
      chosen.utc = chosen.utc + fast
      try await store.choose("me", at: chosen)
      var sample = Bench.air(Bench.time(day: 0, hour: 6), 20, trust: .unsynced)
      sample.stamp.utc = sample.stamp.utc + fast
      try await store.append([sample])
      try await store.closeSlots(before: Bench.time(day: 0, hour: 20) + fast)
      let values = "SELECT local_date, slot, value FROM v1_slot WHERE channel LIKE '%temperature'"
      #expect(try await bench.rows(values) == [["2026-04-01", "morning", "20.0"]])
      let now = Bench.time(day: 0, hour: 12)
      _ = try await store.restamp(
        bootID: Bench.boot, bootTimeZero: Bench.monday, at: Bench.stamp(now))
      #expect(try await bench.rows(values).isEmpty)
      try await store.closeSlots(before: now)
      #expect(try await bench.rows(values).isEmpty)
      try await store.closeSlots(before: Bench.time(day: 0, hour: 14))
      #expect(try await bench.rows(values) == [["2026-03-02", "morning", "20.0"]])
    }
  }
}
