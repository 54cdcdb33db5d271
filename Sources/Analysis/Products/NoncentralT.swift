internal import Mathematics

/// Student's t with a mean that is not zero: what the power of a t-test is made of.
///
/// `T = (Z + shift) / S`, S² a chi-squared of `df` by `df`; the probability is Simpson's integral over S.
struct NoncentralT: Sendable {
  var df: Double
  var shift: Double

  /// The probability of a value above `t`.
  func above(_ t: Double) -> Double {
    Self.expectation(df: df) { StandardNormal.cdf(shift - t * $0) }
  }

  /// The mean of a function of S, the residual deviation in true deviations.
  static func expectation(df: Double, _ function: (Double) -> Double) -> Double {
    let half = df / 2
    let constant = half * half.logarithm + (2.0).logarithm - logGamma(half)
    func density(_ s: Double) -> Double {
      (constant + (df - 1) * s.logarithm - half * s * s).exponential
    }
    let chi = GammaDistribution(shape: half, scale: 1 / half)
    let low = chi.quantile(1e-13).squareRoot()
    let high = chi.quantile(1 - 1e-13).squareRoot()
    // Above a few degrees of freedom the density is smooth at both ends, and fewer steps serve.
    let steps = df < 8 ? 400 : 80
    let width = (high - low) / Double(steps)
    var sum = 0.0
    for step in 0...steps {
      let s = max(low + Double(step) * width, 1e-12)
      let weight = step == 0 || step == steps ? 1.0 : (step.isMultiple(of: 2) ? 2 : 4)
      sum += weight * density(s) * function(s)
    }
    return sum * width / 3
  }
}
