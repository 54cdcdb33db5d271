import FoundationEssentials
import GRDB
import Readings
import Testing
import TestSupport

@testable import Store

@Suite("restoring", .takingTurns)
struct RestoreTests {
  private struct CutOff: Error {}

  /// A copy of a diary of one session, and the diary with a second one, not folded in yet.
  private func prepare(_ bench: Bench) async throws -> Backups.Copy {
    let store = try bench.store()
    _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
    let copy = try bench.backup().copy
    _ = try await store.save(Bench.session(Bench.time(day: 1, hour: 7), [41]))
    return copy
  }

  private func sessions(_ path: String) async throws -> Int {
    try await Archive(path: path).summary().sessions
  }

  @Test("the copy takes the diary's place, and what stood in the diary's log is kept with it")
  func whole() async throws {
    try await Bench.with { bench in
      _ = try bench.store()
      // While somebody reads, a writer that goes leaves its log.
      let reader = try DatabaseQueue(path: bench.path)
      let copy = try await prepare(bench)
      #expect(FileCalls.size(bench.path + "-wal") > 0)
      try reader.close()
      let outcome = try Restoration(diary: bench.path, copy: copy.path).run()
      #expect(outcome.manifest == copy.manifest)
      #expect(try await sessions(bench.path) == 1)
      #expect(try await sessions(try #require(outcome.keptAs)) == 2)
      let again = try bench.store()
      #expect(!again.opening.isNew && again.opening.movedAside == nil)
      _ = try await again.save(Bench.session(Bench.time(day: 2, hour: 7), [42]))
      #expect(try await sessions(bench.path) == 2)
    }
  }

  @Test(
    "cut off anywhere, the path leads to the old diary or to the new one, whole",
    arguments: Restoration.Step.allCases)
  func cutOff(step: Restoration.Step) async throws {
    try await Bench.with { bench in
      let copy = try await prepare(bench)
      let restoration = Restoration(diary: bench.path, copy: copy.path)
      #expect(throws: CutOff.self) {
        _ = try restoration.run(progress: { _, _ in }) { if $0 == step { throw CutOff() } }
      }
      let expected = step == .replaced ? 1 : 2
      #expect(try await sessions(bench.path) == expected)
      let store = try bench.store()
      #expect(store.opening.movedAside == nil)
      _ = try await store.save(Bench.session(Bench.time(day: 3, hour: 7), [43]))
      #expect(try await sessions(bench.path) == expected + 1)
      try await store.close()
      // And it can be done again.
      _ = try restoration.run()
      #expect(try await sessions(bench.path) == 1)
    }
  }

  @Test("a diary that somebody writes is left to its writer")
  func inUse() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let copy = try bench.backup().copy
      #expect(throws: StoreError.self) {
        try Restoration(diary: bench.path, copy: copy.path).run()
      }
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
    }
  }

  @Test("where there is no diary the copy becomes one")
  func none() async throws {
    try await Bench.with { bench in
      let copy = try await prepare(bench)
      for suffix in ["", "-wal", "-shm"] { try FileCalls.remove(bench.path + suffix) }
      let outcome = try Restoration(diary: bench.path, copy: copy.path).run()
      #expect(outcome.keptAs == nil)
      #expect(try await sessions(bench.path) == 1)
    }
  }

  @Test("a damaged diary is kept as it was found, with its log")
  func damaged() async throws {
    try await Bench.with { bench in
      let copy = try await prepare(bench)
      let words = Data("this was a diary once".utf8)
      try words.write(to: URL(filePath: bench.path))
      let outcome = try Restoration(diary: bench.path, copy: copy.path).run()
      #expect(bench.bytes(try #require(outcome.keptAs)) == words)
      #expect(try await sessions(bench.path) == 1)
    }
  }

  @Test("a drill reads every view of the contract to its end")
  func drill() async throws {
    try await Bench.with { bench in
      let copy = try await prepare(bench)
      let drill = try Drill(of: copy.path)
      let views = try await bench.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")
      #expect(drill.views.map(\.name) == views.map { $0[0] })
      #expect(drill.views.contains { $0.name == "v1_session" && $0.rows == 1 })
    }
  }

  @Test("a drill finds a view that cannot be read, which no check of the pages does")
  func brokenView() async throws {
    try await Bench.with { bench in
      _ = try bench.store()
      let writer = try DatabaseQueue(path: bench.path)
      try await writer.write { try $0.execute(sql: "CREATE VIEW v1_bad AS SELECT * FROM nowhere") }
      let copy = try bench.backup().copy
      #expect(throws: StoreError.self) { try Drill(of: copy.path) }
    }
  }
}
