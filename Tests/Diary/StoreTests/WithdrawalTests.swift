import GRDB
import Readings
import Store
import Testing
import TestSupport

@Suite("taking back what was entered", .takingTurns)
struct WithdrawalTests {
  private static let noon = Bench.time(day: 0, hour: 12)
  private static let ever = (from: Bench.monday, to: Bench.time(day: 30, hour: 0))

  private static func event(_ kind: String, _ time: Timestamp = noon) -> SkinEvent {
    SkinEvent(person: "me", time: time, kind: kind, weight: 0.5, note: "a note")
  }

  private static func date() throws -> LocalDate { try #require(LocalDate("2026-03-02")) }

  private static func oil(_ value: Double) throws -> Score {
    Score(person: "me", date: try date(), dimension: .oil, value: value)
  }

  private static func lastOil() throws -> Withdrawal {
    .score(person: "me", date: try date(), dimension: .oil)
  }

  @Test("a withdrawn event is in no view and no answer, and its row stays as it was")
  func event() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let stamp = Bench.stamp(Self.noon)
      for kind in ["sun", "sauna", "stress"] {
        _ = try await store.save(Self.event(kind), at: stamp)
      }
      let answer = try await store.withdraw(.event(2), at: stamp)
      let saved = SavedEvent(number: 2, date: try Self.date(), event: Self.event("sauna"))
      #expect(answer == .withdrawn(.event(saved)))
      let archive = try Archive(path: bench.path)
      #expect(
        try await archive.events(from: Self.ever.from, to: Self.ever.to).map(\.kind)
          == ["sun", "stress"])
      #expect(
        try await archive.numberedEvents(from: Self.ever.from, to: Self.ever.to).map(\.number)
          == [1, 3])
      #expect(try await bench.rows("SELECT event_id FROM v1_event") == [["1"], ["3"]])
      #expect(
        try await bench.rows("SELECT kind, weight, note FROM event WHERE event_id = 2")
          == [["sauna", "0.5", "a note"]])
      #expect(
        try await bench.rows("SELECT event, score, time_utc_us, clock FROM withdrawal")
          == [["2", "–", "\(Self.noon.microseconds)", "synced"]])
    }
  }

  @Test("what was withdrawn is not withdrawn again, and what was never there is said not to be")
  func refused() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let stamp = Bench.stamp(Self.noon)
      _ = try await store.save(Self.event("sun"), at: stamp)
      try await store.save(try Self.oil(3), at: stamp)
      for withdrawal in [Withdrawal.event(1), try Self.lastOil()] {
        _ = try await store.withdraw(withdrawal, at: stamp)
        #expect(try await store.withdraw(withdrawal, at: stamp) == .refused(.withdrawnBefore))
      }
      let others: [Withdrawal] = [
        .event(2), .event(-1), .score(person: "me", date: try Self.date(), dimension: .gloss),
        .score(person: "ann", date: try Self.date(), dimension: .oil),
      ]
      for withdrawal in others {
        #expect(try await store.withdraw(withdrawal, at: stamp) == .refused(.neverThere))
      }
      #expect(try await bench.rows("SELECT count(*) FROM withdrawal") == [["2"]])
    }
  }

  @Test("the score before stands again, one after the other, until none is left")
  func score() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let stamp = Bench.stamp(Self.noon)
      for value in [1.0, 2, 4] { try await store.save(try Self.oil(value), at: stamp) }
      let archive = try Archive(path: bench.path)
      let date = try Self.date()
      for (gone, standing) in [(4.0, 2.0), (2, 1), (1, nil)] as [(Double, Double?)] {
        let expected = WithdrawalAnswer.withdrawn(.score(try Self.oil(gone), standing: standing))
        #expect(try await archive.rehearse(try Self.lastOil()) == expected)
        #expect(try await store.withdraw(try Self.lastOil(), at: stamp) == expected)
        #expect(
          try await archive.scores(from: date, to: date).map(\.value)
            == (standing.map { [$0] } ?? []))
      }
      #expect(try await bench.rows("SELECT value FROM score") == [["1.0"], ["2.0"], ["4.0"]])
      try await store.save(try Self.oil(5), at: stamp)
      #expect(try await bench.rows("SELECT value FROM v1_score") == [["5.0"]])
    }
  }

  @Test("a rehearsal withdraws nothing")
  func rehearsal() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Self.event("sun"), at: Bench.stamp(Self.noon))
      let archive = try Archive(path: bench.path)
      _ = try await archive.rehearse(.event(1))
      #expect(try await bench.rows("SELECT count(*) FROM withdrawal") == [["0"]])
      #expect(try await archive.rehearse(.event(2)) == .refused(.neverThere))
    }
  }

  @Test("the schema itself takes no withdrawal of two things, of none, or of one twice")
  func schema() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let stamp = Bench.stamp(Self.noon)
      _ = try await store.save(Self.event("sun"), at: stamp)
      try await store.save(try Self.oil(1), at: stamp)
      _ = try await store.withdraw(.event(1), at: stamp)
      try await store.close()
      for values in ["NULL, NULL", "1, 1", "1, NULL", "NULL, 7"] {
        await #expect(throws: (any Error).self, "\(values)") {
          try await bench.write(
            "INSERT INTO withdrawal SELECT 9, \(values), time_utc_us, boot, boot_us, clock"
              + " FROM withdrawal")
        }
      }
      try await bench.write(
        "INSERT INTO withdrawal SELECT 9, NULL, 1, time_utc_us, boot, boot_us, clock"
          + " FROM withdrawal")
    }
  }

  private static let slots = "SELECT * FROM v1_slot ORDER BY local_date, slot, channel"

  /// A week of taps, morning and evening.
  private static func tap(_ store: Store) async throws {
    for day in 0..<7 {
      for (hour, value) in [(7.0, 40.0), (22, 44)] {
        _ = try await store.save(
          Bench.session(Bench.time(day: day, hour: hour), [value + Double(day)]))
      }
    }
  }

  @Test("slots are as in a diary that never had the event, its windows too")
  func rederived() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await Self.tap(store)
      let event = Self.event("cleansed", Bench.time(day: 3, hour: 6.9))
      _ = try await store.save(event, at: Bench.stamp(Bench.time(day: 7, hour: 0)))
      let with = try await bench.rows(Self.slots)
      _ = try await store.withdraw(.event(1), at: Bench.stamp(Bench.time(day: 7, hour: 1)))
      let without = try await bench.rows(Self.slots)
      let other = try Bench()
      defer { try? other.remove() }
      let fresh = try other.store()
      try await Self.tap(fresh)
      #expect(try await other.rows(Self.slots) == without)
      #expect(with != without)
      let derived = try await Archive(path: bench.path).digestOfDerived()
      _ = try await store.recompute(since: nil, at: Bench.stamp(Bench.time(day: 7, hour: 2)))
      #expect(try await Archive(path: bench.path).digestOfDerived() == derived)
    }
  }

  @Test("of two cleansings before a tap the earlier one counts again")
  func earlierCleansing() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let tap = Bench.time(day: 0, hour: 22)
      _ = try await store.save(Bench.session(tap, [40, 41]))
      for seconds in [2500, 600] {
        _ = try await store.save(
          Self.event("cleansed", tap - .seconds(seconds)), at: Bench.stamp(tap))
      }
      let quality = "SELECT quality FROM v1_slot WHERE channel = 'skin.moisture'"
      #expect(try await bench.rows(quality) == [["suspect"]])
      _ = try await store.withdraw(.event(2), at: Bench.stamp(tap))
      #expect(try await bench.rows(quality) == [["ok"]])
    }
  }

  @Test("a withdrawal is erased with its entry, and only with it")
  func erase() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      for day in 0..<3 {
        let time = Bench.time(day: day, hour: 12)
        let number = try await store.save(Self.event("sun", time), at: Bench.stamp(time))
        let score = Score(
          person: "me", date: try Self.date() + day, dimension: .oil, value: Double(day))
        try await store.save(score, at: Bench.stamp(time))
        // All of them are withdrawn on the last day.
        let stamp = Bench.stamp(Bench.time(day: 2, hour: 13))
        for withdrawal in [
          Withdrawal.event(number),
          .score(person: "me", date: score.date, dimension: .oil),
        ] {
          guard case .withdrawn(let entry) = try await store.withdraw(withdrawal, at: stamp)
          else { continue }
          var notice = entry.notice
          notice.stamp = stamp
          try await store.append(notice)
        }
      }
      let dates = try Self.date()...(try Self.date() + 1)
      let outcome = try await store.erase(
        Erasure(dates: dates), at: Bench.stamp(Bench.time(day: 4, hour: 0)))
      #expect(outcome.rows["withdrawal"] == 4)
      #expect(try await bench.rows("SELECT event, score FROM withdrawal").count == 2)
      #expect(try await bench.rows("SELECT count(*) FROM v1_event") == [["0"]])
      #expect(try await bench.rows("SELECT count(*) FROM v1_score") == [["0"]])
      let texts = try await bench.rows("SELECT text FROM notice").map { $0[0] }
      #expect(texts.count == 2 && texts.allSatisfy { $0.contains("2026-03-04") })
    }
  }

  @Test("a whole person's withdrawals go with the person")
  func erasePerson() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Self.event("sun"), at: Bench.stamp(Self.noon))
      try await store.save(try Self.oil(1), at: Bench.stamp(Self.noon))
      _ = try await store.withdraw(.event(1), at: Bench.stamp(Self.noon))
      _ = try await store.withdraw(try Self.lastOil(), at: Bench.stamp(Self.noon))
      _ = try await store.erase("me")
      #expect(try await bench.rows("SELECT count(*) FROM withdrawal") == [["0"]])
    }
  }

  @Test("a withdrawal before the clock was known moves with its boot")
  func restamped() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Self.event("sun"), at: Bench.stamp(Self.noon))
      _ = try await store.withdraw(.event(1), at: Bench.stamp(Self.noon, .unsynced))
      _ = try await store.restamp(
        bootID: Bench.boot, bootTimeZero: Bench.monday + .seconds(3600),
        at: Bench.stamp(Self.noon))
      let moved = (Self.noon + .seconds(3600)).microseconds
      #expect(
        try await bench.rows("SELECT time_utc_us, clock FROM withdrawal")
          == [["\(moved)", "restamped"]])
    }
  }

  @Test("whoever watches hears of it, and that what was there may have changed")
  func watched() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Self.event("sun"), at: Bench.stamp(Self.noon))
      let archive = try Archive(path: bench.path)
      let head = try await archive.head()
      _ = try await store.withdraw(.event(1), at: Bench.stamp(Self.noon))
      let change = try #require(try await archive.changes(since: head)?.change)
      #expect(change.withdrawals == 1 && change.isRederived && change.events == 0)
    }
  }
}

extension Bench {
  /// Writes into the diary past the store.
  fileprivate func write(_ sql: String) async throws {
    let queue = try DatabaseQueue(path: path)
    try await queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }
}
