import Readings
import Store
import Synchronization
import Testing
import TestSupport

@testable import Dashboard

@Suite("what was worked out of the diary", .takingTurns) struct DiaryCacheTests {
  private struct Refused: Error {}

  /// Counts how often something was worked out.
  private final class Work: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
      count.withLock {
        $0 += 1; return $0
      }
    }
    var done: Int { count.withLock { $0 } }
  }

  private func bench(_ body: (Bench) async throws -> Void) async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      try await body(bench)
    }
  }

  @Test("is kept until something is committed") func keeping() async throws {
    try await bench { bench in
      let (cache, work) = (DiaryCache<String, Int>(most: 2), Work())
      for _ in 0..<3 {
        #expect(try await cache.value(of: "a", in: bench.shelf) { work.next() } == 1)
      }
      try await bench.plant { store in
        try await store.save(Planted.session(Bench.time(0, 7), [50]))
      }
      #expect(try await cache.value(of: "a", in: bench.shelf) { work.next() } == 2)
    }
  }

  @Test("those who ask at the same time wait for one") func waiting() async throws {
    try await bench { bench in
      let (cache, work) = (DiaryCache<String, Int>(most: 2), Work())
      let (gate, opening) = AsyncStream.makeStream(of: Void.self)
      let answers = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<20 {
          group.addTask {
            try await cache.value(of: "a", in: bench.shelf) {
              for await _ in gate { break }
              return work.next()
            }
          }
        }
        opening.yield()
        opening.finish()
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers == Array(repeating: 1, count: 20))
    }
  }

  @Test("what was asked for longest ago goes, and a failure is not kept")
  func bounds() async throws {
    try await bench { bench in
      let (cache, work) = (DiaryCache<String, Int>(most: 2), Work())
      await #expect(throws: Refused.self) {
        try await cache.value(of: "a", in: bench.shelf) { throw Refused() }
      }
      var made: [Int] = []
      for key in ["a", "b", "a", "c", "a", "b"] {
        made.append(try await cache.value(of: key, in: bench.shelf) { work.next() })
      }
      // When c came, b went, though a was there before it.
      #expect(made == [1, 2, 1, 3, 1, 4])
    }
  }
}
