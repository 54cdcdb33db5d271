internal import Mathematics
internal import StateSpace

extension LinearPosterior {
  /// One coefficient's posterior, a Student's t.
  struct Coefficient {
    var mean: Double
    var scale: Double
    /// By how much the column raises the log marginal likelihood.
    var gain: Double
  }

  /// What the columns outside the model would show by chance.
  func test(_ columns: [Int], expected: Double) -> NullTest {
    var cross = Matrix(rows: used.count, columns: columns.count)
    for (to, column) in columns.enumerated() {
      for (row, from) in used.enumerated() { cross[row, to] = gram[from, column] }
    }
    let half = factor.half(cross)
    let explained = half.gram
    let right = half.transposedTimes(Matrix(rows: used.count, columns: 1, elements: halfY))
    let y = gram.columns - 1
    let sigma = (remainder / df).squareRoot()
    var covariance = gram.minor(columns)
    for index in covariance.elements.indices {
      covariance.elements[index] -= explained.elements[index]
    }
    let widths = columns.indices.map { max(covariance[$0, $0], 1e-9) }
    let z = columns.indices.map {
      (gram[columns[$0], y] - right[$0, 0]) / widths[$0].squareRoot() / sigma
    }
    for column in columns.indices {
      for row in columns.indices {
        covariance[row, column] /= (widths[row] * widths[column]).squareRoot()
      }
    }
    for index in columns.indices { covariance[index, index] = 1 }
    return NullTest(
      z: z, correlation: covariance, widths: widths.map { 1 + $0 * expected * expected })
  }

  /// The posteriors of columns outside the model, each added alone.
  func adding(_ columns: [Int], expected: Double) -> [Coefficient] {
    var cross = Matrix(rows: used.count, columns: columns.count)
    for (to, column) in columns.enumerated() {
      for (row, from) in used.enumerated() { cross[row, to] = gram[from, column] }
    }
    let half = factor.half(cross)
    let y = gram.columns - 1
    let precision = 1 / (expected * expected)
    return columns.enumerated().map { index, column in
      var (square, product) = (0.0, 0.0)
      for row in 0..<used.count {
        let value = half[row, index]
        square += value * value
        product += value * halfY[row]
      }
      let pivot = max(gram[column, column] - square, 0) + precision
      let right = gram[column, y] - product
      let left = max(remainder - right * right / pivot, 1e-12)
      return Coefficient(
        mean: right / pivot, scale: (left / df / pivot).squareRoot(),
        gain: -0.5 * (pivot / precision).logarithm - 0.5 * df * (left / remainder).logarithm)
    }
  }
}
