internal import Mathematics

/// How a person's readings wander by themselves: an AR(1) part, readings' own noise, and a slow level.
///
/// All variances are relative to the fast variance, that of the AR(1) part and the noise together.
package struct Noise: Hashable, Sendable, Codable {
  /// Correlation of the AR(1) part over one day, 0 to below 1.
  package var perDay: Double
  /// The AR(1) part's share of the fast variance, 0 to 1.
  package var share: Double
  /// Variance of the slow level, relative to the fast variance.
  package var slow: Double

  /// Over so many days the slow level keeps 1/e of itself.
  package static let slowDays = 45.0

  package init(perDay: Double, share: Double, slow: Double = 0) {
    self.perDay = perDay
    self.share = share
    self.slow = slow
  }

  /// The correlation of the AR(1) part over so many days.
  package func correlation(days: Double) -> Double { perDay.power(days) }
}
