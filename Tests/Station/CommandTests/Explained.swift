import Readings
import Store

/// A diary whose every number was worked out by hand.
///
/// The moisture electrode: a code is 0.001 pF; 3 pF in air and 11 pF when wet, so that a code of
/// 7000 is 100·(7 − 3)/(11 − 3) = 50.
enum Explained {
  static let scale = Touch.RawScale(unitsPerCode: 0.001, offset: 0, greatestCode: 15_000)

  /// The moisture whose codes these are.
  static func value(ofCode code: Int32) -> Double { 100 * (Double(code) / 1000 - 3) / 8 }

  /// Forty codes of a touch, half of them a little below and half a little above.
  static func codes(around code: Int32, by step: Int32 = 8) -> [Int32] {
    (0..<40).map { code + ($0.isMultiple(of: 2) ? step : -step) }
  }

  static func touch(
    _ number: Int, _ time: Timestamp, code: Int32, contact: Duration = .milliseconds(1210),
    refusal: TouchRefusal? = nil
  ) -> Touch {
    // A median of 40 codes is the mean of the two middle ones; 8 codes are 0.1 of the index, and
    // their deviation from the median, made a standard deviation, 0.14826.
    Touch(
      number: number, site: Site("cheek"), started: Bench.stamp(time), contact: contact,
      measures: [
        Touch.Measure(
          channel: .skinMoisture, raw: Double(code) * 0.001, rawUnit: .picofarads,
          value: value(ofCode: code), spread: 0.14826, samples: codes(around: code), scale: scale,
          refusal: refusal, part: "fdc1004 0x50")
      ])
  }

  static func session(_ time: Timestamp, codes: [Int32], short: Int = 0) -> TapSession {
    var touches = codes.enumerated().map { index, code in
      touch(index + 1, time + .seconds(2 * index), code: code)
    }
    for _ in 0..<short {
      touches.append(
        touch(
          touches.count + 1, time + .seconds(2 * touches.count), code: 6900,
          contact: .milliseconds(410), refusal: .tooShort))
    }
    return TapSession(
      person: Person("me"), started: Bench.stamp(time), ended: Bench.stamp(time + .seconds(30)),
      touches: touches,
      air: [
        .airTemperature: AirReading(.airTemperature, .value(21)),
        .airHumidity: AirReading(.airHumidity, .value(48)),
      ], verdict: codes.isEmpty ? .refused : .saved)
  }

  static func air(_ time: Timestamp, _ celsius: Double) -> AirSample {
    AirSample(
      stamp: Bench.stamp(time), part: "sen55 0x69",
      readings: [
        AirReading(.airTemperature, .value(celsius)), AirReading(.airPM2_5, .absent(.warming)),
      ])
  }

  /// Twelve evenings before, one of them refused; two sessions this evening; air all day.
  static func plant(_ bench: Bench) async throws {
    try await bench.plant { store in
      let start = Bench.stamp(Bench.evening(-30))
      _ = try await store.record(
        PartIdentity(
          part: "fdc1004 0x50", product: "FDC1004", serial: "0042", firmware: nil, status: "",
          channels: [.skinMoisture]), at: start)
      _ = try await store.record(
        Calibration(
          part: "fdc1004 0x50", channel: .skinMoisture, validFrom: start.utc, who: "anna",
          why: "new electrode", parameters: ["air_picofarads": 3, "reference_picofarads": 11]),
        at: start)
      _ = try await store.adopt(Limits(), from: start)
      for day in 1...12 where day != 9 {
        try await store.save(
          session(Bench.evening(day - 13), codes: [Int32(7000 + 16 * (day % 3))]))
      }
      try await store.save(session(Bench.evening(-4), codes: [], short: 1))
      let air: [AirSample] = (1...720).map { minutes in
        let time = Bench.evening() - .seconds(60 * minutes)
        return self.air(time, minutes.isMultiple(of: 2) ? 21 : 22)
      }
      try await store.append(air.reversed())
      try await store.save(session(Bench.evening() - .seconds(1500), codes: [7400]))
      try await store.save(session(Bench.evening(), codes: [6800, 6816, 6784], short: 1))
    }
  }
}

extension Bench {
  /// A stamp as a clock that is behind would have given it.
  static func unsynced(_ stamp: Stamp, by wrong: Duration) -> Stamp {
    Stamp(
      utc: stamp.utc - wrong, bootID: stamp.bootID, bootMicroseconds: stamp.bootMicroseconds,
      trust: .unsynced)
  }
}
