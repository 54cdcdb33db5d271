internal import Curves
internal import Mathematics
internal import StateSpace

/// A parabola in humidity, with what PM2.5 does to it, fitted to one outcome.
struct BellFit {
  /// Slope, square and PM2.5's shift of the slope, per ten %RH about the centre.
  let regression: AveragedRegression
  /// %RH.
  let centre: Double
  let seen: ClosedRange<Double>
  let readings: Int
  let adjustedFor: [String]
  private let hasParticles: Bool

  init(_ curve: Curve, _ history: History) throws(Silence) {
    guard let humidity = history.air("air.humidity") else {
      throw Silence("the station measures no humidity", "本站不测湿度")
    }
    let places = try Self.places(curve, humidity)
    let values = places.compactMap { humidity.values[$0] }
    guard let centre = Robust.median(values), let low = Robust.quantile(values, 0.05),
      let high = Robust.quantile(values, 0.95), high - low > 5
    else { throw Silence("the humidity hardly changed", "湿度几乎没有变化") }
    let tens = values.map { ($0 - centre) / 10 }
    var asked = [
      Regressor(name: "humidity", values: tens, expected: 2),
      Regressor(name: "humidity", values: tens.map { $0 * $0 }, expected: 2),
    ]
    var left: Set = ["air.humidity"]
    var adjusted: [Regressor] = []
    if let particles = history.air("air.pm2_5"),
      let standard = Adjustments.standardised(particles, places)
    {
      left.insert("air.pm2_5")
      asked.append(
        Regressor(name: "shift", values: zip(tens, standard).map { $0 * $1 }, expected: 1))
      adjusted.append(Regressor(name: "air.pm2_5", values: standard, expected: 0.5))
    }
    adjusted += Adjustments(history: history, curve: curve, places: places)
      .regressors(withoutAir: left)
    guard
      let regression = AveragedRegression(
        places: places, values: places.compactMap { curve.values[$0] }, asked: asked,
        adjusted: adjusted)
    else {
      throw Silence(
        "all readings of \(curve.name) are the same", "\(curve.chineseName)的读数全都相同")
    }
    self.regression = regression
    self.centre = centre
    seen = low...high
    readings = places.count
    hasParticles = asked.count == 3
    adjustedFor = adjusted.names
  }

  /// Where both were read.
  private static func places(_ curve: Curve, _ humidity: AirCurve) throws(Silence) -> [Int] {
    let places = curve.values.indices.filter {
      curve.values[$0] != nil && humidity.values[$0] != nil
    }
    let days = Set(places.map(Grid.day)).count
    guard days >= HumidityAnalysis.leastDays else {
      throw Silence(
        "\(days) days with \(curve.name) and the air's humidity; "
          + "\(HumidityAnalysis.leastDays) are needed",
        "同时有\(curve.chineseName)与空气湿度的日子为 \(days) 天，"
          + "需要 \(HumidityAnalysis.leastDays) 天")
    }
    return places
  }

  /// The slope of the parabola at a humidity, with its standard error.
  private func slope(at humidity: Double) -> (value: Double, error: Double) {
    let x = (humidity - centre) / 10
    let v = regression.covariance
    return (
      regression.means[0] + 2 * x * regression.means[1],
      (v[0, 0] + 4 * x * v[0, 1] + 4 * x * x * v[1, 1]).squareRoot()
    )
  }

  /// The larger p of two tests: up at the dry end, and down at the damp end.
  ///
  /// Source: J. Lind and H. Mehlum, "With or without U?", Oxf. Bull. Econ. Stat. 72 (2010) 109.
  var pTwoSided: Double {
    let (dry, damp) = (slope(at: seen.lowerBound), slope(at: seen.upperBound))
    let t = StudentT(df: regression.df)
    return max(1 - t.cdf(dry.value / dry.error), t.cdf(damp.value / damp.error))
  }

  /// By how much one SD more of PM2.5 moves the optimum, in %RH, and the p-value of no move.
  func shift(t: Double) -> (Estimate?, Double?) {
    guard hasParticles else { return (nil, nil) }
    let v = regression.covariance
    let (b2, b3) = (regression.means[1], regression.means[2])
    let p = 2 * (1 - StudentT(df: regression.df).cdf(abs(b3) / v[2, 2].squareRoot()))
    let ends = Fieller.interval(
      a: b3, b: -2 * b2, varianceA: v[2, 2], varianceB: 4 * v[1, 1], covariance: -2 * v[1, 2],
      t: t)
    return (
      ends.map { Estimate(value: 10 * b3 / (-2 * b2), low: 10 * $0.low, high: 10 * $0.high) }, p
    )
  }

  /// Humidities whose loss from the optimum stays below `loss` own SD at the interval's level.
  func zone(loss: Double, t: Double) -> ClosedRange<Double>? {
    let v = regression.covariance
    let (b1, b2) = (regression.means[0], regression.means[1])
    let best = -b1 / (2 * b2)
    let good = stride(from: seen.lowerBound, through: seen.upperBound, by: 0.5).filter {
      let x = ($0 - centre) / 10
      let (d1, d2) = (best - x, best * best - x * x)
      let variance = d1 * d1 * v[0, 0] + 2 * d1 * d2 * v[0, 1] + d2 * d2 * v[1, 1]
      return b1 * d1 + b2 * d2 + t * max(variance, 0).squareRoot() < loss
    }
    guard let first = good.first, let last = good.last else { return nil }
    return first...last
  }
}
