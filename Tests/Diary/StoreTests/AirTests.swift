import Readings
import Store
import Testing
import TestSupport

@Suite("the air", .takingTurns)
struct AirTests {
  @Test("a sample comes back as it was saved")
  func roundTrip() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let sample = AirSample(
        stamp: Bench.stamp(Bench.monday), part: "sen55 0x69",
        readings: [
          AirReading(.airTemperature, .value(-3.25)),
          AirReading(.airPM1, .value(900)),
          AirReading(.airPM10, .value(1001, .bad, reason: "range")),
          AirReading(.airNOxIndex, .absent(.warming)),
        ])
      try await store.append([sample])
      #expect(try await Archive(path: bench.path).latestAir() == [sample])
    }
  }

  @Test("the view says value, quality and reason of each channel, and nothing of others")
  func view() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await store.append([
        Bench.air(Bench.monday, 21.5, humidity: nil),
        Bench.air(Bench.monday + .seconds(60), 61),
        Bench.air(Bench.monday + .seconds(120), nil),
      ])
      let rows = try await bench.rows(
        """
        SELECT channel, value, quality, reason, clock FROM v1_air
        ORDER BY channel DESC, time_utc_us
        """)
      #expect(
        rows == [
          ["air.temperature", "21.5", "ok", "–", "synced"],
          ["air.temperature", "61.0", "bad", "range", "synced"],
          ["air.temperature", "–", "absent", "warming", "synced"],
          ["air.humidity", "–", "absent", "stale", "synced"],
          ["air.humidity", "45.0", "ok", "–", "synced"],
          ["air.humidity", "45.0", "ok", "–", "synced"],
        ])
    }
  }

  @Test("a value that is no number is absent, with a reason")
  func notANumber() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await store.append([Bench.air(Bench.monday, .nan)])
      #expect(
        try await bench.rows("SELECT quality, reason FROM v1_air WHERE channel LIKE '%temp%'")
          == [["absent", "outOfRange"]])
    }
  }

  @Test("two parts at one microsecond, and a clock set back, lose and repeat nothing")
  func sameMoment() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      var other = Bench.air(Bench.monday, 30)
      other.part = "sht4x 0x44"
      // The clock is set back by a minute: another moment since boot, the same wall clock.
      var later = Bench.air(Bench.monday, 22)
      later.stamp.bootMicroseconds += 60_000_000
      try await store.append([Bench.air(Bench.monday, 21), other])
      try await store.append([later])
      let values = try await bench.rows(
        "SELECT value FROM v1_air WHERE channel = 'air.temperature' ORDER BY value")
      #expect(values == [["21.0"], ["22.0"], ["30.0"]])
      // Each is known by its own stamp, however it is filed.
      #expect(try await Archive(path: bench.path).latestAir().last == other)
    }
  }

  @Test("the same batch again, after a commit nobody heard of, changes nothing")
  func again() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let batch = (0..<5).map { Bench.air(Bench.monday + .seconds(60 * $0), 20) }
      try await store.append(batch)
      try await store.append(batch)
      #expect(try await Archive(path: bench.path).summary().airSamples == 5)
    }
  }

  @Test("an hour has its rollup once the samples have left it; doubtful values are not in it")
  func hours() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let select = "SELECT mean, min, max, n FROM v1_air_hour WHERE channel = 'air.temperature'"
      try await store.append([
        Bench.air(Bench.monday, 20), Bench.air(Bench.monday + .seconds(60), 24),
        Bench.air(Bench.monday + .seconds(120), 99, quality: .suspect),
        Bench.air(Bench.monday + .seconds(180), nil),
      ])
      #expect(try await bench.rows(select).isEmpty)
      try await store.append([Bench.air(Bench.monday + .seconds(3600), 30)])
      #expect(try await bench.rows(select) == [["22.0", "20.0", "24.0", "2"]])
    }
  }

  @Test("closing and opening finish the hours that have none, each once")
  func hoursAtTheEnd() async throws {
    try await Bench.with { bench in
      let select = "SELECT hour_utc_us / 3600000000 % 24, n FROM v1_air_hour ORDER BY 1, channel"
      let store = try bench.store()
      try await store.append([Bench.air(Bench.monday, 20)])
      try await store.close()
      #expect(try await bench.rows(select) == [["0", "1"], ["0", "1"]])
      let again = try bench.store()
      try await again.append([Bench.air(Bench.monday + .seconds(60), 21)])
      try await again.append([Bench.air(Bench.monday + .seconds(3660), 22)])
      #expect(try await bench.rows(select) == [["0", "2"], ["0", "2"]])
    }
  }

  @Test("a sample that comes late changes the hour it belongs to")
  func lateSample() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await store.append([Bench.air(Bench.monday, 20)])
      try await store.append([Bench.air(Bench.monday + .seconds(7200), 30)])
      try await store.append([Bench.air(Bench.monday + .seconds(600), 22)])
      #expect(
        try await bench.rows("SELECT mean, n FROM v1_air_hour WHERE channel = 'air.temperature'")
          == [["21.0", "2"]])
    }
  }

  @Test("samples can be removed; their hours and what slots made of them stay")
  func removal() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await store.append((0..<10).map { Bench.air(Bench.monday + .seconds(3600 * $0), 20) })
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 9.5), [40]))
      let slots = "SELECT channel, value, n_touches FROM v1_slot ORDER BY channel"
      let hours = "SELECT * FROM v1_air_hour ORDER BY 1, 2"
      #expect(try await store.removeAir(before: Bench.time(day: 0, hour: 5.9)) == 5)
      let (slotsBefore, hoursBefore) = (try await bench.rows(slots), try await bench.rows(hours))
      #expect(slotsBefore.count == 3)
      #expect(hoursBefore.count == 20)
      try await store.recompute()
      #expect(try await bench.rows(slots) == slotsBefore)
      #expect(try await bench.rows(hours) == hoursBefore)
    }
  }
}
