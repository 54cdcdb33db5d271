package import Mathematics
internal import Curves

/// Turns correlated readings into independent ones of variance 1, by a Kalman filter over what was read.
///
/// `S = share · perDay^|Δ| + slow · exp(−|Δ| / 45 d) + (1 − share) · 1`, Δ in days; the filter's steps are
/// the rows of `S`'s inverse Cholesky factor. Gaps cost nothing: a step spans them.
package struct Whitening: Sendable {
  /// The logarithm of the determinant of `S`.
  package let logDeterminant: Double
  /// How many readings there are.
  package var count: Int { steps.count }
  private let steps: [Step]

  /// From one reading to the next: what is kept of each part, how far each follows a surprise, and
  /// one over the surprise's standard deviation.
  private struct Step {
    var keptFast, keptSlow, followFast, followSlow, precision: Double
  }

  /// - Parameters:
  ///   - places: those of the grid that have a reading, ascending.
  ///   - noise: how the readings wander by themselves.
  package init(places: [Int], noise: Noise) {
    let white = max(1 - noise.share, 1e-6)
    var steps: [Step] = []
    steps.reserveCapacity(places.count)
    var logDeterminant = 0.0
    // Covariance of the two parts, given what was read so far.
    var (fast, slow, both) = (noise.share, noise.slow, 0.0)
    var keeps: [Int: (Double, Double)] = [:]
    for (index, place) in places.enumerated() {
      var step = Step(keptFast: 0, keptSlow: 0, followFast: 0, followSlow: 0, precision: 1)
      if index > 0 {
        let gap = place - places[index - 1]
        let (a, b) = keeps[gap] ?? Self.kept(gap: gap, noise)
        keeps[gap] = (a, b)
        (step.keptFast, step.keptSlow) = (a, b)
        fast = a * a * fast + noise.share * (1 - a * a)
        slow = b * b * slow + noise.slow * (1 - b * b)
        both *= a * b
      }
      let variance = fast + slow + 2 * both + white
      step.followFast = (fast + both) / variance
      step.followSlow = (slow + both) / variance
      step.precision = 1 / variance.squareRoot()
      logDeterminant += variance.logarithm
      let (f, s) = (step.followFast, step.followSlow)
      fast -= f * f * variance
      slow -= s * s * variance
      both -= f * s * variance
      steps.append(step)
    }
    self.steps = steps
    self.logDeterminant = logDeterminant
  }

  private static func kept(gap: Int, _ noise: Noise) -> (Double, Double) {
    let days = Double(gap) / Double(Grid.perDay)
    return (noise.correlation(days: days), (-days / Noise.slowDays).exponential)
  }

  /// `S^(−1/2)` times each column.
  ///
  /// - Parameter columns: one row a reading, in the places' order.
  /// - Returns: a matrix of the same shape.
  package func whitened(_ columns: Matrix) -> Matrix {
    precondition(columns.rows == steps.count)
    var result = columns
    let rows = steps.count
    steps.withUnsafeBufferPointer { steps in
      result.elements.withUnsafeMutableBufferPointer { values in
        for column in 0..<columns.columns {
          let first = column * rows
          var (fast, slow) = (0.0, 0.0)
          for row in 0..<rows {
            let step = steps[row]
            fast *= step.keptFast
            slow *= step.keptSlow
            let surprise = values[first + row] - fast - slow
            fast += step.followFast * surprise
            slow += step.followSlow * surprise
            values[first + row] = surprise * step.precision
          }
        }
      }
    }
    return result
  }
}
