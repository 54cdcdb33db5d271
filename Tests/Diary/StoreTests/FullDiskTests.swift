import FoundationEssentials
import GRDB
import Readings
import Testing
import TestSupport

@testable import Store

@Suite("a full disk", .takingTurns)
struct FullDiskTests {
  /// SQLite's answer where the log cannot grow.
  private static let full = DatabaseError(resultCode: .SQLITE_FULL, message: "planted")

  @Test("the log is folded into the file, and what was being written is tried once more")
  func onceMore() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      #expect(FileCalls.size(bench.path + "-wal") > 0)
      let attempts = try await store.attempts { attempt, writer in
        try writer.setMeta("attempt", "\(attempt)")
        if attempt == 1 { throw Self.full }
        // What the first attempt wrote is gone, and the log with it.
        #expect(FileCalls.size(bench.path + "-wal") == 0)
      }
      #expect(attempts == 2)
      #expect(
        try await bench.rows("SELECT value FROM meta WHERE key = 'attempt'") == [["2"]])
      #expect(try await bench.rows("SELECT count(*) FROM session") == [["1"]])
    }
  }

  @Test("it is not tried a third time, and nothing of it stays")
  func notThrice() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      do {
        _ = try await store.attempts { attempt, writer in
          try writer.setMeta("attempt", "\(attempt)")
          #expect(attempt <= 2)
          throw Self.full
        }
        Issue.record("saved without room")
      } catch let error as StoreError {
        #expect(error.kind == .full)
      }
      #expect(try await bench.rows("SELECT * FROM meta WHERE key = 'attempt'").isEmpty)
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
    }
  }

  @Test("a log that a reader made long gives its room back")
  func longLog() async throws {
    try await Bench.with { bench in
      let store = try Store(path: bench.path, options: bench.options(waitsForDisk: false))
      var patient = Configuration()
      patient.allowsUnsafeTransactions = true
      let reader = try DatabaseQueue(path: bench.path, configuration: patient)
      var session = Bench.session(Bench.time(day: 0, hour: 7), [40])
      session.touches[0].measures[0].samples = [Int32](repeating: 7, count: 1_000_000)
      try await reader.hold(during: store, sessions: 8, of: session)
      #expect(FileCalls.size(bench.path + "-wal") > 24 << 20)
      // The first commit behind a checkpoint begins the log anew, and cuts it.
      for _ in 0..<2 { _ = try await store.save(session) }
      #expect(FileCalls.size(bench.path + "-wal") <= 16 << 20)
    }
  }
}

extension Store {
  /// Runs a transaction whose attempts are counted.
  fileprivate func attempts(_ body: (Int, DiaryWriter) throws -> Void) throws -> Int {
    var count = 0
    try transact(durably: true, "try") { writer in
      count += 1
      try body(count, writer)
    }
    return count
  }
}

extension DatabaseQueue {
  /// Holds one state of the diary while sessions are saved.
  fileprivate func hold(
    during store: Store, sessions: Int, of session: TapSession
  ) async throws {
    try await writeWithoutTransaction { db in
      try db.beginTransaction(.deferred)
      _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM session")
    }
    for _ in 0..<sessions { _ = try await store.save(session) }
    try await writeWithoutTransaction { try $0.commit() }
  }
}
