import Readings
import Store
import TestSupport
import Testing

@testable import Dashboard

@Suite("tonight", .takingTurns) struct TonightTests {
  /// Two days of both, and the evening of the second day now.
  private func bench(_ body: (Bench) async throws -> Void) async throws {
    try await Bench.with { bench in
      try await bench.plant { try await $0.plantDays(3, seed: 21) }
      bench.feed.post(.status(StationDouble.status(at: Bench.time(1, 22.5))))
      try await body(bench)
    }
  }

  @Test("it says whose it is, when, and in which slot")
  func when() async throws {
    try await bench { bench in
      let tonight = try await bench.json("/api/v1/tonight")
      #expect(tonight["person"].text == "ann")
      #expect(tonight["date"].text == "2026-03-03" && tonight["slot"].text == "evening")
      #expect(tonight["now_utc_us"] == .number(Double(Bench.time(1, 22.5).microseconds)))
    }
  }

  @Test("after midnight the evening is still that of the day before")
  func night() async throws {
    try await Bench.with { bench in
      try await bench.plant { try await $0.plantDays(1, seed: 22) }
      bench.feed.post(.status(StationDouble.status(at: Bench.time(2, 0.5), person: "bo")))
      let tonight = try await bench.json("/api/v1/tonight")
      #expect(tonight["date"].text == "2026-03-03" && tonight["slot"].text == "evening")
      #expect(tonight["person"].text == "bo")
    }
  }

  @Test("the newest slot stands first, and its values are those of the diary")
  func values() async throws {
    try await bench { bench in
      let values = try await bench.json("/api/v1/tonight?person=bo")["values"].list
      let newest = values.filter {
        $0["local_date"].text == "2026-03-03" && $0["slot"].text == "evening"
      }
      #expect(newest.count == 2)
      #expect(Array(values.prefix(2)) == newest)
      let rows = try await bench.rows(
        """
        SELECT value FROM v1_slot WHERE person = 'bo' AND local_date = '2026-03-03'
        AND slot = 'evening' AND channel LIKE 'skin.%' ORDER BY channel
        """)
      #expect(newest.map { $0["value"].number } == rows.map { $0[0].number })
    }
  }

  @Test("nothing is older than the day before, nothing is of the air, nothing is of another")
  func others() async throws {
    try await bench { bench in
      for person in ["ann", "bo"] {
        let tonight = try await bench.json("/api/v1/tonight?person=\(person)")
        let values = tonight["values"].list
        #expect(!values.isEmpty)
        #expect(values.allSatisfy { $0["person"].text == person })
        #expect(values.allSatisfy { $0["channel"].text?.hasPrefix("skin.") ?? false })
        #expect(
          Set(values.compactMap(\.["local_date"].text)).isSubset(of: ["2026-03-02", "2026-03-03"]))
        #expect(tonight["events"].list.allSatisfy { $0["person"].text == person })
      }
      let nobody = try await bench.json("/api/v1/tonight?person=nobody")
      #expect(nobody["values"].list.isEmpty && nobody["scores"].fields.isEmpty)
    }
  }

  @Test("scores and events are those of the day, a later score in the place of an earlier")
  func entries() async throws {
    try await bench { bench in
      try await bench.plant { store in
        let now = Bench.time(3, 12)
        try await store.save(Planted.score(.oil, 4.5, day: 1), at: Bench.stamp(now))
        try await store.save(Planted.score(.oil, 1.5, day: 2), at: Bench.stamp(now))
      }
      let tonight = try await bench.json("/api/v1/tonight?person=ann")
      #expect(
        tonight["scores"]
          == .object([
            "oil": .number(4.5), "hydration": .number(1), "elasticity": .number(2),
            "gloss": .number(3), "sensitivity": .number(4),
          ]))
      #expect(tonight["events"].list.map { $0["kind"].text } == ["sun", "stress"])
      #expect(tonight["events"].list.allSatisfy { $0["local_date"].text == "2026-03-03" })
    }
  }

  @Test("a withdrawn event and a withdrawn score are not there any more")
  func withdrawn() async throws {
    try await bench { bench in
      let events = try await bench.json("/api/v1/tonight?person=ann")["events"].list
      let number = try #require(events.first?["event_id"].number)
      try await bench.plant { store in
        let stamp = Bench.stamp(Bench.time(3, 12))
        _ = try await store.withdraw(.event(Int64(number)), at: stamp)
        _ = try await store.withdraw(
          .score(
            person: Person("ann"), date: LocalDate(daysSince1970: 20_515), dimension: .gloss),
          at: stamp)
      }
      let tonight = try await bench.json("/api/v1/tonight?person=ann")
      #expect(tonight["events"].list == Array(events.dropFirst()))
      #expect(tonight["scores"]["gloss"] == .null)
    }
  }

  @Test("of the air it has the last sample of each channel, none older than an hour")
  func air() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        try await store.append([
          Planted.air(Bench.time(1, 20.9), 17, humidity: 41),
          Planted.air(Bench.time(1, 21.8), 18, humidity: 42),
          Planted.air(Bench.time(1, 21.9), nil, humidity: 43),
        ])
      }
      bench.feed.post(.status(StationDouble.status(at: Bench.time(1, 22))))
      let air = try await bench.json("/api/v1/tonight")["air"].list
      #expect(air.map { $0["channel"].text } == ["air.humidity", "air.temperature"])
      #expect(air.map { $0["value"].number } == [43, nil])
      #expect(air[1]["quality"].text == "absent" && air[1]["reason"].text == "warming")
      bench.feed.post(.status(StationDouble.status(at: Bench.time(1, 23))))
      #expect(try await bench.json("/api/v1/tonight")["air"].list.isEmpty)
    }
  }
}
