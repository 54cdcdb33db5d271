internal import Numerics
internal import Curves

/// A posterior that is averaged over models: a mixture of Student's t.
struct Mixture {
  struct Part {
    var weight: Double
    var mean: Double
    var scale: Double
    var df: Double
  }

  private(set) var parts: [Part]

  /// Weights need not sum to 1; what weighs next to nothing is left out.
  init(_ parts: [Part]) {
    let total = parts.reduce(0) { $0 + $1.weight }
    let kept = parts.filter { $0.weight > 5e-4 * total }
    let sum = kept.reduce(0) { $0 + $1.weight }
    self.parts = kept.map {
      var part = $0
      part.weight /= sum
      return part
    }
  }

  var mean: Double { parts.reduce(0) { $0 + $1.weight * $1.mean } }

  /// The standard deviation, of normal parts.
  var deviation: Double {
    let mean = mean
    return parts.reduce(0) {
      $0 + $1.weight * ($1.scale * $1.scale + ($1.mean - mean) * ($1.mean - mean))
    }.squareRoot()
  }

  /// The probability of a value up to `x`.
  func cdf(_ x: Double) -> Double {
    parts.reduce(0) { sum, part in
      let z = (x - part.mean) / part.scale
      // Above 200 degrees of freedom the t is the normal to 1e-3 of a probability.
      let below = part.df > 200 ? StandardNormal.cdf(z) : StudentT(df: part.df).cdf(z)
      return sum + part.weight * below
    }
  }

  /// By bisection, to a thousandth of the deviation.
  func quantile(_ p: Double) -> Double {
    let deviation = deviation
    var low = parts.map { $0.mean - 8 * $0.scale }.min() ?? 0
    var high = parts.map { $0.mean + 8 * $0.scale }.max() ?? 0
    while high - low > 1e-3 * deviation {
      let middle = (low + high) / 2
      if cdf(middle) < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  func estimate(level: Double = 0.9) -> Estimate {
    Estimate(
      value: mean, low: quantile((1 - level) / 2), high: quantile((1 + level) / 2), level: level)
  }

  /// Twice the probability of the less likely sign.
  var twoSided: Double {
    let below = cdf(0)
    return 2 * min(below, 1 - below)
  }
}
