import FoundationEssentials
import GRDB
import Readings
import Testing
import TestSupport

@testable import Store

/// SQLite's own answer to `PRAGMA synchronous`: 0 OFF, 1 NORMAL, 2 FULL.
@Suite("what is on the disk when", .takingTurns)
struct DurabilityTests {
  @Test(
    "wish 8: a session waits for the disk, a batch of air does not, a session after it does again")
  func levels() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      #expect(try await store.number("PRAGMA synchronous") == 2)
      try await store.append([Bench.air(Bench.monday, 20)])
      #expect(try await store.number("PRAGMA synchronous") == 1)
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 8), [40]))
      #expect(try await store.number("PRAGMA synchronous") == 2)
    }
  }

  @Test("so does everything else a person does")
  func people() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let stamp = Bench.stamp(Bench.monday)
      let event = SkinEvent(
        person: "me", time: Bench.monday, kind: "sun", weight: 1, note: nil)
      let score = Score(
        person: "me", date: LocalDate(daysSince1970: 20_000), dimension: .oil, value: 3)
      for act: @Sendable () async throws -> Void in [
        { _ = try await store.save(event, at: stamp) }, { try await store.save(score, at: stamp) },
        { try await store.choose("me", at: stamp) },
      ] {
        try await store.append([Bench.air(Bench.monday, 20)])
        #expect(try await store.number("PRAGMA synchronous") == 1)
        try await act()
        #expect(try await store.number("PRAGMA synchronous") == 2)
      }
    }
  }

  @Test("a simulation may go without")
  func hurry() async throws {
    try await Bench.with { bench in
      let store = try Store(path: bench.path, options: bench.options(waitsForDisk: false))
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      #expect(try await store.number("PRAGMA synchronous") == 0)
    }
  }

  @Test("the file is as the design says: log ahead, foreign keys, small pages, little memory")
  func settings() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      #expect(try await store.number("PRAGMA foreign_keys") == 1)
      #expect(try await store.number("PRAGMA page_size") == 4096)
      #expect(try await store.number("PRAGMA cache_size") == -512)
      #expect(try await bench.rows("PRAGMA journal_mode") == [["wal"]])
      let loose = "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0"
      #expect(
        try await bench.rows(loose + " AND name NOT LIKE 'sqlite%'").isEmpty)
    }
  }

  @Test("on a full disk nothing of a session stays, and it can be saved when there is room")
  func full() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.number("PRAGMA max_page_count = 1")
      var session = Bench.session(Bench.time(day: 0, hour: 7), [40, 41])
      // More than the free room of any page in use.
      session.touches[1].measures[0].samples = [Int32](repeating: 7, count: 100_000)
      do {
        _ = try await store.save(session)
        Issue.record("saved without room")
      } catch let error as StoreError {
        #expect(error.kind == .full)
        #expect(error.path == bench.path)
        #expect(error.operation == "save a session")
        #expect("\(error)".contains("make room"))
      }
      for table in ["session", "touch", "measure", "person", "boot", "part", "epoch", "notice"] {
        // The day plan of the beginning has a boot.
        let expected = table == "boot" ? "1" : "0"
        #expect(try await bench.rows("SELECT count(*) FROM \(table)") == [[expected]], "\(table)")
      }
      _ = try await store.number("PRAGMA max_page_count = 100000")
      let saved = try await store.save(session)
      #expect(saved.values.first?.value == 40.5)
    }
  }

  @Test("the notice is worded from what was saved, and kept with it")
  func announced() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let session = Bench.session(Bench.time(day: 0, hour: 7), [40])
      let (saved, notice) = try await store.save(session) { saved in
        Notice(.tapSaved, "session \(saved.id): \(saved.values[0].value)")
      }
      #expect(saved.id == 1)
      #expect(notice.text == "session 1: 40.0")
      #expect(notice.stamp == session.ended)
      let kept = try await Archive(path: bench.path).notices(
        from: Bench.monday, to: Bench.time(day: 1, hour: 0), limit: 5)
      #expect(kept == [notice])
    }
  }
}

extension Store {
  /// The number that SQLite answers on the writer's own connection.
  fileprivate func number(_ sql: String) throws -> Int? {
    var answer: Int?
    try withoutTransaction("ask") { answer = try Int.fetchOne($0, sql: sql) }
    return answer
  }
}
