package import Curves
internal import Mathematics

/// A posterior that is averaged over models: Student's t of each, with its weight.
package struct StudentMixture: Sendable {
  package struct Part: Sendable {
    package var weight: Double
    package var mean: Double
    package var scale: Double
    package var df: Double

    package init(weight: Double, mean: Double, scale: Double, df: Double) {
      self.weight = weight
      self.mean = mean
      self.scale = scale
      self.df = df
    }
  }

  /// Their weights sum to 1.
  package let parts: [Part]

  /// Weights need not sum to 1; what weighs next to nothing beside the rest is left out.
  package init(_ parts: [Part]) {
    let total = parts.reduce(0) { $0 + $1.weight }
    let kept = parts.filter { $0.weight > 1e-6 * total }
    let sum = kept.reduce(0) { $0 + $1.weight }
    self.parts = kept.map {
      var part = $0
      part.weight /= sum
      return part
    }
  }

  package var mean: Double { parts.reduce(0) { $0 + $1.weight * $1.mean } }

  package var variance: Double {
    let mean = mean
    return parts.reduce(0) { sum, part in
      let away = part.mean - mean
      return sum + part.weight * (part.scale * part.scale + away * away)
    }
  }

  package func estimate(level: Double = 0.9) -> Estimate {
    Estimate(
      value: mean, low: quantile((1 - level) / 2), high: quantile((1 + level) / 2), level: level)
  }

  /// The probability of a value up to `x`.
  private func cdf(_ x: Double) -> Double {
    parts.reduce(0) { sum, part in
      guard part.scale > 0 else { return sum + (x >= part.mean ? part.weight : 0) }
      let below = Self.cdf((x - part.mean) / part.scale, df: part.df)
      return sum + part.weight * below
    }
  }

  /// Student's t; from 60 degrees of freedom on by a normal deviate, which is right to 1e-5.
  ///
  /// Source: D. Wallace, "Bounds on normal approximations to Student's and the chi-square
  /// distributions", Ann. Math. Statist. 30, 1959.
  private static func cdf(_ t: Double, df: Double) -> Double {
    guard df >= 60 else { return StudentT(df: df).cdf(t) }
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
