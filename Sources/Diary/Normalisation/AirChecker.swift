package import Readings

/// Corrects and checks what one part says of the air, sample by sample in the order of their times.
///
/// Its memory holds raw values only, so that neither a correction nor a limit that changes later
/// reaches back into it. A checker that is given the last `memory` of raw values before a sample
/// says of it what one that never stopped would: a restart cannot be seen in the diary.
package struct AirChecker: Sendable {
  /// The channels of the air, in the order of their positions.
  package static let channels: [Channel] = Channel.allCases.filter(\.isAir)

  /// How old a raw value may be that a step is measured against, or that a flat line goes on from.
  package static let reach = Duration.microseconds(reachMicroseconds)

  private var tracks: [AirTrack]

  /// Creates a checker without a memory.
  ///
  /// - Parameters:
  ///   - limits: What values are checked against.
  ///   - conversions: The corrections in force; a channel without one is taken as it is said.
  package init(limits: Limits, conversions: [Channel: Conversion] = [:]) {
    tracks = Self.channels.map { _ in AirTrack() }
    use(limits, conversions)
  }

  /// Changes limits and corrections; what is remembered stays.
  package mutating func use(_ limits: Limits, _ conversions: [Channel: Conversion]) {
    for (index, channel) in Self.channels.enumerated() {
      tracks[index].rule = limits.air[channel].map(AirRule.init)
      tracks[index].conversion = conversions[channel]
    }
  }

  /// The position of a channel of the air in `channels`; nil for one of the skin.
  package static func position(of channel: Channel) -> Int? {
    switch channel {
    case .skinMoisture, .skinSebum, .skinForce, .skinTemperature: nil
    case .airTemperature: 0
    case .airHumidity: 1
    case .airPM1: 2
    case .airPM2_5: 3
    case .airPM4: 4
    case .airPM10: 5
    case .airVOCIndex: 6
    case .airNOxIndex: 7
    case .airCO2: 8
    case .airPressure: 9
    }
  }

  /// How much of the past a checker must be given before its first sample.
  package static func memory(of limits: Limits) -> Duration {
    let longest = limits.air.values.compactMap(\.flatSeconds).max() ?? 0
    return .seconds(longest) + reach
  }

  /// Corrects and checks a raw value, and remembers it.
  ///
  /// - Parameters:
  ///   - raw: What the part said, in the channel's unit.
  ///   - channel: A channel of the air.
  ///   - time: When; never before the sample before it.
  /// - Returns: The value, nil where the correction has none there; how far it can be used; and the
  ///   check it failed: `range`, `step` or `flat`.
  package mutating func check(
    _ raw: Double, of channel: Channel, at time: Timestamp
  ) -> (value: Double?, quality: Quality, reason: String?) {
    guard let position = Self.position(of: channel) else {
      preconditionFailure("\(channel.rawValue) is no channel of the air")
    }
    return check(raw, at: position, time: time)
  }

  /// The same by the channel's position, for whoever has millions of them.
  package mutating func check(
    _ raw: Double, at position: Int, time: Timestamp
  ) -> (value: Double?, quality: Quality, reason: String?) {
    tracks[position].check(raw, at: time.microseconds)
  }

  /// Remembers a raw value without judging it: for the past before the first sample.
  package mutating func remember(_ raw: Double, at position: Int, time: Timestamp) {
    tracks[position].remember(raw, at: time.microseconds)
  }
}

/// `AirChecker.reach` as the samples' times have it: 15 min.
private let reachMicroseconds: Int64 = 15 * 60 * 1_000_000

/// One channel's limits, as they are compared with.
private struct AirRule {
  var range: Limits.Span
  /// Infinite for no check.
  var step: Double
  /// In microseconds; greater than any time for no check.
  var flat: Int64

  init(_ limits: Limits.Air) {
    range = limits.range
    step = limits.step ?? .infinity
    flat = limits.flatSeconds.map { Int64($0 * 1e6) } ?? .max
  }
}

/// What is remembered of one channel, without an allocation.
private struct AirTrack {
  var rule: AirRule?
  var conversion: Conversion?
  private var raws: InlineArray<5, Double> = .init(repeating: 0)
  private var times: InlineArray<5, Int64> = .init(repeating: .min)
  /// Where the next one goes, over the oldest.
  private var next = 0
  private var last = (raw: Double.nan, time: Int64.min)
  /// Since when the part has said exactly the same.
  private var flatSince = Int64.min

  mutating func check(
    _ raw: Double, at time: Int64
  ) -> (value: Double?, quality: Quality, reason: String?) {
    let median = rule?.step.isFinite == true ? medianBefore(time) : nil
    remember(raw, at: time)
    let value: Double? = if let conversion { conversion.value(of: raw) } else { raw }
    guard let value, value.isFinite else { return (nil, .bad, "range") }
    guard let rule else { return (value, .ok, nil) }
    guard rule.range.contains(value) else { return (value, .bad, "range") }
    if let median, (raw - median).magnitude > rule.step { return (value, .suspect, "step") }
    if time - flatSince >= rule.flat { return (value, .suspect, "flat") }
    return (value, .ok, nil)
  }

  mutating func remember(_ raw: Double, at time: Int64) {
    guard raw.isFinite else { return }
    let goesOn = raw == last.raw && isWithinReach(last.time, of: time)
    if !goesOn { flatSince = time }
    last = (raw, time)
    raws[next] = raw
    times[next] = time
    next = next == 4 ? 0 : next + 1
  }

  /// The median of the last five raw values within reach; nil below three.
  private func medianBefore(_ time: Int64) -> Double? {
    var sorted: InlineArray<5, Double> = .init(repeating: 0)
    var count = 0
    for index in 0..<5 where isWithinReach(times[index], of: time) {
      var place = count
      while place > 0, sorted[place - 1] > raws[index] {
        sorted[place] = sorted[place - 1]
        place -= 1
      }
      sorted[place] = raws[index]
      count += 1
    }
    guard count >= 3 else { return nil }
    let middle = count / 2
    return count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  private func isWithinReach(_ earlier: Int64, of time: Int64) -> Bool {
    earlier <= time && earlier >= time - reachMicroseconds
  }
}
