import Readings
import Store
import Testing
import TestSupport

@Suite(.takingTurns) struct CalibrationTests {
  /// A touch at a moment with 80 equal samples of so many picofarads.
  private func session(_ time: Timestamp, picofarads: Double) -> TapSession {
    var session = Bench.session(time, [0])
    session.touches[0].measures[0].scale = Touch.RawScale(
      unitsPerCode: 1 / 524_288, offset: 0, greatestCode: 15 << 19)
    session.touches[0].measures[0].samples = [Int32](
      repeating: Int32(picofarads * 524_288), count: 80)
    return session
  }

  private func moisture(from time: Timestamp, who: String, air: Double = 2) -> Calibration {
    Calibration(
      part: "fdc1004 0x50", channel: .skinMoisture, validFrom: time, who: who, why: "test",
      parameters: ["air_picofarads": air, "reference_picofarads": 12])
  }

  @Test("a touch by a clock that is behind is worked out by the first calibration")
  func clockBehind() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let now = Bench.time(day: 3, hour: 6)
      _ = try await store.record(moisture(from: now, who: "settings"), at: Bench.stamp(now))
      // The board starts again without knowing the time.
      let saved = try await store.save(session(Timestamp.seconds(86_400 * 40), picofarads: 7))
      #expect(saved.session.touches[0].measures[0].refusal == nil)
      #expect(saved.values.map(\.value) == [50])
    }
  }

  @Test("a touch that nobody had calibrated yet counts once somebody has")
  func calibratedLate() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let saved = try await store.save(session(Bench.time(day: 0, hour: 7), picofarads: 7))
      #expect(saved.values == [])
      let later = Bench.time(day: 1, hour: 7)
      _ = try await store.record(moisture(from: later, who: "anna"), at: Bench.stamp(later))
      #expect(try await bench.rows("SELECT value FROM v1_slot") == [["50.0"]])
    }
  }

  @Test("the settings' first numbers begin no epoch; numbers that change begin one")
  func epochs() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      // As an older station kept it: a value without its codes.
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      for day in 1...2 {
        let time = Bench.time(day: day, hour: 0)
        let calibration = moisture(from: time, who: "settings", air: Double(day))
        _ = try await store.record(calibration, at: Bench.stamp(time))
      }
      #expect(
        try await bench.rows("SELECT cause FROM v1_epoch ORDER BY began_utc_us")
          == [["first reading"], ["fdc1004 0x50 calibrated: test"]])
    }
  }

  @Test("what was read while the fan was cleaned stays suspect, whatever the checks find")
  func fanCleaning() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let time = Bench.time(day: 0, hour: 15)
      try await store.append([Bench.air(time, 21, quality: .suspect, reason: "fan_cleaning")])
      var strict = Limits()
      strict.air[.airTemperature]?.step = 1
      _ = try await store.adopt(strict, from: Bench.stamp(Bench.time(day: 0, hour: 0)))
      #expect(
        try await bench.rows(
          "SELECT value, quality, reason FROM v1_air WHERE channel = 'air.temperature'")
          == [["21.0", "suspect", "fan_cleaning"]])
    }
  }
}
