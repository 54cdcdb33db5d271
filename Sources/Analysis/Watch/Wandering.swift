internal import Curves
internal import Mathematics
internal import Readings

/// How one curve wanders by itself: an AR(1) part and each reading's own noise, of variance 1 together.
///
/// A filter over the grid of half days turns readings into one-step surprises of variance 1.
struct Wandering: Hashable, Sendable {
  /// Correlation of the AR(1) part over one day, 0 to below 1.
  var perDay: Double
  /// The AR(1) part's share of the variance.
  var share: Double
  /// How much of a day's loss of correlation falls between morning and evening: 0 where both
  /// readings share the day's state, 0.5 where the state moves evenly.
  var withinDay: Double

  /// The variance of one reading's own noise.
  var white: Double { max(1 - share, 1e-3) }

  /// What is kept of the AR(1) part from a place to the next.
  func kept(after place: Int) -> Double {
    switch Grid.slot(place) {
    case .morning: withinDay == 0 ? 1 : perDay.power(withinDay)
    case .evening: perDay.power(1 - withinDay)
    }
  }
}

/// The filter's variance as it runs over the places; the same for whatever is filtered.
struct Steps: Sendable {
  /// What a place asks of every filtered series.
  struct Step: Sendable {
    /// One over the surprise's SD.
    var precision: Double
    /// How far the state follows a surprise.
    var follow: Double
    /// What of the state is kept until the next place.
    var kept: Double
  }

  private let keeps: (morning: Double, evening: Double)
  private let white: Double
  private let share: Double
  private var variance: Double

  init(_ wandering: Wandering) {
    keeps = (wandering.kept(after: 0), wandering.kept(after: 1))
    white = wandering.white
    share = wandering.share
    variance = wandering.share
  }

  /// The step of a place that has a reading, or of one that has none.
  mutating func next(_ place: Int, isRead: Bool) -> Step {
    let kept = place.isMultiple(of: Grid.perDay) ? keeps.morning : keeps.evening
    let total = variance + white
    let follow = isRead ? variance / total : 0
    variance = kept * kept * (variance - follow * variance) + share * (1 - kept * kept)
    return Step(precision: 1 / total.squareRoot(), follow: follow, kept: kept)
  }
}

/// Filters one series: what a reading says beyond what was expected.
struct Surprises: Sendable {
  private var state = 0.0

  /// The surprise at a place, in its SD.
  mutating func next(_ value: Double, _ step: Steps.Step) -> Double {
    let surprise = value - state
    state = step.kept * (state + step.follow * surprise)
    return surprise * step.precision
  }

  /// A place without a reading.
  mutating func skip(_ step: Steps.Step) { state *= step.kept }
}
