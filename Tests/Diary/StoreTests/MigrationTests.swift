import FoundationEssentials
import GRDB
import Readings
import Testing
import TestSupport

@testable import Store

@Suite("a diary of an earlier schema", .takingTurns)
struct MigrationTests {
  /// Makes a diary of the first version, by its own step, with a session, air and an event in it;
  /// further statements take it further.
  private func plant(_ bench: Bench, more: String = "") async throws {
    let queue = try DatabaseQueue(path: bench.path)
    let time = Bench.time(day: 0, hour: 7).microseconds
    let stamp = "\(time), 1, 5, 'synced'"
    try await queue.writeWithoutTransaction { db in
      for statement in Schema.steps[0] { try db.execute(sql: statement) }
      try db.execute(
        sql: """
          PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = 1;
          INSERT INTO meta VALUES ('origin', 'real');
          INSERT INTO boot VALUES (1, 'b'); INSERT INTO part VALUES (1, 'fdc1004 0x50');
          INSERT INTO channel VALUES ('skin.moisture', 0, 'index', 'moisture', 2);
          INSERT INTO person VALUES ('me', \(stamp), NULL, NULL);
          INSERT INTO day_plan VALUES (1, 'UTC', 240, 840, \(stamp));
          INSERT INTO session VALUES (7, 'me', '2026-03-02', 'morning', \(time), 5, \(time), 6, 1,
            'synced', 'synced', 'saved');
          INSERT INTO touch VALUES (9, 7, 1, 'cheek', 1200000, \(stamp));
          INSERT INTO measure VALUES (9, 'skin.moisture', 6.5, 'pF', 41.25, 0.5, x'01000000', NULL,
            1, NULL);
          INSERT INTO air (time_utc_us, nudged_us, part, boot, boot_us, clock, offered,
            temperature_celsius) VALUES (\(time), 0, 1, 1, 5, 0, 1, 21.5);
          INSERT INTO event VALUES (3, 'me', '2026-03-02', \(time), 'sun', 0.5, 'a note', \(stamp));
          \(more)
          """)
    }
    try queue.close()
  }

  @Test("its readings stay as they are, and the views can be read")
  func migrated() async throws {
    try await Bench.with { bench in
      try await plant(bench)
      let store = try bench.store()
      #expect(!store.opening.isNew && store.opening.movedAside == nil)
      #expect(try await bench.rows("PRAGMA user_version") == [["\(Schema.version)"]])
      #expect(
        try await bench.rows("SELECT touch_id, session_id, raw, value FROM v1_touch")
          == [["9", "7", "6.5", "41.25"]])
      #expect(try await bench.rows("SELECT event_id, note FROM v1_event") == [["3", "a note"]])
      #expect(try await bench.rows("SELECT value, quality FROM v1_air") == [["21.5", "ok"]])
      let views = try await bench.rows("SELECT name FROM sqlite_schema WHERE type = 'view'")
      for view in views { _ = try await bench.rows("SELECT * FROM \(view[0])") }
      _ = try await store.save(Bench.session(Bench.time(day: 1, hour: 7), [42]))
      #expect(try await bench.rows("SELECT max(session_id) FROM v1_session") == [["8"]])
    }
  }

  @Test("of the second version too: its events and scores stand, and can be withdrawn")
  func secondVersion() async throws {
    try await Bench.with { bench in
      let score = "'me', '2026-03-02', 'oil', 3, 1, 1, 5, 'synced'"
      try await plant(
        bench,
        more: Schema.steps[1].map { $0 + ";" }.joined(separator: "\n")
          + "INSERT INTO score VALUES (1, \(score)); PRAGMA user_version = 2;")
      let store = try bench.store()
      #expect(!store.opening.isNew && store.opening.movedAside == nil)
      #expect(try await bench.rows("SELECT event_id, note FROM v1_event") == [["3", "a note"]])
      #expect(try await bench.rows("SELECT value FROM v1_score") == [["3.0"]])
      let manifest = try BackupManifest(of: bench.path + ".before-v3")
      #expect(manifest.isVerified && manifest.contents.schemaVersion == 2)
      let stamp = Bench.stamp(Bench.monday)
      _ = try await store.withdraw(.event(3), at: stamp)
      let date = try #require(LocalDate("2026-03-02"))
      _ = try await store.withdraw(
        .score(person: "me", date: date, dimension: .oil), at: stamp)
      #expect(try await bench.rows("SELECT * FROM v1_event").isEmpty)
      #expect(try await bench.rows("SELECT * FROM v1_score").isEmpty)
    }
  }

  @Test("a proved copy of it as it was is kept beside it")
  func keptBefore() async throws {
    try await Bench.with { bench in
      try await plant(bench)
      _ = try bench.store()
      let copy = bench.path + ".before-v\(Schema.version)"
      let manifest = try BackupManifest(of: copy)
      #expect(manifest.isVerified && manifest.contents.schemaVersion == 1)
      #expect(manifest.contents.rows(in: "session") == 1)
      #expect(try DiaryCopy.examine(copy) == manifest.contents)
    }
  }

  @Test("opening it again makes no second copy")
  func onlyOnce() async throws {
    try await Bench.with { bench in
      try await plant(bench)
      try await bench.store().close()
      try await bench.store().close()
      let names = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path)
      #expect(names.filter { $0.contains(".before-") && !$0.hasSuffix(".json") }.count == 1)
    }
  }

  @Test("where it cannot be brought up to date it stays as it was, and a copy is kept all the same")
  func failed() async throws {
    try await Bench.with { bench in
      // A table in the way of one that the step makes.
      try await plant(bench, more: "CREATE TABLE limits (x INTEGER) STRICT;")
      #expect(throws: StoreError.self) { _ = try bench.store() }
      let queue = try DatabaseQueue(path: bench.path)
      let found = try await queue.read { db in
        (
          try Int.fetchOne(db, sql: "PRAGMA user_version"),
          try Double.fetchOne(db, sql: "SELECT value FROM measure"),
          try String.fetchOne(
            db, sql: "SELECT group_concat(name) FROM pragma_table_info('measure')")
        )
      }
      #expect(found.0 == 1 && found.1 == 41.25)
      #expect(found.2?.contains("fault") == false)
      #expect(FileCalls.exists(bench.path + ".before-v\(Schema.version)"))
    }
  }
}
