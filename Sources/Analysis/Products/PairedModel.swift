internal import Mathematics

/// A regression of what each pair came to on a constant, the side, and the difference of baselines.
///
/// The constant is the mean over both sides, at equal baselines. A side's baseline is read with error,
/// and that error enters its uplift with the other sign; the regression takes back as much of it as
/// the pairs show (analysis of covariance; A. Vickers and D. Altman, BMJ 323, 2001).
struct PairedModel: Sendable {
  /// Pairs from which the difference of baselines is in the model: fixed beforehand, not by what is
  /// found.
  static let baselineFrom = 10

  /// Degrees of freedom of the residuals.
  let df: Int
  /// The constant's variance, in residual variances.
  let inflation: Double
  /// Whether the difference of baselines is in the model.
  let hasBaseline: Bool
  /// What each pair adds to the constant.
  private let weights: [Double]
  private let design: Matrix
  private let inverse: Matrix

  /// Nil where the sides never changed, or too few pairs are left.
  init?(_ pairs: [PairOutcome], adjusted: Bool = true) {
    var columns = [Array(repeating: 1.0, count: pairs.count)]
    if adjusted {
      columns.append(pairs.map { $0.firstIsLeft ? 1 : -1 })
      if pairs.count >= Self.baselineFrom {
        let differences = pairs.map(\.baselineDifference)
        // Baselines that never differ say nothing.
        if (differences.max() ?? 0) - (differences.min() ?? 0) > 1e-9 {
          columns.append(differences)
        }
      }
    }
    let design = Matrix(columns: columns)
    guard pairs.count > design.columns, let factor = Cholesky(design.gram) else { return nil }
    let inverse = factor.inverse
    guard inverse.elements.allSatisfy(\.isFinite), inverse[0, 0] < 1e6 else { return nil }
    weights = design.times(inverse.column(0))
    df = pairs.count - design.columns
    inflation = inverse[0, 0]
    hasBaseline = design.columns > 2
    self.design = design
    self.inverse = inverse
  }

  /// The constant.
  func mean(_ outcomes: [Double]) -> Double {
    var sum = 0.0
    for (weight, outcome) in zip(weights, outcomes) { sum += weight * outcome }
    return sum
  }

  /// The residuals' mean product of two outcomes, by the degrees of freedom.
  func covariance(_ one: [Double], _ other: [Double]) -> Double {
    let (a, b) = (residuals(one), residuals(other))
    var sum = 0.0
    for (x, y) in zip(a, b) { sum += x * y }
    return sum / Double(df)
  }

  /// The constant, its standard error and its t quantile at a two-sided level.
  func contrast(_ outcomes: [Double], level: Double) -> Contrast {
    let error = (covariance(outcomes, outcomes) * inflation).squareRoot()
    return Contrast(
      value: mean(outcomes), error: error,
      quantile: StudentT(df: Double(df)).quantile((1 + level) / 2), df: df)
  }

  private func residuals(_ outcomes: [Double]) -> [Double] {
    let y = Matrix(rows: outcomes.count, columns: 1, elements: outcomes)
    let fitted = design * (inverse * design.transposedTimes(y))
    return zip(outcomes, fitted.elements).map { $0 - $1 }
  }
}

/// A mean with its standard error.
struct Contrast: Sendable {
  var value: Double
  var error: Double
  /// Student's t at the interval's level.
  var quantile: Double
  var df: Int

  var low: Double { value - quantile * error }
  var high: Double { value + quantile * error }
  var excludesZero: Bool { low > 0 || high < 0 }

  /// The probability of a mean this far above zero, or further, where there is none.
  var pAbove: Double {
    guard error > 0 else { return value > 0 ? 0 : 1 }
    return StudentT(df: Double(df)).cdf(-value / error)
  }
}
