import Curves
import Mathematics
import Watch

/// What is done without a model of the wandering: daily means, standardised by the first three months.
struct NaiveWatch {
  /// Days that the mean and the SD come from.
  static let learned = 90
  static let names = ["CUSUM 0.5/5", "EWMA 0.1/2.7", "BOCPD 1/180"]

  private let values: [(day: Int, z: Double)]

  init(_ curve: Curve) {
    let days = (0..<(curve.values.count / Grid.perDay)).compactMap { day -> (Int, Double)? in
      let read = (0..<Grid.perDay).compactMap { curve.values[day * Grid.perDay + $0] }
      return Robust.mean(read).map { (day, $0) }
    }
    let first = days.filter { $0.0 < Self.learned }.map(\.1)
    let (mean, deviation) = (Robust.mean(first) ?? 0, Robust.deviation(first) ?? 1)
    values = days.filter { $0.0 >= Self.learned }.map { ($0.0, ($0.1 - mean) / deviation) }
  }

  /// The days of each method's alarms, in the order of the names.
  var alarms: [[Int]] {
    var cusum = CUSUM()
    var ewma = EWMA()
    var bocpd = BOCPD()
    return [
      values.filter { cusum.add($0.z) }.map(\.day),
      values.filter { ewma.add($0.z) }.map(\.day),
      values.filter { bocpd.add($0.z) }.map(\.day),
    ]
  }
}

/// Bayesian online change points for independent normal values with a normal-inverse-gamma prior.
///
/// Source: R. P. Adams and D. J. C. MacKay, "Bayesian online changepoint detection", 2007.
struct BOCPD {
  private struct Run {
    var weight: Double
    var count = 0.0
    var mean = 0.0
    /// Shape and scale of the variance.
    var alpha = 1.0
    var beta = 1.0
  }
  private static let hazard = 1.0 / 180
  /// The likeliest run is shorter than this at an alarm, in values.
  private static let short = 15
  private var runs = [Run(weight: 1)]
  private var since = 0

  /// Takes a value in.
  ///
  /// - Returns: whether the likeliest run has become a short one.
  mutating func add(_ value: Double) -> Bool {
    var next = [Run(weight: 0)]
    var fresh = 0.0
    for run in runs {
      let kappa = run.count + 1
      let scale = (run.beta * (kappa + 1) / (run.alpha * kappa)).squareRoot()
      let t = (value - run.mean) / scale
      let df = 2 * run.alpha
      let log =
        logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * (df * Double.pi).logarithm
        - scale.logarithm - (df + 1) / 2 * (1 + t * t / df).logarithm
      let weight = run.weight * log.exponential
      fresh += weight * Self.hazard
      let distance = value - run.mean
      next.append(
        Run(
          weight: weight * (1 - Self.hazard), count: run.count + 1,
          mean: run.mean + distance / (kappa + 1), alpha: run.alpha + 0.5,
          beta: run.beta + 0.5 * kappa / (kappa + 1) * distance * distance))
    }
    next[0].weight = fresh
    let total = next.reduce(0) { $0 + $1.weight }
    for index in next.indices { next[index].weight /= total }
    runs = next.filter { $0.weight > 1e-6 || $0.count == 0 }
    since += 1
    let likeliest = runs.max { $0.weight < $1.weight }?.count ?? 0
    guard since > 2 * Self.short, Int(likeliest) < Self.short else { return false }
    since = Int(likeliest)
    return true
  }
}
