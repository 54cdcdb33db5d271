package import Mathematics

/// A linear model with normal expectations of its coefficients, in the form of its sums of products.
///
/// `y = X β + e`, `e ~ N(0, σ² S)`, `βⱼ ~ N(0, σ² expectedⱼ²)`, and of σ² an inverse gamma with 3 degrees
/// of freedom about 1. The posterior of one more coefficient is Student's t in closed form.
package struct LinearPosterior: Sendable {
  /// Degrees of freedom of the coefficients' t.
  package let df: Double
  /// Twice the scale of the posterior of σ².
  package let remainder: Double
  /// What the columns explain, as a log marginal likelihood without what all models share.
  package let evidence: Double
  /// The Cholesky factor of the used columns' sums of products, with what was expected.
  package let factor: Cholesky
  /// The inverse factor times the sums of products with the outcome.
  package let halfY: [Double]
  package let used: [Int]
  package let gram: Matrix

  private static let priorDF = 3.0
  private static let priorScale = 3.0

  /// Nil where the columns are not finite.
  ///
  /// - Parameters:
  ///   - gram: sums of products of all whitened columns, the outcome's last.
  ///   - used: the columns in this model.
  ///   - expected: the standard deviation of every column's coefficient beforehand, by σ.
  ///   - logDeterminant: of the noise's correlation.
  ///   - readings: how many rows the columns had.
  package init?(
    gram: Matrix, used: [Int], expected: [Double], logDeterminant: Double, readings: Int
  ) {
    let y = gram.columns - 1
    var inner = gram.minor(used)
    for (index, column) in used.enumerated() {
      inner[index, index] += 1 / (expected[column] * expected[column])
    }
    guard let factor = Cholesky(inner) else { return nil }
    let target = Matrix(rows: used.count, columns: 1, elements: used.map { gram[$0, y] })
    halfY = factor.half(target).elements
    let explained = halfY.reduce(0) { $0 + $1 * $1 }
    df = Double(readings) + Self.priorDF
    remainder = max(gram[y, y] - explained, 1e-12) + Self.priorScale
    let widths = used.reduce(0.0) { $0 + expected[$1].logarithm }
    evidence =
      -0.5 * logDeterminant - widths - 0.5 * factor.logDeterminant
      - 0.5 * df * (remainder / 2).logarithm
    self.factor = factor
    self.used = used
    self.gram = gram
  }

  /// The posterior means of the used columns' coefficients, and their covariance.
  package var coefficients: (means: [Double], covariance: Matrix) {
    let inverse = factor.inverse
    let y = gram.columns - 1
    var covariance = inverse
    for index in covariance.elements.indices { covariance.elements[index] *= remainder / df }
    return (inverse.times(used.map { gram[$0, y] }), covariance)
  }
}
