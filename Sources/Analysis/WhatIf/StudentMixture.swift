internal import Curves
internal import Numerics

/// An average of Student's t over models, each with its weight.
struct StudentMixture {
  struct Part {
    var weight: Double
    var mean: Double
    var scale: Double
    var df: Double
  }

  let parts: [Part]

  /// Weights need not sum to 1.
  init(_ parts: [Part]) {
    let total = parts.reduce(0) { $0 + $1.weight }
    self.parts = parts.map {
      var part = $0
      part.weight /= total
      return part
    }
  }

  var mean: Double { parts.reduce(0) { $0 + $1.weight * $1.mean } }

  var variance: Double {
    let mean = mean
    return parts.reduce(0) { sum, part in
      let away = part.mean - mean
      return sum + part.weight * (part.scale * part.scale + away * away)
    }
  }

  /// About the same mean, so many times as wide.
  func widened(by factor: Double) -> StudentMixture {
    let mean = mean
    return StudentMixture(
      parts.map {
        Part(
          weight: $0.weight, mean: mean + factor * ($0.mean - mean), scale: factor * $0.scale,
          df: $0.df)
      })
  }

  func estimate(level: Double) -> Estimate {
    Estimate(
      value: mean, low: quantile((1 - level) / 2), high: quantile((1 + level) / 2), level: level)
  }

  private func cdf(_ x: Double) -> Double {
    parts.reduce(0) { sum, part in
      guard part.scale > 0 else { return sum + (x >= part.mean ? part.weight : 0) }
      let below = Self.cdf((x - part.mean) / part.scale, df: part.df)
      return sum + part.weight * below
    }
  }

  /// Student's t by a normal deviate: with 60 degrees of freedom and more, right to 1e-5.
  ///
  /// Source: D. Wallace, "Bounds on normal approximations to Student's and the chi-square
  /// distributions", Ann. Math. Statist. 30, 1959.
  static func cdf(_ t: Double, df: Double) -> Double {
    let size = (df * (1 + t * t / df).logarithm).squareRoot() * (8 * df + 1) / (8 * df + 3)
    return StandardNormal.cdf(t < 0 ? -size : size)
  }

  /// By bisection.
  private func quantile(_ p: Double) -> Double {
    var low = parts.map { $0.mean - 12 * $0.scale }.min() ?? 0
    var high = parts.map { $0.mean + 12 * $0.scale }.max() ?? 0
    for _ in 0..<32 {
      let middle = (low + high) / 2
      if cdf(middle) < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
