import Readings
import Store
import Testing
import TestSupport

@Suite("a slot's value", .takingTurns)
struct SlotTests {
  /// Value, touches and session of every moisture value, by date.
  private static let values = """
    SELECT local_date, slot, value, n_touches, session_id FROM v1_slot
    WHERE channel = 'skin.moisture' ORDER BY local_date, slot DESC
    """

  @Test("wish 2: comes from the session with most accepted touches, not from the last")
  func mostTouches() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 6), [40, 41, 42]))
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [50, 51]))
      #expect(try await bench.rows(Self.values) == [["2026-03-02", "morning", "41.0", "3", "1"]])
    }
  }

  @Test("comes from the latest of equally good sessions, whichever was saved first")
  func latest() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [50, 51]))
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 6), [40, 42]))
      #expect(try await bench.rows(Self.values) == [["2026-03-02", "morning", "50.5", "2", "1"]])
    }
  }

  @Test("is not there where no touch counts")
  func noneAccepted() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let saved = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [nil, nil]))
      #expect(saved.values.isEmpty)
      #expect(try await bench.rows(Self.values).isEmpty)
      #expect(try await bench.rows("SELECT touches, accepted FROM v1_session") == [["2", "0"]])
    }
  }

  @Test("wish 2: a tap at 00:30 is the evening before")
  func afterMidnight() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Bench.session(Bench.time(day: 1, hour: 0.5), [50]))
      #expect(try await bench.rows(Self.values) == [["2026-03-02", "evening", "50.0", "1", "1"]])
    }
  }

  @Test("people and sites are never mixed")
  func apart() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let time = Bench.time(day: 0, hour: 7)
      _ = try await store.save(Bench.session(time, [10], person: "ann"))
      _ = try await store.save(Bench.session(time, [20], person: "bo"))
      _ = try await store.save(Bench.session(time, [30, 31], person: "bo", site: "forehead"))
      let rows = try await bench.rows(
        "SELECT person, site, value FROM v1_slot ORDER BY person, site")
      #expect(
        rows == [["ann", "cheek", "10.0"], ["bo", "cheek", "20.0"], ["bo", "forehead", "30.5"]])
    }
  }

  @Test(
    "is suspect where its spread is above a tenth of it and above the floor",
    arguments: [
      // Spread 1.4826: a tenth of 12 is 1.2, the floor is 2.
      ([11, 12, 13], "ok"),
      // Spread 2.97: a tenth of 12 and the floor are both less.
      ([10, 12, 14], "suspect"),
      // Spread 2.97: a tenth of 42 is more.
      ([40, 42, 44], "ok"),
    ] as [([Double?], String)])
  func quality(values: [Double?], quality: String) async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), values))
      #expect(try await bench.rows("SELECT quality FROM v1_slot") == [[quality]])
    }
  }

  @Test("a suspect value is compared, and in nobody's window")
  func suspect() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      for day in 0..<6 {
        let values: [Double?] = day == 3 ? [10, 20, 30] : [40, 40, 40]
        _ = try await store.save(Bench.session(Bench.time(day: day, hour: 7), values))
      }
      let rows = try await bench.rows(
        "SELECT quality, n7, ma7, z7 FROM v1_slot ORDER BY local_date")
      #expect(rows[3] == ["suspect", "3", "40.0", "–"])
      // Four of the five days before; the suspect 20 neither counts nor pulls.
      #expect(rows[5] == ["ok", "4", "40.0", "0.0"])
    }
  }

  @Test("its deviation is measured against the floor where the window hardly spreads")
  func floor() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      for day in 0..<5 {
        _ = try await store.save(
          Bench.session(Bench.time(day: day, hour: 7), [day == 4 ? 47 : 40]))
      }
      // (47 − 40) / 2.
      #expect(
        try await bench.rows("SELECT z7 FROM v1_slot WHERE local_date = '2026-03-06'") == [["3.5"]])
    }
  }
}
