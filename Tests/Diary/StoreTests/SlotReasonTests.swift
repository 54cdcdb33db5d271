import Readings
import Store
import Testing
import TestSupport

@Suite("why a slot's value is doubtful", .takingTurns)
struct SlotReasonTests {
  private static let slots = """
    SELECT local_date, slot, quality, reason FROM v1_slot WHERE channel = 'skin.moisture'
    ORDER BY 1, 2 DESC
    """

  private static func tap(_ time: Timestamp, celsius: Double? = nil) -> TapSession {
    var session = Bench.session(time, [40, 40.5, 41])
    if let celsius {
      session.air[.airTemperature] = AirReading(.airTemperature, .value(celsius))
    }
    return session
  }

  private static func cleansed(_ time: Timestamp, _ person: Person = "me") -> SkinEvent {
    SkinEvent(person: person, time: time, kind: "cleansed", weight: 1, note: nil)
  }

  @Test("the skin was cleansed less than 40 min before, said in time or afterwards")
  func cleansing() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let taps = (0..<3).map { Bench.time(day: $0, hour: 22) }
      _ = try await store.save(
        Self.cleansed(taps[0] - .seconds(1200)), at: Bench.stamp(taps[0]))
      for tap in taps { _ = try await store.save(Self.tap(tap)) }
      let before = try await bench.rows(Self.slots)
      #expect(
        before.map { $0[2...].joined(separator: " ") } == ["suspect cleansed", "ok –", "ok –"])
      _ = try await store.save(
        Self.cleansed(taps[1] - .seconds(2399)), at: Bench.stamp(taps[2]))
      _ = try await store.save(
        Self.cleansed(taps[2] - .seconds(2400)), at: Bench.stamp(taps[2]))
      _ = try await store.save(
        Self.cleansed(taps[2] - .seconds(60), "ann"), at: Bench.stamp(taps[2]))
      let after = try await bench.rows(Self.slots)
      #expect(
        after.map { $0[2...].joined(separator: " ") }
          == ["suspect cleansed", "suspect cleansed", "ok –"])
    }
  }

  @Test(
    "the room was too warm, or not ideal",
    arguments: [
      (21, "ok –"), (23, "ok climate_not_ideal"), (26.5, "suspect climate"), (nil, "ok –"),
    ] as [(Double?, String)])
  func climate(celsius: Double?, words: String) async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Self.tap(Bench.time(day: 0, hour: 7), celsius: celsius))
      #expect(try await bench.rows(Self.slots).map { $0[2...].joined(separator: " ") } == [words])
    }
  }

  @Test("a doubtful value is in nobody's window, and is so again once the doubt comes late")
  func windows() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      for day in 0..<6 {
        _ = try await store.save(Self.tap(Bench.time(day: day, hour: 7)))
      }
      let n7 =
        "SELECT n7 FROM v1_slot WHERE channel = 'skin.moisture' ORDER BY local_date DESC LIMIT 1"
      #expect(try await bench.rows(n7) == [["5"]])
      let event = Self.cleansed(Bench.time(day: 3, hour: 6.9))
      _ = try await store.save(event, at: Bench.stamp(Bench.time(day: 6, hour: 0)))
      #expect(try await bench.rows(n7) == [["4"]])
    }
  }
}
