internal import Curves

/// The ratio of two means that were read together.
///
/// Source: Fieller, 1954. Its interval holds every ratio θ for which `first − θ · second` may be zero.
struct Fieller: Sendable {
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
    let square = second.quantile * second.quantile
    let a = second.value * second.value - square * second.error * second.error
    let b = first.value * second.value - square * covariance
    let c = first.value * first.value - square * first.error * first.error
    let root = max(0, b * b - a * c).squareRoot()
    return .success(
      Estimate(
        value: first.value / second.value, low: (b - root) / a, high: (b + root) / a, level: level))
  }
}
