import Dispatch
import FoundationEssentials
import GRDB
import Readings
import Testing
import TestSupport

@testable import Store

@Suite("reading a diary", .takingTurns)
struct ReadingTests {
  @Test("a reader sees what was committed while the writer goes on")
  func besideTheWriter() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let archive = try Archive(path: bench.path)
      for day in 0..<20 {
        _ = try await store.save(Bench.session(Bench.time(day: day, hour: 7), [40]))
        #expect(try await archive.summary().sessions == day + 1)
      }
    }
  }

  @Test("many readers and the writer at once get in nobody's way")
  func atOnce() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let path = bench.path
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask {
            let archive = try Archive(path: path)
            var last = 0
            for _ in 0..<50 {
              let count = try await archive.slotValues(
                from: LocalDate(daysSince1970: 0), to: LocalDate(daysSince1970: 30_000)
              ).count
              #expect(count >= last)
              last = count
            }
          }
        }
        group.addTask {
          for day in 0..<50 {
            _ = try await store.save(Bench.session(Bench.time(day: day, hour: 7), [40]))
          }
        }
        try await group.waitForAll()
      }
      #expect(try await Archive(path: path).summary().sessions == 50)
    }
  }

  @Test("wish 19: a reader with an open cursor holds up no commit, and sees one state")
  func openCursor() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      for day in 0..<3 {
        _ = try await store.save(Bench.session(Bench.time(day: day, hour: 7), [40]))
      }
      let archive = try Archive(path: bench.path)
      let (begun, hasBegun) = AsyncStream<Void>.makeStream()
      let release = DispatchSemaphore(value: 0)
      async let seen = archive.read { reader in
        let cursor = try Row.fetchCursor(reader.db, sql: "SELECT session_id FROM session")
        var count = try cursor.next() == nil ? 0 : 1
        hasBegun.finish()
        release.wait()
        while try cursor.next() != nil { count += 1 }
        return count
      }
      for await _ in begun {}
      // More pages than those after which the writer checkpoints.
      for hour in 0..<60 {
        let samples = (0..<60).map {
          Bench.air(Bench.time(day: 3, hour: Double(hour) + Double($0) / 60), 20)
        }
        try await store.append(samples)
        _ = try await store.save(Bench.session(Bench.time(day: 3 + hour, hour: 7), [40]))
      }
      // A writer that waited for the reader would have given up after five seconds and thrown.
      release.signal()
      #expect(try await seen == 3)
      #expect(try await archive.summary().sessions == 63)
      try await store.close()
    }
  }

  @Test("a closed diary keeps its log's files, which a reader without rights needs")
  func afterTheWriter() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      try await store.close()
      for suffix in ["-wal", "-shm"] {
        #expect(FileManager.default.fileExists(atPath: bench.path + suffix))
      }
      #expect(try await Archive(path: bench.path).summary().sessions == 1)
    }
  }

  @Test("a reader cannot write")
  func readOnly() async throws {
    try await Bench.with { bench in
      _ = try bench.store()
      let archive = try Archive(path: bench.path)
      await #expect(throws: StoreError.self) { try await archive.query("DELETE FROM session") }
    }
  }

  @Test("the size, and the first and last date")
  func summary() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let empty = try await Archive(path: bench.path).summary()
      #expect(empty.sessions == 0 && empty.firstDate == nil && empty.lastDate == nil)
      _ = try await store.save(Bench.session(Bench.time(day: 3, hour: 7), [40]))
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 1), [40]))
      try await store.append([Bench.air(Bench.monday, 20)])
      let summary = try await Archive(path: bench.path).summary()
      #expect(summary.airSamples == 1)
      #expect(summary.firstDate == LocalDate("2026-03-01"))
      #expect(summary.lastDate == LocalDate("2026-03-05"))
      #expect(summary.bytes > 100_000)
    }
  }
}
