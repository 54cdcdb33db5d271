/// Least squares that grows a row at a time, by Givens rotations: `rowsᵀ rows = factorᵀ factor`.
///
/// A row costs k² operations, whatever came before it; what is read off at any time is the solution
/// for the rows so far. Source: Å. Björck, "Numerical methods for least squares problems", 1996,
/// section 3.2.
package struct GrowingLeastSquares: Sendable {
  /// How many coefficients there are.
  package let count: Int
  /// The sum of squares left over by the rows so far.
  package private(set) var leftOver = 0.0
  /// Upper triangle, rows first.
  private var factor: [Double]
  private var target: [Double]
  private var row: [Double]

  /// - Parameter penalties: added to the diagonal of the normal equations; 0 leaves a coefficient
  ///   free.
  package init(penalties: [Double]) {
    count = penalties.count
    factor = Array(repeating: 0, count: count * count)
    target = Array(repeating: 0, count: count)
    row = target
    for index in 0..<count { factor[index * count + index] = penalties[index].squareRoot() }
  }

  /// How a new row compares with what the rows before it foretold.
  package struct Surprise: Hashable, Sendable {
    /// The row's value less its forecast.
    package var error: Double
    /// The error's variance, where each row's own is 1: 1 and the forecast's.
    package var variance: Double
  }

  /// Takes a row in.
  ///
  /// - Returns: nil where the rows before it did not determine its forecast.
  @discardableResult
  package mutating func add(_ values: [Double], _ value: Double) -> Surprise? {
    precondition(values.count == count)
    for index in values.indices { row[index] = values[index] }
    var left = value
    var kept = 1.0
    let count = count
    factor.withUnsafeMutableBufferPointer { factor in
      target.withUnsafeMutableBufferPointer { target in
        row.withUnsafeMutableBufferPointer { row in
          for pivot in 0..<count where row[pivot] != 0 {
            let start = pivot * count
            let (old, new) = (factor[start + pivot], row[pivot])
            let length = (old * old + new * new).squareRoot()
            let (cosine, sine) = (old / length, new / length)
            factor[start + pivot] = length
            for column in (pivot + 1)..<max(count, pivot + 1) {
              let (above, below) = (factor[start + column], row[column])
              factor[start + column] = cosine * above + sine * below
              row[column] = cosine * below - sine * above
            }
            let above = target[pivot]
            target[pivot] = cosine * above + sine * left
            left = cosine * left - sine * above
            kept *= cosine
          }
        }
      }
    }
    leftOver += left * left
    guard kept > 1e-7 else { return nil }
    return Surprise(error: left / kept, variance: 1 / (kept * kept))
  }

  /// The solution for the rows so far; a coefficient that they do not determine is 0.
  package var coefficients: [Double] {
    var solution = target
    for pivot in stride(from: count - 1, through: 0, by: -1) {
      var sum = target[pivot]
      for column in (pivot + 1)..<max(count, pivot + 1) {
        sum -= factor[pivot * count + column] * solution[column]
      }
      let diagonal = factor[pivot * count + pivot]
      solution[pivot] = diagonal > 1e-9 ? sum / diagonal : 0
    }
    return solution
  }

  /// `weightsᵀ (rowsᵀ rows)⁻¹ weights`: the variance of that sum of coefficients; nil where it is
  /// unknown.
  package func variance(of weights: [Double]) -> Double? {
    precondition(weights.count == count)
    var sum = 0.0
    var solved = weights
    for pivot in 0..<count {
      guard solved[pivot] != 0 else { continue }
      let diagonal = factor[pivot * count + pivot]
      guard diagonal > 1e-9 else { return nil }
      let value = solved[pivot] / diagonal
      for column in (pivot + 1)..<max(count, pivot + 1) {
        solved[column] -= factor[pivot * count + column] * value
      }
      sum += value * value
    }
    return sum
  }

  /// The logarithm of the determinant of `rowsᵀ rows`.
  package var logDeterminant: Double {
    (0..<count).reduce(0) { $0 + 2 * factor[$1 * count + $1].magnitude.logarithm }
  }
}
