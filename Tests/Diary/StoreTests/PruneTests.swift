import FoundationEssentials
import Readings
import Store
import Testing
import TestSupport

@Suite("keeping samples no longer than asked for", .takingTurns)
struct PruneTests {
  private static let keep: [Channel: Duration] = [.airTemperature: .seconds(2 * 86_400)]

  /// Six days of a sample every ten minutes, a tap each morning, and the moment after them.
  private static func lived(_ bench: Bench) async throws -> (store: Store, now: Timestamp) {
    let store = try Store(path: bench.path, options: bench.options(waitsForDisk: false))
    for day in 0..<6 {
      let samples = (0..<144).map { index in
        let warmth = index % 50 == 7 ? 65 : 20 + Double(index % 7) / 10
        return Bench.air(Bench.time(day: day, hour: Double(index) / 6), warmth)
      }
      try await store.append(samples)
      _ = try await store.save(Bench.session(Bench.time(day: day, hour: 7), [40, 41]))
      try await store.closeSlots(before: Bench.time(day: day + 1, hour: 0))
    }
    return (store, Bench.time(day: 6, hour: 0))
  }

  @Test("values of a channel that has a time of its own go, the others stay")
  func oneChannel() async throws {
    try await Bench.with { bench in
      let (store, now) = try await Self.lived(bench)
      let pruning = try await store.prune(keeping: Self.keep, at: now, budget: 10_000)
      #expect(pruning.isDone)
      #expect(pruning.changed == 4 * 144)
      #expect(pruning.removed == 0)
      let counts = try await bench.rows(
        "SELECT channel, count(*), min(time_utc_us) FROM v1_air GROUP BY 1 ORDER BY 1")
      #expect(
        counts == [
          ["air.humidity", "864", "\(Bench.monday.microseconds)"],
          ["air.temperature", "288", "\(Bench.time(day: 4, hour: 0).microseconds)"],
        ])
      #expect(
        try await bench.rows("SELECT 1 FROM air WHERE flags LIKE '%temp%' LIMIT 1").count == 1)
      #expect(
        try await bench.rows(
          "SELECT 1 FROM air WHERE flags LIKE '%temp%' AND temperature_celsius IS NULL"
        ).isEmpty)
    }
  }

  @Test("a sample goes with its last value; hours, days and slots stay")
  func wholeSamples() async throws {
    try await Bench.with { bench in
      let (store, now) = try await Self.lived(bench)
      let kept = [
        "SELECT * FROM v1_air_hour ORDER BY 1, 2", "SELECT * FROM v1_air_day ORDER BY 1, 2",
        "SELECT * FROM v1_slot ORDER BY 1, 2, 3, 4, 5",
      ]
      try await store.recompute()
      let before = try await bench.answers(kept)
      let keep: [Channel: Duration] = [
        .airTemperature: .seconds(2 * 86_400), .airHumidity: .seconds(3 * 86_400),
      ]
      let pruning = try await store.prune(keeping: keep, at: now, budget: 10_000)
      #expect(pruning.removed == 3 * 144)
      #expect(try await bench.rows("SELECT count(*) FROM air") == [["432"]])
      #expect(try await Archive(path: bench.path).summary().airSamples == 432)
      #expect(try await bench.answers(kept) == before)
      let result = try await store.recompute()
      #expect(result.changes.isEmpty, "\(result)")
      #expect(result.before == result.after)
      #expect(try await bench.answers(kept) == before)
    }
  }

  @Test("slice by slice, it comes to the same, and is done in the end")
  func slices() async throws {
    try await Bench.with { bench in
      let (store, now) = try await Self.lived(bench)
      var slices = 0
      var changed = 0
      while slices < 100 {
        let pruning = try await store.prune(keeping: Self.keep, at: now, budget: 50)
        #expect(pruning.changed <= 55)
        changed += pruning.changed
        slices += 1
        if pruning.isDone { break }
      }
      #expect(changed == 4 * 144)
      #expect((11...13).contains(slices))
      #expect(try await store.prune(keeping: Self.keep, at: now).changed == 0)
    }
  }

  @Test("the room goes back to the file system")
  func room() async throws {
    try await Bench.with { bench in
      let (store, now) = try await Self.lived(bench)
      let all: [Channel: Duration] = [.airTemperature: .zero, .airHumidity: .zero]
      let before = try await Archive(path: bench.path).summary().bytes
      try await store.prune(keeping: all, at: now, budget: 10_000)
      #expect(try await Archive(path: bench.path).summary().bytes < before)
    }
  }

  @Test("nothing is removed where nothing is said")
  func forEver() async throws {
    try await Bench.with { bench in
      let (store, now) = try await Self.lived(bench)
      #expect(try await store.prune(keeping: [:], at: now).isDone)
      #expect(try await bench.rows("SELECT count(*) FROM air") == [["864"]])
    }
  }
}

extension Bench {
  /// What the diary answers to some statements.
  fileprivate func answers(_ statements: [String]) async throws -> [[[String]]] {
    var answers: [[[String]]] = []
    for statement in statements { answers.append(try await rows(statement)) }
    return answers
  }
}
