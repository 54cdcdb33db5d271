import Readings
import Store
import Testing
import TestSupport

@Suite("the air of a slot", .takingTurns)
struct AirSlotTests {
  private static let values = """
    SELECT local_date, slot, value, n_touches, session_id FROM v1_slot
    WHERE channel = 'air.temperature' ORDER BY local_date, slot DESC
    """

  @Test("is the mean of the twelve hours before the session, its first moment in, its last out")
  func window() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let start = Bench.time(day: 0, hour: 20)
      let before = start - .seconds(12 * 3600)
      try await store.append([
        Bench.air(before - .microseconds(1), 1), Bench.air(before, 20),
        Bench.air(before + .seconds(3600), 99, quality: .bad),
        Bench.air(before + .seconds(7200), nil), Bench.air(start - .microseconds(1), 26),
        Bench.air(start, 1000),
      ])
      _ = try await store.save(Bench.session(start, [40]))
      #expect(
        try await bench.rows(Self.values) == [["2026-03-02", "evening", "23.0", "2", "1"]])
    }
  }

  @Test("takes in samples that are saved after the session they came before")
  func buffered() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let start = Bench.time(day: 0, hour: 20)
      try await store.append([Bench.air(start - .seconds(600), 20)])
      _ = try await store.save(Bench.session(start, [40]))
      try await store.append([Bench.air(start - .seconds(60), 30), Bench.air(start, 1000)])
      #expect(try await bench.rows(Self.values).first?[2] == "25.0")
    }
  }

  @Test("follows the best session of the slot")
  func bestSession() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await store.append([
        Bench.air(Bench.time(day: 0, hour: 5), 20), Bench.air(Bench.time(day: 0, hour: 7), 30),
      ])
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 6), [40]))
      #expect(try await bench.rows(Self.values).first?[2] == "20.0")
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 8), [40, 41]))
      #expect(
        try await bench.rows(Self.values) == [["2026-03-02", "morning", "25.0", "2", "2"]])
    }
  }

  @Test("is given to slots that ended without a tap, for everybody, once")
  func closing() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await store.choose("ann", at: Bench.stamp(Bench.time(day: 0, hour: 8)))
      try await store.choose("bo", at: Bench.stamp(Bench.time(day: 0, hour: 15)))
      try await store.append([
        Bench.air(Bench.time(day: 0, hour: 3), 20), Bench.air(Bench.time(day: 0, hour: 17), 30),
        Bench.air(Bench.time(day: 1, hour: 5), 50),
      ])
      let people = """
        SELECT person, local_date, slot, value, session_id FROM v1_slot
        WHERE channel = 'air.temperature' ORDER BY person, local_date, slot DESC
        """
      // The morning of the 2nd ends at 14:00, its evening at 04:00 on the 3rd.
      try await store.closeSlots(before: Bench.time(day: 1, hour: 3.9))
      #expect(try await bench.rows(people) == [["ann", "2026-03-02", "morning", "20.0", "–"]])
      try await store.closeSlots(before: Bench.time(day: 1, hour: 4))
      let closed = try await bench.rows(people)
      #expect(
        closed == [
          ["ann", "2026-03-02", "morning", "20.0", "–"],
          ["ann", "2026-03-02", "evening", "30.0", "–"],
          ["bo", "2026-03-02", "evening", "30.0", "–"],
        ])
      try await store.closeSlots(before: Bench.time(day: 1, hour: 4))
      #expect(try await bench.rows(people) == closed)
    }
  }

  @Test("no valid sample gives no value")
  func none() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await store.append([Bench.air(Bench.time(day: 0, hour: 5), nil)])
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      #expect(try await bench.rows(Self.values).isEmpty)
    }
  }

  @Test("a late session takes a closed slot over")
  func lateSession() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await store.choose("me", at: Bench.stamp(Bench.time(day: 0, hour: 5)))
      try await store.append([
        Bench.air(Bench.time(day: 0, hour: 5), 20), Bench.air(Bench.time(day: 0, hour: 13), 30),
      ])
      try await store.closeSlots(before: Bench.time(day: 0, hour: 14))
      #expect(try await bench.rows(Self.values).first?[2] == "25.0")
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      #expect(
        try await bench.rows(Self.values) == [["2026-03-02", "morning", "20.0", "1", "1"]])
    }
  }
}
