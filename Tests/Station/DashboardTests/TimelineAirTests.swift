import Readings
import Store
import TestSupport
import Testing

@testable import Dashboard

@Suite("the timeline's air", .takingTurns) struct TimelineAirTests {
  /// Two samples an hour for some days, of which one hour in five has none.
  private func plant(_ bench: Bench, days: Int) async throws {
    try await bench.plant { store in
      var random = SeededNumbers(seed: 77)
      for hour in 0..<days * 24 where random.unit() < 0.8 {
        try await store.append(
          [0.25, 0.75].map {
            Planted.air(
              Bench.time(0, Double(hour) + $0), 15 + 10 * random.unit(),
              humidity: 30 + 30 * random.unit())
          })
      }
      try await store.closeSlots(before: Bench.time(days + 1, 12))
    }
  }

  @Test(
    "by the hour, each hour of the span has its entry, in any zone",
    arguments: [
      "UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "Pacific/Chatham",
    ])
  func hours(zone: String) async throws {
    try await Bench.with(zone: zone) { bench in
      try await plant(bench, days: 4)
      bench.feed.post(.status(StationDouble.status(at: Bench.time(3, 12))))
      let timeline = try await bench.json(
        "/api/v1/timeline?from=2026-03-03&to=2026-03-04&points=1000")
      let offset = try #require(timeline["utc_offset_s"].number)
      let midnight = (Double(Bench.monday.seconds) + 86_400 - offset) * 1e6
      let rows = try await bench.rows(
        "SELECT hour_utc_us, mean, min, max FROM v1_air_hour WHERE channel = 'air.humidity'"
      ).compactMap { row -> [Double]? in
        guard case .integer(let hour) = row[0] else { return nil }
        return [Double(hour)] + row.dropFirst().compactMap(\.number)
      }
      let air = try #require(
        timeline["air"].list.first { $0["channel"].text == "air.humidity" })
      var shown: [Double: [Double]] = [:]
      for (index, time) in air["time_utc_us"].list.enumerated() {
        guard let mean = air["mean"][index].number else { continue }
        let hour = try #require(time.number) - 1.8e9
        shown[hour] = [mean, air["min"][index].number ?? 0, air["max"][index].number ?? 0]
      }
      // An hour across midnight is of the later date: no hour is of none, or of two.
      let first = (midnight / 3.6e9).rounded(.down) * 3.6e9
      for row in rows {
        let isWithin = row[0] >= first && row[0] < first + 2 * 86_400e6
        #expect(shown[row[0]] == (isWithin ? Array(row.dropFirst()) : nil), "\(zone)")
      }
      for (hour, numbers) in shown {
        #expect(rows.contains { $0 == [hour] + numbers }, "\(zone)")
      }
      #expect(shown.count > 30 && shown.count < 49)
    }
  }

  @Test("by days, the extremes are those of the days, and the mean is that of the samples")
  func days() async throws {
    try await Bench.with { bench in
      try await plant(bench, days: 6)
      let timeline = try await bench.json(
        "/api/v1/timeline?from=2026-03-02&to=2026-03-07&points=50")
      let rows = try await bench.rows(
        """
        SELECT min, max, mean, n, CAST(julianday(local_date) - julianday('2026-03-02') AS INTEGER)
        FROM v1_air_day WHERE channel = 'air.temperature'
        """
      ).map { $0.compactMap(\.number) }
      let air = try #require(
        timeline["air"].list.first { $0["channel"].text == "air.temperature" })
      #expect(air["mean"].list.count == 6)
      for row in rows where row[4] < 6 {
        let day = Int(row[4])
        #expect(air["min"][day].number == row[0] && air["max"][day].number == row[1])
        #expect(abs((air["mean"][day].number ?? 0) - row[2]) < 1e-9)
      }
    }
  }
}
