internal import Curves
internal import Mathematics

/// The ratio of two means that were read together.
///
/// Source: Fieller, 1954. Its interval holds every ratio θ for which `first − θ · second` may be zero.
struct MeanRatio: Sendable {
  let first: Contrast
  let second: Contrast
  let covariance: Double

  init(_ first: Contrast, _ second: Contrast, covariance: Double) {
    self.first = first
    self.second = second
    self.covariance = covariance
  }

  /// Silent where the second mean is not surely above zero: the interval would have no end.
  func ratio(_ level: Double) -> Result<Estimate, Silence> {
    guard second.low > 0 else {
      return .failure(Silence("the uplift it is divided by is not surely above zero"))
    }
    guard
      let ends = Fieller.interval(
        a: first.value, b: second.value, varianceA: first.error * first.error,
        varianceB: second.error * second.error, covariance: covariance, t: second.quantile)
    else { return .failure(Silence("the ratio's interval has no end")) }
    return .success(
      Estimate(
        value: first.value / second.value, low: ends.low, high: ends.high, level: level))
  }
}
