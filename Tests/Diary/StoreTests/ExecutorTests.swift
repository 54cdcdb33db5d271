import Readings
import Store
import Synchronization
import Testing
import TestSupport

@Suite("where the store runs", .takingTurns)
struct ExecutorTests {
  /// Runs jobs at once, where they are given, and counts them.
  private final class Here: SerialExecutor {
    let jobs = Atomic(0)

    func enqueue(_ job: consuming ExecutorJob) {
      jobs.add(1, ordering: .relaxed)
      job.runSynchronously(on: asUnownedSerialExecutor())
    }
  }

  @Test("on the executor it is given, which a simulation needs to be the same every time")
  func given() async throws {
    try await Bench.with { bench in
      let here = Here()
      let store = try Store(path: bench.path, options: bench.options(), executor: here)
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      #expect(here.jobs.load(ordering: .relaxed) > 0)
    }
  }

  @Test("the same life gives the same views, byte for byte")
  func same() async throws {
    try await Bench.with { bench in
      let other = try Bench()
      for (place, seed) in [(bench, 7), (other, 7)] as [(Bench, UInt64)] {
        let store = try Store(path: place.path, options: place.options(waitsForDisk: false))
        var life = Life(seed: seed)
        for happening in life.happenings().prefix(60) { try await store.live(happening) }
        try await store.close()
      }
      for view in ["session", "touch", "slot", "air", "air_hour", "epoch", "channel"] {
        let rows = try await bench.rows("SELECT * FROM v1_\(view)")
        #expect(try await other.rows("SELECT * FROM v1_\(view)") == rows)
        #expect(!rows.isEmpty)
      }
      try other.remove()
    }
  }
}
