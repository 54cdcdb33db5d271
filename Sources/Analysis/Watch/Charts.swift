/// A two-sided CUSUM chart of standardised values.
///
/// Source: E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954. Untuned (k 0.5, h 5) it
/// is for independent values only: on a person's readings it alarms several times a quiet year.
package struct CUSUM: Sendable {
  /// What each value may exceed for nothing: half the shift that is looked for.
  package var allowance: Double
  /// The sum that is an alarm.
  package var limit: Double
  package private(set) var above = 0.0
  package private(set) var below = 0.0

  package init(allowance: Double = 0.5, limit: Double = 5) {
    self.allowance = allowance
    self.limit = limit
  }

  /// Takes one value in; the sums begin anew after an alarm.
  ///
  /// - Returns: whether it is an alarm.
  package mutating func add(_ value: Double) -> Bool {
    above = max(0, above + value - allowance)
    below = max(0, below - value - allowance)
    guard max(above, below) > limit else { return false }
    (above, below) = (0, 0)
    return true
  }
}

/// An exponentially weighted moving average of standardised values, with limits that widen as it fills.
///
/// Source: S. W. Roberts, "Control chart tests based on geometric moving averages", Technometrics 1,
/// 1959.
package struct EWMA: Sendable {
  package var weight: Double
  /// The limit, in the average's own SD.
  package var limit: Double
  package private(set) var average = 0.0
  private var forgotten = 1.0

  package init(weight: Double = 0.1, limit: Double = 2.7) {
    self.weight = weight
    self.limit = limit
  }

  /// Takes one value in; the average begins anew after an alarm.
  ///
  /// - Returns: whether it is an alarm.
  package mutating func add(_ value: Double) -> Bool {
    average += weight * (value - average)
    forgotten *= (1 - weight) * (1 - weight)
    let variance = weight / (2 - weight) * (1 - forgotten)
    guard abs(average) > limit * variance.squareRoot() else { return false }
    (average, forgotten) = (0, 1)
    return true
  }
}
