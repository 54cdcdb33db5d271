/// What one air sensor said at one moment, channel by channel.
package struct AirSample: Hashable, Sendable {
  package var stamp: Stamp
  /// The part that was asked: `sen55 0x69`.
  package var part: String
  /// One entry for every channel the part offers, with a value or with the reason for none.
  package var readings: [AirReading]

  package init(stamp: Stamp, part: String, readings: [AirReading]) {
    self.stamp = stamp
    self.part = part
    self.readings = readings
  }
}

/// One channel of a sample.
package struct AirReading: Hashable, Sendable, Codable {
  package var channel: Channel
  package var state: State
  /// What the part said, in the channel's unit, before any correction; nil where it said nothing, or
  /// where it is the value itself.
  package var raw: Double?

  package enum State: Hashable, Sendable, Codable {
    /// A value in the channel's unit, its quality, and the check it failed where it is not ok.
    case value(Double, Quality = .ok, reason: String? = nil)
    case absent(Absence)
  }

  package init(_ channel: Channel, _ state: State, raw: Double? = nil) {
    self.channel = channel
    self.state = state
    self.raw = raw
  }

  /// What the part said, corrected or not, used or not.
  package var asSaid: Double? {
    if let raw { return raw }
    if case .value(let value, _, _) = state { return value }
    return nil
  }

  /// The value where there is one and it may be used.
  package var usable: Double? {
    if case .value(let value, .ok, _) = state { value } else { nil }
  }
}
