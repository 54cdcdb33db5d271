/// Least squares whose standard errors allow for neighbours that err together, and unequally.
///
/// Bartlett's weights. In short series it is too sure of itself: for comparison, not for claims.
/// Source: W. Newey and K. West, Econometrica 55 (1987).
package struct HAC: Sendable {
  package let coefficients: [Double]
  /// Of the coefficients.
  package let covariance: Matrix

  /// Nil where the columns depend on each other, or are not fewer than the rows.
  ///
  /// - Parameters:
  ///   - y: one value a row of `x`, in the order of time.
  ///   - x: regressors, a column each.
  ///   - lags: how far neighbours may be apart, in rows; 0 allows for unequal variances alone.
  ///   - isCorrected: whether the covariance is scaled by n / (n − k).
  package init?(y: [Double], x: Matrix, lags: Int, isCorrected: Bool = false) {
    precondition(y.count == x.rows && lags >= 0)
    guard x.rows > x.columns, let cholesky = Cholesky(x.gram) else { return nil }
    let outcome = Matrix(rows: y.count, columns: 1, elements: y)
    let coefficients = cholesky.solve(x.transposedTimes(outcome)).elements
    let fitted = x.times(coefficients)
    var scores = x
    for column in 0..<x.columns {
      for row in 0..<x.rows { scores[row, column] *= y[row] - fitted[row] }
    }
    var meat = scores.gram
    for lag in 0..<min(lags, x.rows - 1) {
      let shift = lag + 1
      let weight = 1 - Double(shift) / Double(lags + 1)
      let pair = Self.lagged(scores, by: shift)
      for column in 0..<x.columns {
        for row in 0..<x.columns {
          meat[row, column] += weight * (pair[row, column] + pair[column, row])
        }
      }
    }
    let bread = cholesky.inverse
    var covariance = bread * meat * bread
    if isCorrected {
      let factor = Double(x.rows) / Double(x.rows - x.columns)
      for index in covariance.elements.indices { covariance.elements[index] *= factor }
    }
    self.coefficients = coefficients
    self.covariance = covariance
  }

  /// The sum over rows of each row's outer product with the row `shift` before it.
  private static func lagged(_ scores: Matrix, by shift: Int) -> Matrix {
    var (later, earlier): ([[Double]], [[Double]]) = ([], [])
    for column in 0..<scores.columns {
      let values = scores.column(column)
      later.append(Array(values[shift...]))
      earlier.append(Array(values[..<(values.count - shift)]))
    }
    return Matrix(columns: later).transposedTimes(Matrix(columns: earlier))
  }
}
