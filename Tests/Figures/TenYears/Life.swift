import Readings

/// A person's ten years at the bedside, from a seed: two taps a day, a sample of the air a minute.
struct Life {
  /// 5 256 000 samples, 7300 taps.
  static let days = 3650
  /// 2016-11-01 00:00 UTC.
  static let begin = Timestamp.seconds(1_477_958_400)

  private var random: Numbers
  /// Where the room's quantities wander.
  private var levels: [Double] = [21, 48, 4, 6, 7, 8, 100, 12]

  init(seed: UInt64) { random = Numbers(state: seed) }

  /// A day, in the order of time.
  struct Day {
    var parts: [Part]
    var end: Timestamp

    struct Part {
      var air: [AirSample]
      var event: SkinEvent?
      var session: TapSession?
    }
  }

  static func stamp(_ time: Timestamp) -> Stamp {
    Stamp(
      utc: time, bootID: "00112233445566778899aabbccddeeff",
      bootMicroseconds: time.microseconds - begin.microseconds, trust: .synced)
  }

  /// What the probe's raw values mean.
  static let calibrations = [
    Calibration(
      part: "fdc1004 0x50", channel: .skinMoisture, validFrom: begin, who: "me", why: "new probe",
      parameters: ["air_picofarads": 2, "reference_picofarads": 12]),
    Calibration(
      part: "tsl2591 0x29", channel: .skinSebum, validFrom: begin, who: "me", why: "new strip",
      parameters: ["fresh_strip_counts": 30_000, "full_scale_absorbance": 0.5]),
  ]

  mutating func day(_ day: Int) -> Day {
    let begin = Self.begin + .seconds(day * 86_400)
    let parts = [(0, 7), (7, 22), (22, 24)].map { from, to in
      let air = (from * 60..<to * 60).map { sample(at: begin + .seconds(60 * $0)) }
      guard to < 24 else { return Day.Part(air: air) }
      let time = begin + .seconds(to * 3600)
      let isCleansed = random.unit() < 0.1
      let event = SkinEvent(
        person: Person("me"), time: time - .seconds(1500), kind: "cleansed", weight: 1, note: nil)
      return Day.Part(
        air: air, event: isCleansed ? event : nil, session: session(on: day, hour: to))
    }
    return Day(parts: parts, end: begin + .seconds(86_400))
  }

  /// A minute of the air: each quantity wanders, and comes back; rarely one of them jumps.
  private mutating func sample(at time: Timestamp) -> AirSample {
    let rest: [Double] = [21, 48, 4, 6, 7, 8, 100, 12]
    let pace = [0.02, 0.1, 0.2, 0.3, 0.3, 0.3, 2, 0.5]
    let steps = [0.005, 0.01, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]
    for index in levels.indices {
      levels[index] += pace[index] * (random.unit() - 0.5) + 0.002 * (rest[index] - levels[index])
    }
    let isOdd = random.unit() < 0.0005
    let readings = Self.channels.enumerated().map { index, channel in
      let value = max(channel == .airTemperature ? 5 : 1, levels[index])
      let rounded = (value / steps[index]).rounded() * steps[index]
      return AirReading(channel, .value(isOdd && index == 0 ? rounded + 9 : rounded))
    }
    return AirSample(stamp: Self.stamp(time), part: "sen55 0x69", readings: readings)
  }

  private static let channels: [Channel] = [
    .airTemperature, .airHumidity, .airPM1, .airPM2_5, .airPM4, .airPM10, .airVOCIndex,
    .airNOxIndex,
  ]
}

extension Life {
  /// Five touches on the cheek, moisture and sebum.
  mutating func session(on day: Int, hour: Int) -> TapSession {
    let time = Self.begin + .seconds(day * 86_400 + hour * 3600 + Int(600 * random.unit()))
    let picofarads = 7 + 0.8 * (random.unit() - 0.5)
    let touches = (1...5).map { number in
      touch(number, at: time + .seconds(3 * number), around: picofarads)
    }
    let air: [Channel: AirReading] = [
      .airTemperature: AirReading(.airTemperature, .value(levels[0])),
      .airHumidity: AirReading(.airHumidity, .value(levels[1])),
    ]
    return TapSession(
      person: Person("me"), started: Self.stamp(time), ended: Self.stamp(time + .seconds(30)),
      touches: touches, air: air, verdict: .saved)
  }

  private mutating func touch(_ number: Int, at time: Timestamp, around level: Double) -> Touch {
    let own = level + 0.1 * (random.unit() - 0.5)
    let samples = (0..<80).map { _ in
      Int32(((own + 0.05 * (random.unit() - 0.5)) * 524_288).rounded())
    }
    let light = Int32(16_000 + 2000 * random.unit())
    return Touch(
      number: number, site: Site("cheek"), started: Self.stamp(time), contact: .milliseconds(1200),
      measures: [
        Touch.Measure(
          channel: .skinMoisture, raw: nil, rawUnit: .picofarads, value: nil, spread: nil,
          samples: samples,
          scale: Touch.RawScale(
            unitsPerCode: 1 / 524_288, offset: 0, greatestCode: 8_388_607),
          refusal: nil, part: "fdc1004 0x50"),
        Touch.Measure(
          channel: .skinSebum, raw: nil, rawUnit: .counts, value: nil, spread: nil,
          samples: [light, 40],
          scale: Touch.RawScale(unitsPerCode: 1, offset: 0, greatestCode: 65_535),
          refusal: nil, part: "tsl2591 0x29"),
      ])
  }
}

/// Numbers from a seed, the same on every machine (SplitMix64, Steele 2014).
private struct Numbers {
  var state: UInt64

  /// From 0 to below 1.
  mutating func unit() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return Double((bits ^ bits >> 31) >> 11) / 9_007_199_254_740_992
  }
}
