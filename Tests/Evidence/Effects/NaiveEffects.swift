import Curves
import Mathematics

/// What simpler methods claim of the same diary: each says whether it claims an effect at 10 %.
struct NaiveEffects {
  /// One value a day: the mean of its readings.
  private let days: [Double?]
  private let doses: [Double]

  init(_ history: History, event: Int = 0) {
    let curve = history.curves[0]
    days = (0..<history.days).map { day in
      Robust.mean((0..<Grid.perDay).compactMap { curve.values[day * Grid.perDay + $0] })
    }
    let tagged = history.events[event].doses
    doses = (0..<history.days).map { day in
      (0..<Grid.perDay).reduce(0) { $0 + tagged[day * Grid.perDay + $1] }
    }
  }

  /// The day after with against without, by Welch's t: what tracking apps do.
  var withAndWithout: Bool {
    var (with, without): ([Double], [Double]) = ([], [])
    for day in 1..<max(days.count, 2) where day < days.count {
      guard let value = days[day] else { continue }
      if doses[day - 1] > 0 { with.append(value) } else { without.append(value) }
    }
    guard let a = Robust.deviation(with), let b = Robust.deviation(without),
      let meanA = Robust.mean(with), let meanB = Robust.mean(without)
    else { return false }
    let error = (a * a / Double(with.count) + b * b / Double(without.count)).squareRoot()
    return abs(meanA - meanB) / error > StandardNormal.quantile(0.95)
  }

  /// Pearson's r at the best of eight lags.
  var bestLag: Bool {
    (0..<8).contains { lag in
      let pairs = (lag..<max(days.count, lag)).compactMap { day in
        days[day].map { (doses[day - lag], $0) }
      }
      guard pairs.count > 5, let x = Robust.mean(pairs.map(\.0)),
        let y = Robust.mean(pairs.map(\.1))
      else { return false }
      var (xy, xx, yy) = (0.0, 0.0, 0.0)
      for (a, b) in pairs {
        xy += (a - x) * (b - y)
        xx += (a - x) * (a - x)
        yy += (b - y) * (b - y)
      }
      guard xx > 0, yy > 0 else { return false }
      let r = xy / (xx * yy).squareRoot()
      let df = Double(pairs.count - 2)
      let t = r * (df / max(1 - r * r, 1e-12)).squareRoot()
      return abs(t) > StudentT(df: df).quantile(0.95)
    }
  }

  /// The kernel that fits best of sixteen, with season and weekday, and HAC errors of seven lags.
  func pickedKernel(first: Int) -> Bool {
    let seen = days.indices.filter { days[$0] != nil }
    let y = seen.compactMap { days[$0] }
    var best: (remainder: Double, t: Double)?
    for delay in 0...3 {
      for tau in [1.0, 2, 3, 5] {
        var sum = 0.0
        let spread = doses.indices.map { day in
          sum *= (-1 / tau).exponential
          if day >= delay { sum += doses[day - delay] }
          return sum
        }
        guard let fit = fit(y, seen.map { spread[$0] }, seen.map { Double(first + $0) }) else {
          continue
        }
        if fit.remainder < best?.remainder ?? .infinity { best = fit }
      }
    }
    return best.map { abs($0.t) > StandardNormal.quantile(0.95) } ?? false
  }

  private func fit(_ y: [Double], _ x: [Double], _ day: [Double]) -> (
    remainder: Double, t: Double
  )? {
    func angle(_ period: Double, _ times: Double = 1) -> [Double] {
      day.map { $0 / period * 2 * Double.pi * times }
    }
    var columns = [x, y.map { _ in 1 }]
    for turns in [angle(365.25), angle(7), angle(7, 2), angle(7, 3)] {
      columns += [turns.map(\.sine), turns.map(\.cosine)]
    }
    guard y.count > 20 else { return nil }
    let design = Matrix(columns: columns)
    guard let fit = HAC(y: y, x: design, lags: 7), fit.covariance[0, 0] > 0 else { return nil }
    let remainder = zip(y, design.times(fit.coefficients)).reduce(0) {
      $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
    }
    return (remainder, fit.coefficients[0] / fit.covariance[0, 0].squareRoot())
  }
}
