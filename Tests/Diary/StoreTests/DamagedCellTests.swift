import GRDB
import Readings
import Testing
import TestSupport

@testable import Store

/// Cells that cannot be what the schema says, as a failing card may leave them.
@Suite("damaged cells", .takingTurns)
struct DamagedCellTests {
  /// Makes a diary in which statements have been run that its schema forbids.
  private func withDamage(
    _ statements: String..., body: (Bench) async throws -> Void
  ) async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      let event = SkinEvent(
        person: Person("me"), time: Bench.time(day: 0, hour: 8), kind: "sun", weight: 1, note: nil)
      _ = try await store.save(event, at: Bench.stamp(Bench.time(day: 0, hour: 8)))
      try await store.close()
      try Self.damage(bench.path, statements)
      try await body(bench)
    }
  }

  private static func damage(_ path: String, _ statements: [String]) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { db in
      // Without what the schema asks of a cell, anything can be put there, and stays.
      try db.execute(
        sql: """
          PRAGMA writable_schema = ON; PRAGMA ignore_check_constraints = ON;
          UPDATE sqlite_schema SET sql = replace(replace(sql, ' STRICT', ''), ' NOT NULL', '')
            WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%';
          PRAGMA writable_schema = RESET
          """)
      for statement in statements { try db.execute(sql: statement) }
    }
    try queue.close()
  }

  @Test("a cell without its value is a damaged diary to a reader, and no end of the program")
  func missing() async throws {
    try await withDamage("UPDATE event SET weight = NULL") { bench in
      let archive = try Archive(path: bench.path)
      await #expect {
        try await archive.events(from: .seconds(0), to: Timestamp(microseconds: .max))
      } throws: {
        ($0 as? StoreError)?.kind == .corrupt
      }
      #expect(try await archive.summary().sessions == 1)
    }
  }

  @Test("a cell of another kind is a damaged diary to a reader")
  func otherKind() async throws {
    try await withDamage("UPDATE touch SET number = 'x', boot_us = x'00'") { bench in
      let archive = try Archive(path: bench.path)
      await #expect {
        try await archive.sessions(
          from: .seconds(0), to: Timestamp(microseconds: .max), limit: 1)
      } throws: {
        ($0 as? StoreError)?.kind == .corrupt
      }
    }
  }

  @Test("a day that begins in the evening, and ends in the morning, is a damaged diary")
  func dayPlan() async throws {
    try await withDamage("UPDATE day_plan SET morning_start_minute = 2000") { bench in
      let archive = try Archive(path: bench.path)
      await #expect { try await archive.explainedPlan() } throws: {
        ($0 as? StoreError)?.kind == .corrupt
      }
    }
  }
}

extension Archive {
  /// Reads the day plans, as every explanation does.
  fileprivate func explainedPlan() async throws {
    _ = try await read { _ = try PlanBook($0.db) }
  }
}
