internal import Mathematics
internal import Curves

/// How a person's readings wander by themselves from one place of the grid to the next.
///
/// A level that walks, a part that comes back (AR(1)), and each reading's own noise. Variances are
/// in the square of the curve's unit.
package struct Wander: Hashable, Sendable, Codable {
  /// Correlation of the returning part from a place of the grid to the next, 0 to below 1.
  package var kept: Double
  /// Variance of the returning part.
  package var returning: Double
  /// By how much the level's variance grows from a place to the next.
  package var walk: Double
  /// Variance of each reading's own noise.
  package var noise: Double

  package init(kept: Double, returning: Double, walk: Double, noise: Double) {
    self.kept = kept
    self.returning = returning
    self.walk = walk
    self.noise = noise
  }

  /// Correlation of the returning part over a day.
  package var keptPerDay: Double { kept.power(Double(Grid.perDay)) }

  /// The same, all variances times a factor.
  package func scaled(by factor: Double) -> Wander {
    Wander(
      kept: kept, returning: returning * factor, walk: walk * factor, noise: noise * factor)
  }
}
