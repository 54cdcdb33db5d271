/// The interval of a ratio of two normal estimates.
///
/// Source: E. C. Fieller, "Some problems in interval estimation", J. R. Stat. Soc. B 16 (1954) 175.
package enum Fieller {
  /// The values `r` for which `a − r·b` does not differ from 0.
  ///
  /// - Parameters:
  ///   - a: what is divided.
  ///   - b: what it is divided by.
  ///   - varianceA: of `a`.
  ///   - varianceB: of `b`.
  ///   - covariance: of both.
  ///   - t: the quantile of Student's t for the interval's level.
  /// - Returns: nil where `b` does not differ from 0, so that the interval has no end.
  package static func interval(
    a: Double, b: Double, varianceA: Double, varianceB: Double, covariance: Double, t: Double
  ) -> (low: Double, high: Double)? {
    let square = t * t
    // (b² − t² vB) r² − 2 (ab − t² cov) r + (a² − t² vA) ≤ 0
    let leading = b * b - square * varianceB
    guard leading > 0 else { return nil }
    let middle = a * b - square * covariance
    let root = middle * middle - leading * (a * a - square * varianceA)
    guard root >= 0 else { return nil }
    return ((middle - root.squareRoot()) / leading, (middle + root.squareRoot()) / leading)
  }
}
