import Readings
import Store
import TestSupport

/// What a test puts into a diary.
enum Planted {
  /// A session with a touch for each value; nil for one that was too short.
  static func session(
    _ time: Timestamp, _ moisture: [Double?], sebum: Double? = nil, person: String = "ann",
    site: String = "cheek"
  ) -> TapSession {
    let touches = moisture.enumerated().map { index, value in
      var measures = [
        Touch.Measure(
          channel: .skinMoisture, raw: 6.5, rawUnit: .picofarads, value: value ?? 3, spread: 0.4,
          samples: [1, 2, 3], refusal: value == nil ? .tooShort : nil, part: "fdc1004 0x50")
      ]
      if let sebum, value != nil {
        measures.append(
          Touch.Measure(
            channel: .skinSebum, raw: 9000, rawUnit: .counts, value: sebum, spread: 1,
            samples: [9000], refusal: nil, part: "tsl2591 0x29"))
      }
      return Touch(
        number: index + 1, site: Site(site), started: Bench.stamp(time + .seconds(2 * index)),
        contact: .milliseconds(1200), measures: measures)
    }
    return TapSession(
      person: Person(person), started: Bench.stamp(time), ended: Bench.stamp(time + .seconds(30)),
      touches: touches, air: [.airTemperature: AirReading(.airTemperature, .value(22.1))],
      verdict: moisture.contains { $0 != nil } ? .saved : .refused)
  }

  static func air(_ time: Timestamp, _ celsius: Double?, humidity: Double = 45) -> AirSample {
    AirSample(
      stamp: Bench.stamp(time), part: "sen55 0x69",
      readings: [
        AirReading(.airTemperature, celsius.map { .value($0) } ?? .absent(.warming)),
        AirReading(.airHumidity, .value(humidity)),
      ])
  }

  static func event(
    _ kind: String, at time: Timestamp, person: String = "ann", note: String? = nil
  ) -> SkinEvent {
    SkinEvent(person: Person(person), time: time, kind: kind, weight: 0.5, note: note)
  }

  static func score(
    _ dimension: Score.Dimension, _ value: Double, day: Int, person: String = "ann"
  ) -> Score {
    Score(
      person: Person(person), date: LocalDate(daysSince1970: 20_514 + day), dimension: dimension,
      value: value)
  }
}

extension Store {
  /// Saves a session whose notice does not matter.
  func save(_ session: TapSession) throws { _ = try save(session) { _ in Notice(.tapSaved, "") } }

  /// A few days of two people: every list has rows, and several that share a key.
  func plantDays(_ days: Int, seed: UInt64) throws {
    var random = SeededNumbers(seed: seed)
    for day in 0..<days {
      for hour in [6.5, 20.5] {
        try append((0..<4).map { Planted.air(Bench.time(day, hour + Double($0) / 4), 20) })
        for (person, site) in [("ann", "cheek"), ("ann", "forehead"), ("bo", "cheek")] {
          let time = Bench.time(day, hour + 1.5)
          let values = (0..<3).map { _ in 40 + 10 * random.unit() }
          try save(
            Planted.session(time, values, sebum: 50, person: person, site: site))
        }
        try closeSlots(before: Bench.time(day, hour + 3.4))
      }
      try plantEntries(day: day)
    }
    try closeSlots(before: Bench.time(days, 12))
  }

  private func plantEntries(day: Int) throws {
    let noon = Bench.time(day, 12)
    for person in ["ann", "bo"] {
      for kind in ["sun", "stress"] {
        _ = try save(
          Planted.event(kind, at: noon, person: person, note: "of \(person)"), at: Bench.stamp(noon)
        )
      }
      for (index, dimension) in Score.Dimension.allCases.enumerated() {
        try save(
          Planted.score(dimension, Double(index), day: day, person: person), at: Bench.stamp(noon))
      }
    }
    try append(
      ["fdc1004 0x50", "sen55 0x69", "tsl2591 0x29"].map {
        PartHealth(part: $0, hour: noon, samples: 60, uptimeSeconds: 3600)
      })
    for (part, channel) in [("fdc1004 0x50", Channel.skinMoisture), ("tsl2591 0x29", .skinSebum)]
    where day == 1 {
      _ = try record(
        Calibration(
          part: part, channel: channel, validFrom: noon, who: "bench", why: "first, \"second\"",
          parameters: channel == .skinMoisture
            ? ["air_picofarads": 2, "reference_picofarads": 12]
            : ["fresh_strip_counts": 20_000, "full_scale_absorbance": 0.5]),
        at: Bench.stamp(noon))
    }
  }
}
