import Readings
import Store
import Testing
import TestSupport

@Suite("saving a session", .takingTurns)
struct SavingTests {
  @Test("a session comes back as it was saved")
  func roundTrip() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      var session = Bench.session(Bench.time(day: 0, hour: 7), [40, nil, 44])
      session.air = [
        .airTemperature: AirReading(.airTemperature, .value(22.125)),
        .airPM1: AirReading(.airPM1, .value(900, .suspect, reason: "jump")),
        .airNOxIndex: AirReading(.airNOxIndex, .absent(.warming)),
      ]
      let saved = try await store.save(session)
      let read = try await Archive(path: bench.path).sessions(
        from: Bench.monday, to: Bench.time(day: 1, hour: 0), limit: 10)
      #expect(read == [saved])
      #expect(read.first?.session == session)
    }
  }

  @Test("the slot's value is the median of the accepted touches")
  func median() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let saved = try await store.save(
        Bench.session(Bench.time(day: 0, hour: 7), [40, nil, 44, 41]))
      let value = try #require(saved.values.first)
      #expect(saved.values.count == 1)
      #expect(value.value == 41)
      #expect(value.count == 3)
      // Deviations 1, 3, 0: their median is 1.
      #expect(value.spread == 1.4826)
      #expect(saved.key == SlotKey(date: try #require(LocalDate("2026-03-02")), slot: .morning))
    }
  }
}
