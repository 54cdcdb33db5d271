internal import Mathematics

/// How many split-face applications a trial needs.
///
/// Exact for normal data: the noncentral t for a difference, the same integral for equivalence.
package enum TrialPower {
  /// More than this is no plan.
  package static let most = 2000

  /// The probability that the interval at `level` excludes zero, for a true difference `gap`.
  ///
  /// - Parameters:
  ///   - gap: in the channel's unit.
  ///   - deviation: standard deviation of a pair's difference, in the unit of `gap`.
  ///   - pairs: how many split-face applications.
  ///   - level: of the interval.
  ///   - parameters: what the model estimates beside the residual: 1 for a plain paired t-test,
  ///     2 with the side, 3 with the side and the baselines.
  /// - Returns: 0 where there are too few pairs for an interval.
  package static func difference(
    gap: Double, deviation: Double, pairs: Int, level: Double = 0.9, parameters: Int = 1
  ) -> Double {
    guard pairs > parameters, deviation > 0 else { return 0 }
    let df = Double(pairs - parameters)
    let t = StudentT(df: df).quantile((1 + level) / 2)
    let shift = abs(gap) / deviation * Double(pairs).squareRoot()
    return NoncentralT(df: df, shift: shift).above(t) + NoncentralT(df: df, shift: -shift).above(t)
  }

  /// The probability that two equal products are found equal within `margin`.
  package static func equivalence(
    margin: Double, deviation: Double, pairs: Int, level: Double = 0.9, parameters: Int = 1
  ) -> Double {
    guard pairs > parameters, deviation > 0 else { return 0 }
    let df = Double(pairs - parameters)
    let t = StudentT(df: df).quantile((1 + level) / 2)
    let width = margin / deviation * Double(pairs).squareRoot()
    return NoncentralT.expectation(df: df) { max(0, 2 * StandardNormal.cdf(width - t * $0) - 1) }
  }

  /// The fewest pairs with that power; nil where more than 2000 are needed.
  package static func pairs(
    forGap gap: Double, deviation: Double, power: Double = 0.8, level: Double = 0.9,
    parameters: Int = 1
  ) -> Int? {
    fewest(above: parameters, power: power) {
      difference(
        gap: gap, deviation: deviation, pairs: $0, level: level, parameters: parameters)
    }
  }

  /// The fewest pairs that show two equal products equal with that power; nil above 2000.
  package static func pairs(
    forMargin margin: Double, deviation: Double, power: Double = 0.8, level: Double = 0.9,
    parameters: Int = 1
  ) -> Int? {
    fewest(above: parameters, power: power) {
      equivalence(
        margin: margin, deviation: deviation, pairs: $0, level: level, parameters: parameters)
    }
  }

  /// By doubling and halving: power grows with the pairs.
  private static func fewest(above few: Int, power: Double, _ reached: (Int) -> Double) -> Int? {
    var (low, high) = (few, 2 * few + 8)
    while reached(high) < power {
      guard high < most else { return nil }
      (low, high) = (high, min(most, 2 * high))
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if reached(middle) >= power { high = middle } else { low = middle }
    }
    return high
  }
}
