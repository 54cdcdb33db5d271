package import Curves
package import Readings

/// What an alarm is about.
package enum AlarmKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// The readings since do not bear it out.
  case quiet
  /// A level that moved slowly.
  case drift
  /// A level that is another from one day to the next.
  case shift
  /// All curves of one part moved on the same day: the instrument, not the skin.
  case deviceJump
  /// A change, of which kind is not clear.
  case undecided
}

/// A change of one curve that an alarm is about.
package struct CurveChange: Hashable, Sendable {
  /// The curve's name: `skin.moisture at cheek`.
  package var curve: String
  /// Its unit; empty for an index.
  package var unit: String
  /// How sure it is that this curve changed, 0 to 1.
  package var probability: Double
  /// In the person's own SD of one reading; of a drift, once it is complete.
  package var sizeSD: Estimate
  /// The same in the curve's unit.
  package var size: Estimate
}

/// Something that changed, as it was noticed and as it looks since.
package struct Alarm: Hashable, Sendable {
  /// The curve in which it is clearest.
  package var curve: String
  package var kind: AlarmKind
  /// Of quiet, drift, shift and device jump; they sum to 1.
  package var probabilities: [AlarmKind: Double]
  /// The evening on which it was noticed, from what was known then.
  package var noticedOn: LocalDate
  /// The last day whose readings the kind, the dates and the sizes rest on.
  package var judgedUpTo: LocalDate
  /// The likeliest first day, between the ends of a 90 % interval.
  package var began: (earliest: LocalDate, likely: LocalDate, latest: LocalDate) {
    (beganEarliest, beganLikely, beganLatest)
  }
  package var beganEarliest: LocalDate
  package var beganLikely: LocalDate
  package var beganLatest: LocalDate
  package var sizeSD: Estimate
  /// In the curve's unit.
  package var size: Estimate
  /// Whether a season would explain it as well: two years were not seen yet.
  package var mayBeSeason = false
  /// Readings that the judgement rests on.
  package var readings: Int
  /// What it was adjusted for.
  package var adjustedFor: [String]
  /// All curves that were watched then, the clearest first.
  package var changes: [CurveChange]
  /// One line for a person, without a full stop.
  package var sentence: String
}

/// What came of watching a history.
package struct WatchReport: Sendable {
  /// In the order in which they were noticed.
  package var alarms: [Alarm]
  package var watched: [Watched]
  /// Curves of which nothing can be said, and why.
  package var silences: [(curve: String, silence: Silence)]
  /// False alarms a year that the limits were made for, over all curves and detectors.
  package var budgetPerYear: Double

  /// A curve, and since when it is watched.
  package struct Watched: Hashable, Sendable {
    package var curve: String
    package var since: LocalDate
    package var daysWatched: Int
    /// The person's own SD of one reading, in the curve's unit.
    package var deviation: Double
    /// Correlation of the wandering part over a day.
    package var perDay: Double
    /// The wandering part's share of the variance.
    package var share: Double
  }
}
