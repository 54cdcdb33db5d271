import Readings
import Store
import Testing
import TestSupport

@Suite(.takingTurns) struct CoverageTests {
  private let expected = """
    SELECT channel, expected FROM air_hour
    WHERE hour_utc_us = \(Bench.monday.microseconds) ORDER BY channel
    """

  /// Limits in which temperature is read by a part with a period of its own.
  private func limits(temperatureEvery seconds: Double?) -> Limits {
    var limits = Limits()
    limits.air[.airTemperature]?.periodSeconds = seconds
    return limits
  }

  @Test("an hour should have as many samples of a channel as its own part's period gives")
  func ownPeriod() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.adopt(limits(temperatureEvery: 10), from: Bench.stamp(Bench.monday))
      try await store.append([Bench.air(Bench.monday, 20)])
      try await store.append([Bench.air(Bench.monday + .seconds(3600), 20)])
      let rows = try await bench.rows(expected)
      #expect(rows == [["air.humidity", "60"], ["air.temperature", "360"]])
      try await store.recompute()
      #expect(try await bench.rows(expected) == rows)
    }
  }

  @Test("where the period changes within an hour each part of it counts by its own")
  func change() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.adopt(limits(temperatureEvery: 10), from: Bench.stamp(Bench.monday))
      try await store.append([Bench.air(Bench.monday, 20)])
      let half = Bench.monday + .seconds(1800)
      _ = try await store.adopt(limits(temperatureEvery: nil), from: Bench.stamp(half))
      try await store.append([Bench.air(Bench.monday + .seconds(3600), 20)])
      // 30 minutes at six a minute, and 30 at one.
      #expect(
        try await bench.rows(expected) == [["air.humidity", "60"], ["air.temperature", "210"]])
    }
  }
}
