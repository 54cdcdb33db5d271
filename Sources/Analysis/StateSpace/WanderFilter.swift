package import Mathematics

/// A Kalman filter of two states, the walking level and the returning part, over places of the
/// grid.
///
/// It is run over readings and regressors alike, a column each: their coefficients are then found
/// by least squares of what it leaves over. The level begins at 0; where a regressor is 1
/// throughout, that is the exact diffuse start (P. de Jong, "The diffuse Kalman filter", Ann.
/// Statist. 19, 1991).
package struct WanderFilter: Sendable {
  /// A place that the filter comes to: how far from the one before, and whether it has a reading.
  package struct Visit: Hashable, Sendable {
    package var gap: Int
    package var isRead: Bool

    package init(gap: Int, isRead: Bool) {
      self.gap = gap
      self.isRead = isRead
    }
  }

  /// What is true of a visit for every column: covariance foretold, gains, and the surprise's
  /// variance.
  struct Step {
    var gap: Int
    var isRead: Bool
    var kept: Double
    var level, both, returning: Double
    var levelGain, returningGain: Double
    var variance: Double
    /// One over its root.
    var precision: Double
  }

  package let wander: Wander
  /// The sum of the logarithms of the surprises' variances.
  package let logDeterminant: Double
  /// How many visits have a reading.
  package let readings: Int
  let steps: [Step]

  /// The level's variance is that at the first visit, beyond what a regressor says of it.
  package init(_ visits: [Visit], wander: Wander, levelVariance: Double = 0) {
    self.wander = wander
    var steps: [Step] = []
    steps.reserveCapacity(visits.count)
    var (logDeterminant, readings) = (0.0, 0)
    var (level, both, returning) = (levelVariance, 0.0, wander.returning)
    var (lastGap, lastKept) = (1, wander.kept)
    for (index, visit) in visits.enumerated() {
      var kept = 1.0
      if index > 0 {
        if visit.gap != lastGap {
          (lastGap, lastKept) = (visit.gap, wander.kept.power(Double(visit.gap)))
        }
        kept = lastKept
        level += wander.walk * Double(visit.gap)
        both *= kept
        returning = kept * kept * returning + wander.returning * (1 - kept * kept)
      }
      let variance = level + 2 * both + returning + wander.noise
      var step = Step(
        gap: visit.gap, isRead: visit.isRead, kept: kept, level: level, both: both,
        returning: returning, levelGain: 0, returningGain: 0, variance: variance,
        precision: 0)
      if visit.isRead {
        step.precision = 1 / variance.squareRoot()
        let (l, r) = ((level + both) / variance, (both + returning) / variance)
        (step.levelGain, step.returningGain) = (l, r)
        level -= l * l * variance
        both -= l * r * variance
        returning -= r * r * variance
        logDeterminant += variance.logarithm
        readings += 1
      }
      steps.append(step)
    }
    self.steps = steps
    self.logDeterminant = logDeterminant
    self.readings = readings
  }

  /// The surprises of each column over their standard deviation, a row a reading: independent,
  /// variance 1.
  ///
  /// The columns have a row a visit; what stands where nothing was read does not matter.
  package func whitened(_ columns: Matrix) -> Matrix {
    precondition(columns.rows == steps.count)
    var result = Matrix(rows: readings, columns: columns.columns)
    steps.withUnsafeBufferPointer { steps in
      columns.elements.withUnsafeBufferPointer { values in
        result.elements.withUnsafeMutableBufferPointer { result in
          var next = 0
          for column in 0..<columns.columns {
            let first = column * steps.count
            var (level, returning) = (0.0, 0.0)
            for index in 0..<steps.count {
              returning *= steps[index].kept
              guard steps[index].isRead else { continue }
              let surprise = values[first + index] - level - returning
              level += steps[index].levelGain * surprise
              returning += steps[index].returningGain * surprise
              result[next] = surprise * steps[index].precision
              next += 1
            }
          }
        }
      }
    }
    return result
  }

  /// The logarithm of the density of deviations, where nothing is to be estimated.
  ///
  /// There is one deviation a visit: of the reading from what is expected of it.
  package func logLikelihood(_ deviations: [Double]) -> Double {
    let column = Matrix(rows: deviations.count, columns: 1, elements: deviations)
    let squares = whitened(column).elements.reduce(0) { $0 + $1 * $1 }
    return -0.5 * (Double(readings) * (2 * Double.pi).logarithm + logDeterminant + squares)
  }
}
