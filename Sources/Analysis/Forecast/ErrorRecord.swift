internal import Mathematics

/// How one method's forecasts, so far ahead, came out so far.
struct ErrorRecord {
  private(set) var count = 0
  private var weight = 0.0
  private var absolute = 0.0
  private var squares = 0.0
  /// Old errors count less: about a hundred readings matter.
  private static let kept = 0.99

  mutating func learn(_ error: Double) {
    count += 1
    weight = Self.kept * weight + 1
    absolute = Self.kept * absolute + error.magnitude
    squares = Self.kept * squares + error * error
  }

  /// Of late; nil before the first.
  var meanAbsolute: Double? { weight > 0 ? absolute / weight : nil }

  /// Of late, drawn towards `opening` while there are few.
  func deviation(opening: Double) -> Double {
    ((squares + 5 * opening * opening) / (weight + 5)).squareRoot()
  }
}

/// The score of a method over all readings that it foretold.
struct ScoreSum {
  private(set) var count = 0
  private var absolute = 0.0
  private var weekAbsolute = 0.0
  private var weekCount = 0
  private var crps = 0.0
  private var within80 = 0
  private var within90 = 0

  mutating func learn(error: Double, deviation: Double, within80 in80: Bool, within90 in90: Bool) {
    count += 1
    absolute += error.magnitude
    crps += Self.crps(error, deviation)
    if in80 { within80 += 1 }
    if in90 { within90 += 1 }
  }

  mutating func learnOfWeek(_ error: Double) {
    weekCount += 1
    weekAbsolute += error.magnitude
  }

  /// The score of a normal forecast.
  ///
  /// Source: T. Gneiting and A. Raftery, J. Am. Statist. Ass. 102 (2007), section 4.2.
  static func crps(_ error: Double, _ deviation: Double) -> Double {
    let z = error / deviation
    return deviation
      * (z * (2 * StandardNormal.cdf(z) - 1) + 2 * StandardNormal.density(z)
        - 1 / Double.pi.squareRoot())
  }

  /// Mean errors over those of another.
  func score(_ method: ForecastMethod, over naive: ScoreSum) -> ForecastScore {
    let all = Double(max(count, 1))
    let week = naive.weekAbsolute > 0 ? weekAbsolute / naive.weekAbsolute : .infinity
    return ForecastScore(
      method: method, count: count,
      mase: naive.absolute > 0 ? absolute / naive.absolute : .infinity, weekMASE: week,
      crps: crps / all, coverage80: Double(within80) / all, coverage90: Double(within90) / all)
  }
}
