import Readings
import Store
import Testing
import TestSupport

@Suite("limits, when they change", .takingTurns)
struct SinceTests {
  /// Four evenings in a room of 23 °C, one tap of them after midnight.
  private static func lived(_ bench: Bench) async throws -> Store {
    let store = try bench.store()
    _ = try await store.adopt(Limits(), from: Bench.stamp(Bench.monday))
    for day in 0..<4 {
      try await store.append(
        (0..<48).map { Bench.air(Bench.time(day: day, hour: Double($0) / 2), 23) })
      var tap = Bench.session(Bench.time(day: day, hour: day == 1 ? 24.5 : 22), [40, 40.5])
      tap.air[.airTemperature] = AirReading(.airTemperature, .value(23))
      _ = try await store.save(tap)
    }
    return store
  }

  /// Limits by which 23 °C is no air to tap in, and none that can be.
  private static var strict: Limits {
    var limits = Limits()
    limits.session.climate[.airTemperature] = Limits.Span(18...22)
    limits.air[.airTemperature] = Limits.Air(range: -20...22.5)
    return limits
  }

  private static let slots = """
    SELECT local_date, quality FROM v1_slot WHERE channel = 'skin.moisture' ORDER BY 1
    """
  private static let air = """
    SELECT min(time_utc_us), count(*) FROM v1_air WHERE quality = 'bad'
    """

  @Test("new limits leave the past alone, also when it is worked out anew")
  func past() async throws {
    try await Bench.with { bench in
      let store = try await Self.lived(bench)
      _ = try await store.adopt(Self.strict, from: Bench.stamp(Bench.time(day: 4, hour: 12)))
      let result = try await store.recompute()
      #expect(result.changes.isEmpty)
      #expect(try await bench.rows(Self.slots).allSatisfy { $0[1] == "ok" })
    }
  }

  @Test("the last limits can be applied from a local date on, and then stay")
  func since() async throws {
    try await Bench.with { bench in
      let store = try await Self.lived(bench)
      _ = try await store.adopt(Self.strict, from: Bench.stamp(Bench.time(day: 4, hour: 12)))
      // The tap after midnight is of the evening of the third, and so not meant.
      let date = LocalDate("2026-03-04")
      let rehearsal = try await store.recompute(since: date, isRehearsal: true)
      let (slots, air) = (try await bench.rows(Self.slots), try await bench.rows(Self.air))
      #expect(slots.allSatisfy { $0[1] == "ok" })
      #expect(air[0][1] == "0")
      let result = try await store.recompute(since: date)
      #expect(result == rehearsal)
      #expect(result.changes.airValues == 96)
      #expect(result.before != result.after)
      #expect(try await bench.rows(Self.slots).map { $0[1] } == ["ok", "ok", "suspect", "suspect"])
      #expect(
        try await bench.rows(Self.air) == [["\(Bench.time(day: 2, hour: 0).microseconds)", "96"]])
      #expect(try await store.recompute(since: date).changes.isEmpty)
      let again = try await store.recompute()
      #expect(again.changes.isEmpty)
      #expect(again.after == result.after)
    }
  }

  @Test("a rehearsal writes nothing, and says what would have been")
  func rehearsal() async throws {
    try await Bench.with { bench in
      let store = try await Self.lived(bench)
      let before = try await Archive(path: bench.path).digest()
      let result = try await store.recompute(isRehearsal: true)
      #expect(result.before == result.after)
      #expect(try await Archive(path: bench.path).digest() == before)
    }
  }

  @Test("a day has as many samples as it has minutes, 23 h and 25 h of them where clocks change")
  func days() async throws {
    try await Bench.with { bench in
      let plan = DayPlan(zone: try ZoneRules(named: "Europe/Berlin"))
      let store = try Store(path: bench.path, options: bench.options(plan: plan))
      // 2026-03-28 and the day on which the clocks go forward; the day they go back is 2026-10-25.
      for begin in [1_774_652_400, 1_792_792_800] {
        for day in 0..<3 {
          let start = Timestamp.seconds(Int64(begin + day * 86_400))
          try await store.append(
            (0..<288).map { Bench.air(start + .seconds(300 * $0), 21 + Double($0 % 3)) })
        }
      }
      try await store.close()
      let rows = try await bench.rows(
        """
        SELECT local_date, n, expected FROM air_day WHERE channel = 'air.temperature'
          AND local_date IN ('2026-03-28', '2026-03-29', '2026-10-25') ORDER BY 1
        """)
      #expect(
        rows == [
          ["2026-03-28", "288", "1440"], ["2026-03-29", "276", "1380"],
          ["2026-10-25", "300", "1500"],
        ])
    }
  }
}
