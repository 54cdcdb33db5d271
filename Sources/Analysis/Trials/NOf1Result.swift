package import Curves
package import Effects
internal import Readings

/// What the trial's two arms differ by in one outcome.
package struct NOf1Difference: Sendable, Codable {
  /// `skin.moisture at cheek`.
  package var outcome: String
  /// The channel's unit; empty for an index.
  package var unit: String
  /// Days assigned to the event less days assigned to none, in the person's own SD: by assignment,
  /// whether it was kept or not.
  package var difference: Estimate
  /// The person's own SD over the compared readings, in the outcome's unit.
  package var deviation: Double
  /// Compared readings, and the days that have one.
  package var readings: Int
  package var days: Int
  package var adjustedFor: [String]
  /// The share of all orders that show as much; nil before the trial is over.
  package var p: Double?
  /// The same, held to a false-discovery rate over the trial's outcomes.
  package var q: Double?
  /// `randomised` or `none`.
  package var evidence: Evidence

  /// In the outcome's unit.
  package var inUnits: Estimate { difference.scaled(by: deviation) }
}

/// What can be said of one outcome.
package struct NOf1Answer: Sendable {
  package var outcome: String
  package var result: Result<NOf1Difference, Silence>
}

/// What a randomised trial has shown, or has so far.
package struct NOf1Result: Sendable {
  package var plan: NOf1Plan
  package var adherence: Adherence
  /// Blocks that are over, in whole pairs.
  package var blocks: Int
  /// Days until the trial is over; 0 once it is.
  package var daysLeft: Int
  /// One an outcome, in the history's order.
  package var answers: [NOf1Answer]
}
