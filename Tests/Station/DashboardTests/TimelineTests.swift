import Readings
import Store
import Testing
import TestSupport

@testable import Dashboard

@Suite("the timeline", .takingTurns) struct TimelineTests {
  /// So many days of ann with gaps, and a few of bo, whose values are far from hers.
  private func plant(_ bench: Bench, days: Int, seed: UInt64) async throws {
    try await bench.plant { store in
      var random = SeededNumbers(seed: seed)
      for day in 0..<days {
        for hour in [7.0, 21] {
          // Nothing at all from the tenth day to the twentieth, but for the last.
          let isGap = random.unit() < 0.2 || (10..<20).contains(day)
          let time = Bench.time(day, hour)
          if !isGap || day == days - 1 {
            let value = 20 + 60 * random.unit()
            try await store.save(
              Planted.session(time, [value, value + random.unit(), nil], sebum: 90 - value))
          }
          if day < 3 { try await store.save(Planted.session(time, [99], person: "bo")) }
          try await store.closeSlots(before: time + .seconds(6 * 3600))
        }
      }
      try await store.closeSlots(before: Bench.time(days + 1, 12))
    }
  }

  /// A row of the view, read past the site.
  private struct Row {
    var day: Int
    var slot: String
    var value: Double
    var quality: String
    var mean7: Double?
  }

  private func rows(_ bench: Bench, _ channel: String) async throws -> [Row] {
    try await bench.rows(
      """
      SELECT CAST(julianday(local_date) - julianday('2026-03-02') AS INTEGER), slot, value, quality,
        ma7 FROM v1_slot WHERE person = 'ann' AND channel = '\(channel)'
      """
    ).compactMap { row in
      guard case .integer(let day) = row[0], case .text(let slot) = row[1],
        case .real(let value) = row[2], case .text(let quality) = row[3]
      else { return nil }
      var mean: Double?
      if case .real(let number) = row[4] { mean = number }
      return Row(day: Int(day), slot: slot, value: value, quality: quality, mean7: mean)
    }
  }

  private static func middle(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  }

  private static func isNear(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) < 1e-9
  }

  @Test("with room for every day, each entry is the view's value of its day, and a gap is null")
  func everyDay() async throws {
    try await Bench.with { bench in
      try await plant(bench, days: 25, seed: 1)
      let timeline = try await bench.json("/api/v1/timeline?person=ann")
      #expect(timeline["bucket_days"] == .number(1))
      #expect(timeline["first"] == timeline["from"] && timeline["last"] == timeline["to"])
      #expect(
        timeline["panels"].list.compactMap(\.["channel"].text) == ["skin.moisture", "skin.sebum"])
      let first = try #require(
        try await bench.rows("SELECT min(local_date) FROM v1_slot WHERE person = 'ann'").first)
      #expect(timeline["from"].text.map { [DiaryCell.text($0)] } == first)
      let start = try #require(timeline["from"].text.flatMap { LocalDate($0) })
      let offset = start.daysSince1970 - 20_514
      for panel in timeline["panels"].list {
        let rows = try await rows(bench, panel["channel"].text ?? "")
        for slot in ["morning", "evening"] {
          let curve = panel["slots"][slot]
          let known = Dictionary(
            uniqueKeysWithValues: rows.filter { $0.slot == slot }.map { ($0.day, $0) })
          #expect(curve["date"].list.count == 25 - offset)
          for index in 0..<25 - offset {
            let row = known[index + offset]
            for name in ["value", "min", "max"] {
              #expect(curve[name][index].number == row?.value)
            }
            #expect(curve["quality"][index].text == row?.quality)
            #expect(Self.isNear(curve["ma7"][index].number, row?.mean7))
            #expect(curve["n"][index] == .number(row == nil ? 0 : 1))
            #expect(curve["date"][index].text == (start + index).description)
          }
        }
      }
    }
  }

  @Test("of buckets, the extremes are those of their days, and no value is lost or invented")
  func buckets() async throws {
    try await Bench.with { bench in
      try await plant(bench, days: 120, seed: 2)
      let timeline = try await bench.json(
        "/api/v1/timeline?person=ann&points=50&from=2026-03-02&to=2026-06-29")
      // 120 days by at most 50 entries: three days each.
      #expect(timeline["bucket_days"] == .number(3))
      for panel in timeline["panels"].list {
        let rows = try await rows(bench, panel["channel"].text ?? "")
        #expect(rows.count > 100)
        for slot in ["morning", "evening"] {
          let curve = panel["slots"][slot]
          #expect(curve["date"].list.count == 40)
          #expect(curve["date"][1].text == "2026-03-05")
          var count = 0
          for bucket in 0..<40 {
            let here = rows.filter { $0.slot == slot && $0.day / 3 == bucket }
            let values = here.map(\.value)
            count += values.count
            #expect(curve["n"][bucket] == .number(Double(values.count)))
            #expect(curve["min"][bucket].number == values.min())
            #expect(curve["max"][bucket].number == values.max())
            #expect(
              Self.isNear(curve["value"][bucket].number, values.isEmpty ? nil : Self.middle(values))
            )
            let quality = curve["quality"][bucket].text
            #expect(quality == here.map(\.quality).max { Self.rank($0) < Self.rank($1) })
          }
          #expect(count == rows.filter { $0.slot == slot }.count)
        }
      }
    }
  }

  private static func rank(_ quality: String) -> Int {
    ["ok": 0, "suspect": 1, "bad": 2][quality] ?? 3
  }

  @Test("a baseline is the median of the first thirty good values, and their scale")
  func baselines() async throws {
    try await Bench.with { bench in
      try await plant(bench, days: 70, seed: 3)
      let timeline = try await bench.json("/api/v1/timeline?person=ann")
      for panel in timeline["panels"].list {
        let channel = panel["channel"].text ?? ""
        let rows = try await rows(bench, channel).sorted { $0.day < $1.day }
        #expect(panel["baselines"].list.count == 2)
        for band in panel["baselines"].list {
          let good = rows.filter { $0.slot == band["slot"].text && $0.quality == "ok" }
          let own = good.prefix(30).map(\.value)
          let centre = Self.middle(Array(own))
          // The floors of the design: 2 of moisture, 3 of sebum.
          let scale = max(
            1.4826 * Self.middle(own.map { abs($0 - centre) }), channel == "skin.sebum" ? 3 : 2)
          #expect(Self.isNear(band["centre"].number, centre))
          #expect(Self.isNear(band["low"].number, centre - scale))
          #expect(Self.isNear(band["high"].number, centre + scale))
          #expect(band["n"] == .number(Double(own.count)))
          #expect(band["state"].text == (own.count == 30 ? "frozen" : "forming"))
          let tenth = LocalDate(daysSince1970: 20_514 + good[9].day + 1)
          #expect(band["from"].text == tenth.description)
        }
      }
    }
  }

  @Test("before ten good values there is no baseline")
  func tooEarly() async throws {
    try await Bench.with { bench in
      try await plant(bench, days: 9, seed: 4)
      let timeline = try await bench.json("/api/v1/timeline?person=ann")
      #expect(timeline["panels"].list.allSatisfy { $0["baselines"].list.isEmpty })
      #expect(!timeline["panels"].list.isEmpty)
    }
  }

  @Test("no other person's value, event or epoch is in it")
  func person() async throws {
    try await Bench.with { bench in
      try await plant(bench, days: 4, seed: 5)
      try await bench.plant { store in
        for person in ["ann", "bo"] {
          _ = try await store.save(
            Planted.event("sun", at: Bench.time(1, 12), person: person),
            at: Bench.stamp(Bench.time(4, 12)))
        }
      }
      let timeline = try await bench.json("/api/v1/timeline?person=bo")
      #expect(timeline["events"].list.map { $0["person"].text } == ["bo"])
      #expect(timeline["epochs"].list.allSatisfy { $0["person"].text == "bo" })
      let values = timeline["panels"].list.flatMap { panel in
        ["morning", "evening"].flatMap { panel["slots"][$0]["value"].list.compactMap(\.number) }
      }
      #expect(values.count == 6 && values.allSatisfy { $0 == 99 })
      let nobody = try await bench.json("/api/v1/timeline?person=nobody")
      #expect(nobody["panels"].list.isEmpty && nobody["first"] == .null)
    }
  }

  @Test("what was committed before it was asked is in it, though it was asked before")
  func freshness() async throws {
    try await Bench.with { bench in
      try await plant(bench, days: 4, seed: 7)
      for count in 0..<3 {
        let timeline = try await bench.json("/api/v1/timeline?person=ann")
        #expect(timeline["events"].list.count == count)
        try await bench.plant { store in
          _ = try await store.save(
            Planted.event("sun", at: Bench.time(1, 12), person: "ann"),
            at: Bench.stamp(Bench.time(4, 12)))
        }
      }
    }
  }

  @Test("a span that ends before it begins has no entry")
  func backwards() async throws {
    try await Bench.with { bench in
      try await plant(bench, days: 4, seed: 6)
      let timeline = try await bench.json(
        "/api/v1/timeline?person=ann&from=2026-03-04&to=2026-03-02")
      #expect(timeline["panels"].list.isEmpty && timeline["air"].list.isEmpty)
      #expect(timeline["events"].list.isEmpty && timeline["epochs"].list.isEmpty)
      #expect(timeline["bucket_days"] == .number(1))
    }
  }

  @Test("one date is one entry")
  func oneDate() async throws {
    try await Bench.with { bench in
      try await plant(bench, days: 4, seed: 7)
      let timeline = try await bench.json(
        "/api/v1/timeline?person=bo&from=2026-03-03&to=2026-03-03")
      let curve = timeline["panels"][0]["slots"]["morning"]
      #expect(curve["date"] == .list([.text("2026-03-03")]))
      #expect(curve["value"] == .list([.number(99)]))
    }
  }

  @Test("the longest span there can be is answered by no more entries than asked for")
  func longest() async throws {
    try await Bench.with { bench in
      try await plant(bench, days: 3, seed: 8)
      let timeline = try await bench.json(
        "/api/v1/timeline?person=bo&from=0001-01-01&to=9999-12-31&points=50")
      let curve = timeline["panels"][0]["slots"]["morning"]
      #expect(curve["date"].list.count <= 50)
      #expect(curve["n"].list.compactMap(\.number).reduce(0, +) == 3)
    }
  }
}
