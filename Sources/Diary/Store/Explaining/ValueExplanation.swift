package import Readings

/// One slot value's whole way, from what a part said to how it compares.
///
/// Everything is worked out anew from what was read, and set beside what the diary holds.
package struct ValueExplanation: Hashable, Sendable {
  package var person: Person
  package var key: SlotKey
  package var channel: Channel
  /// Nil for a channel of the air.
  package var site: Site?
  /// What the diary holds; nil where it holds nothing.
  package var stored: SlotValue?
  package var derived: DerivedSlotValue?
  /// Every session of the slot, the one that stands for it first.
  package var sessions: [Candidate]
  /// The touches of the session that stands, at this site and with this channel only.
  package var touches: [TouchExplanation]
  /// The air of a slot's window, for a channel of the air.
  package var air: AirWindow?
  package var checks: [Check]
  package var limits: LimitsInForce
  package var epoch: EpochThen?
  /// The least scale a deviation is measured against, in the channel's unit.
  package var floor: Double
  package var week: Comparison
  package var baseline: Comparison
  package var restamps: [Restamp]

  /// A session of the slot, and what it came to at this site in this channel.
  package struct Candidate: Hashable, Sendable {
    package var sessionID: Int64
    package var started: Stamp
    package var verdict: TapSession.Verdict
    /// Touches that count, and all of them, at this site in this channel.
    package var accepted: Int
    package var touches: Int
    package var value: Double?
    package var spread: Double?
  }

  /// Whether what is stored is not what is worked out anew.
  package var differs: Bool {
    // Samples that are no longer kept leave nothing to compare with.
    if air?.isGone == true { return false }
    guard let stored, let derived else { return (stored == nil) != (derived == nil) }
    return !near(stored.value, derived.value) || !near(stored.spread, derived.spread)
      || stored.count != derived.count || stored.quality != derived.quality
      || stored.reason != derived.reason || !stored.normalised.isSame(as: derived.normalised)
  }
}

/// Whether two numbers are the same but for what another board's mathematics may do to the last
/// digits.
func near(_ a: Double?, _ b: Double?) -> Bool {
  guard let a, let b else { return a == b }
  return a == b || (a - b).magnitude <= 1e-9 * max(1, a.magnitude)
}

extension NormalisedValue {
  fileprivate func isSame(as other: NormalisedValue) -> Bool {
    near(mean7, other.mean7) && near(z7, other.z7) && near(z30, other.z30)
      && n7 == other.n7 && n30 == other.n30 && baseline == other.baseline
  }
}

/// What a slot's value is when it is worked out anew.
package struct DerivedSlotValue: Hashable, Sendable {
  package var value: Double
  package var spread: Double?
  package var count: Int
  package var quality: Quality
  package var reason: String?
  package var normalised: NormalisedValue
}

/// Where a series began anew, and why.
package struct EpochThen: Hashable, Sendable {
  package var number: Int64
  package var began: Timestamp
  package var cause: String
  package var clock: ClockTrust
}

/// The values another one is compared with, and how.
package struct Comparison: Hashable, Sendable {
  /// Those it is compared with, by date.
  package var values: [DatedValue]
  /// Days whose value is not among them, and why.
  package var leftOut: [LeftOut]
  /// Values there must be before a deviation is given.
  package var needed: Int
  package var median: Double?
  /// The median absolute deviation from the median.
  package var deviation: Double?
  /// What the difference is divided by: 1.4826 times that deviation, or the floor.
  package var scale: Double?
  /// Nil below `needed` values.
  package var z: Double?

  package struct DatedValue: Hashable, Sendable {
    package var date: LocalDate
    package var value: Double
  }

  package struct LeftOut: Hashable, Sendable {
    package var date: LocalDate
    package var why: Why
  }

  package enum Why: Hashable, Sendable {
    /// Its quality is not ok; the check it failed, where that is known.
    case quality(Quality, reason: String?)
    /// It belongs to another epoch of the series.
    case epoch(Int64)
    /// Nothing was tapped that counts.
    case missing(TapSession.Verdict?)
  }
}

/// The samples of the air that a slot's value is the mean of.
package struct AirWindow: Hashable, Sendable {
  package var from: Timestamp
  package var to: Timestamp
  package var samples: Int
  package var least: Double?
  package var greatest: Double?
  /// Samples that are not in the mean, by the reason.
  package var leftOut: [String: Int]
  /// Whether its samples are gone, and only what was worked out from them is left.
  package var isGone: Bool
}
