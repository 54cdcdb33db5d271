/// The limits that readings are checked against, all together.
///
/// They come from the settings and are kept in the diary with the time they came into force, so that
/// a check can be explained, and worked out again, years later. A reading beyond a limit is kept and
/// flagged with the reason; nothing is ever overwritten.
package struct Limits: Hashable, Sendable, Codable {
  /// By channel of the air; a channel that is not there is not checked.
  package var air: [Channel: Air]
  /// Seconds from one sample of the air to the next: how many samples an hour should have.
  ///
  /// A channel may have a period of its own.
  package var airPeriodSeconds: Double
  package var touch: Touch
  /// What a touch's value can be, in the channel's unit, by channel of the skin.
  package var skin: [Channel: Span]
  package var session: Session

  package init(
    air: [Channel: Air] = Air.usual, airPeriodSeconds: Double = 60, touch: Touch = Touch(),
    skin: [Channel: Span] = Span.usual, session: Session = Session()
  ) {
    self.air = air
    self.airPeriodSeconds = airPeriodSeconds
    self.touch = touch
    self.skin = skin
    self.session = session
  }

  /// From one number to another, both allowed.
  package struct Span: Hashable, Sendable, Codable {
    package var least: Double
    package var greatest: Double

    package init(_ range: ClosedRange<Double>) {
      least = range.lowerBound
      greatest = range.upperBound
    }

    package func contains(_ value: Double) -> Bool { least <= value && value <= greatest }

    /// Wide enough for every skin, narrow enough for a wire that came off.
    package static let usual: [Channel: Span] = [
      .skinMoisture: Span(-10...150), .skinSebum: Span(-20...200), .skinForce: Span(0...20),
      .skinTemperature: Span(15...42),
    ]
  }

  /// One channel of the air, in its unit.
  package struct Air: Hashable, Sendable, Codable {
    /// Outside it a value is `bad`.
    package var range: Span
    /// A value this far from the median of the raw values before it is `suspect`; nil for no check.
    package var step: Double?
    /// Seconds of exactly one raw value after which it is `suspect`; nil for no check.
    package var flatSeconds: Double?
    /// A part that warms up has settled once two raw values in a row are closer; nil for at once.
    package var settled: Double?
    /// Seconds from one sample to the next where its part has a period of its own; nil for
    /// `airPeriodSeconds`.
    package var periodSeconds: Double?

    package init(
      range: ClosedRange<Double>, step: Double? = nil, flatSeconds: Double? = nil,
      settled: Double? = nil, periodSeconds: Double? = nil
    ) {
      self.range = Span(range)
      self.step = step
      self.flatSeconds = flatSeconds
      self.settled = settled
      self.periodSeconds = periodSeconds
    }

    /// What a bedroom's air can be, how fast it changes from one minute to the next, and for how long
    /// a living sensor can repeat itself to the last digit.
    package static let usual: [Channel: Air] = [
      .airTemperature: Air(range: -20...60, step: 5, flatSeconds: 6 * 3600, settled: 1),
      .airHumidity: Air(range: 0...100, step: 25, flatSeconds: 6 * 3600, settled: 5),
      .airPM1: Air(range: 0...1000, settled: 10), .airPM2_5: Air(range: 0...1000, settled: 10),
      .airPM4: Air(range: 0...1000, settled: 10), .airPM10: Air(range: 0...1000, settled: 10),
      .airVOCIndex: Air(range: 1...500), .airNOxIndex: Air(range: 1...500),
      .airCO2: Air(range: 250...40_000, flatSeconds: 6 * 3600, settled: 100),
      .airPressure: Air(
        range: 30_000...110_000, step: 1000, flatSeconds: 6 * 3600, settled: 200),
    ]
  }

  /// When a touch counts.
  package struct Touch: Hashable, Sendable, Codable {
    /// The shortest contact, in seconds.
    package var contactSeconds = 0.8
    /// Samples count from here to there after the contact, in seconds.
    package var fromSeconds = 0.2
    package var untilSeconds = 1.0
    /// The share, 0 to 1, of that window's samples at 100 a second that must be there.
    package var leastShare = 0.5
    /// The spread of the samples, as a share of their median, from which a touch is unsteady.
    package var spreadShare = 0.1
    /// The change from the first third to the last, as a share of the median, from which it is.
    package var driftShare = 0.1
    /// The moisture index below which the electrode is hardly on the skin.
    package var lightIndex = 5.0
    /// The force in newtons outside which a touch is too light or too hard; nil for no check.
    package var forceNewtons: Span?
    /// The moisture index in air, either side of 0, from which the probe wants cleaning.
    package var restIndex = 3.0

    package init() {}

    /// Where a touch's samples begin to count, after the contact.
    package var from: Duration { .rounding(fromSeconds) }
    /// Where they end to count.
    package var until: Duration { .rounding(untilSeconds) }
    /// The shortest contact.
    package var contact: Duration { .rounding(contactSeconds) }
  }

  /// When a session's values are in nobody's window.
  package struct Session: Hashable, Sendable, Codable {
    /// The spread of a slot's touches, as a share of its value, above which it is `suspect`.
    package var spreadShare = 0.1
    /// The air at the tap, outside which values are `suspect`, by channel.
    package var climate: [Channel: Span] = [
      .airTemperature: Span(18...26), .airHumidity: Span(30...70),
    ]
    /// The air at the tap, outside which that is said, and nothing else.
    package var idealClimate: [Channel: Span] = [
      .airTemperature: Span(20...22), .airHumidity: Span(40...60),
    ]
    /// Minutes after a `cleansed` event within which a channel's value is `suspect` (Eo 2016:
    /// hydration is back at 40 min, sebum at 120).
    package var minutesSinceCleansing: [Channel: Double] = [.skinMoisture: 40, .skinSebum: 120]

    package init() {}
  }
}

extension Channel: CodingKeyRepresentable {}

extension Duration {
  /// Seconds to the whole microsecond: 0.8 is 800 ms, and not a little more.
  ///
  /// What no duration can be is the longest one of a hundred years, or zero where it is no number.
  package static func rounding(_ seconds: Double) -> Duration {
    guard !seconds.isNaN else { return .zero }
    let century = 3_155_760_000.0
    return .microseconds(Int64((min(max(seconds, -century), century) * 1e6).rounded()))
  }
}
