internal import Readings
package import Curves
internal import Mathematics

/// How fast a product's uplift fades, for `uplift = peak · 2^(−t / halfLife)`.
///
/// No curve is fitted and no shape of the interval assumed. For a fading rate tried, the combination of
/// an application's readings that is zero on average if that is the true rate is tested by t; the
/// interval holds every rate that is not refused (as Fieller does for a ratio). An error of the baseline,
/// which all readings of an application share, is weighted down.
package enum HalfLife {
  /// Fewer applications with an untreated site say nothing.
  package static let least = 6
  /// The half-lives tried, in hours; an interval that reaches beyond them is not stated.
  package static let shortest = 0.25
  package static let longest = 32.0
  private static let steps = 64

  /// The half-life in hours, with its interval.
  ///
  /// - Parameters:
  ///   - applications: of one product.
  ///   - level: of the interval, 0.9 by default.
  /// - Returns: hours.
  /// - Throws: `Silence` with too few applications over an untreated site, no uplift to fade, or an
  ///   interval with an open end.
  package static func estimate(
    of applications: [Application], level: Double = 0.9
  ) throws(Silence) -> Estimate {
    let controlled = applications.filter(\.hasControl)
    let curves = controlled.compactMap { application -> [UpliftPoint]? in
      // An application that has no baseline adds nothing.
      guard let points = try? application.uplift(), points.count >= 2 else { return nil }
      return points
    }
    guard curves.count >= least else {
      throw Silence(
        "\(curves.count) applications were read beside an untreated site; "
          + "the half-life needs at least \(least)",
        "在未涂抹部位旁读过 \(curves.count) 次涂抹，半衰期至少需要 \(least) 次")
    }
    guard isLifted(curves, level: level) else {
      throw Silence(
        "no uplift over the untreated site, so nothing that could fade", "与未涂抹部位相比没有提升，也就谈不上消退")
    }
    let refusal = Refusal(curves: curves, level: level)
    let tried = (0...steps).map { step in
      shortest * (longest / shortest).power(Double(step) / Double(steps))
    }
    let excess = tried.map(refusal.excess)
    guard let first = excess.firstIndex(where: { $0 <= 0 }),
      let last = excess.lastIndex(where: { $0 <= 0 })
    else { throw Silence("the uplift does not fade by halves", "提升并不按半衰规律消退") }
    if last == steps {
      throw Silence(
        "it fades too slowly to be told: \(bound(tried, first))", "消退太慢，无法得出半衰期")
    }
    if first == 0 { throw Silence("it fades faster than the readings can show", "消退太快，读数来不及显示") }
    guard excess[first...last].allSatisfy({ $0 <= 0 }) else {
      throw Silence("the readings fit more than one half-life", "读数与不止一个半衰期相符")
    }
    let value = refusal.root(between: tried[first - 1], and: tried[last + 1])
    return Estimate(
      value: value, low: refusal.edge(out: tried[first - 1], in: tried[first]),
      high: refusal.edge(out: tried[last + 1], in: tried[last]), level: level)
  }

  private static func bound(_ tried: [Double], _ first: Int) -> String {
    first == 0
      ? "any half-life fits" : "a half-life below \(decimal(tried[first], 1)) h does not fit"
  }

  /// Whether the mean of the applications' uplifts is above zero at this level.
  private static func isLifted(_ curves: [[UpliftPoint]], level: Double) -> Bool {
    let means = curves.compactMap { Robust.mean($0.map(\.uplift)) }
    guard let mean = Robust.mean(means), let deviation = Robust.deviation(means) else {
      return false
    }
    let quantile = StudentT(df: Double(means.count - 1)).quantile((1 + level) / 2)
    return mean > quantile * deviation / Double(means.count).squareRoot()
  }
}

/// The t-test of one half-life after the other.
private struct Refusal {
  /// The applications' uplifts, by the hours at which they were read.
  private let groups: [(hours: [Double], uplifts: [[Double]])]
  private let count: Double
  private let quantile: Double

  init(curves: [[UpliftPoint]], level: Double) {
    let byHours = Dictionary(grouping: curves) { $0.map(\.hours) }
    groups = byHours.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { hours, curves in
      (hours, curves.map { $0.map(\.uplift) })
    }
    count = Double(curves.count)
    quantile = StudentT(df: count - 1).quantile((1 + level) / 2)
  }

  /// How far the test of this half-life is beyond its limit, in t; above zero it is refused.
  func excess(_ halfLife: Double) -> Double {
    let (mean, error) = moments(halfLife)
    return error > 0 ? abs(mean) / error - quantile : (mean == 0 ? -quantile : 1)
  }

  /// The half-life whose combination is zero, between one that is too short and one too long.
  func root(between short: Double, and long: Double) -> Double {
    var (low, high) = (short.logarithm, long.logarithm)
    let sign = moments(short).mean > 0
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if (moments(middle.exponential).mean > 0) == sign { low = middle } else { high = middle }
    }
    return ((low + high) / 2).exponential
  }

  /// Where the interval ends, between a half-life that is refused and one that is not.
  func edge(out: Double, in inside: Double) -> Double {
    var (refused, kept) = (out.logarithm, inside.logarithm)
    for _ in 0..<40 {
      let middle = (refused + kept) / 2
      if excess(middle.exponential) > 0 { refused = middle } else { kept = middle }
    }
    return kept.exponential
  }

  /// Mean and standard error of the applications' combinations.
  private func moments(_ halfLife: Double) -> (mean: Double, error: Double) {
    let rate = 2.0.logarithm / halfLife
    var (sum, squares) = (0.0, 0.0)
    for (hours, uplifts) in groups {
      let weights = Self.combination(hours, rate)
      for uplift in uplifts {
        var value = 0.0
        for index in weights.indices { value += weights[index] * uplift[index] }
        sum += value
        squares += value * value
      }
    }
    let mean = sum / count
    let variance = max(0, squares - sum * mean) / (count - 1)
    return (mean, (variance / count).squareRoot())
  }

  /// What an application's slope in the rate weighs its readings by, beyond its height: with these
  /// weights an uplift of the true rate is zero on average.
  private static func combination(_ hours: [Double], _ rate: Double) -> [Double] {
    let shape = hours.map { (-rate * $0).exponential }
    let slope = zip(hours, shape).map { $0 * $1 }
    let height = product(slope, shape) / product(shape, shape)
    let contrast = zip(slope, shape).map { $0 - height * $1 }
    let shared = contrast.reduce(0, +) / Double(1 + contrast.count)
    return contrast.map { $0 - shared }
  }

  /// In the metric of errors that share the baseline's: `I − 11ᵀ / (1 + n)`.
  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    var (sum, one, other) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      sum += x * y
      one += x
      other += y
    }
    return sum - one * other / Double(1 + a.count)
  }
}
