package import Curves
internal import Mathematics

/// A structural model that was fitted to a curve: what it is made of, how sure that is, what comes
/// next.
package struct StructuralFit: Sendable {
  /// A reading less what those before it foretold.
  package struct Residual: Hashable, Sendable {
    package var value: Double
    package var variance: Double
    /// In its own standard deviations.
    package var standardised: Double { value / variance.squareRoot() }
  }

  /// One part of a curve over the places of its grid, with a band.
  package struct Component: Sendable {
    /// `level`, `returning`, `slot`, `week`, `cycle`, `year`, an input's name, or `expected`: all
    /// but noise.
    package var name: String
    package var values: [Estimate]
  }

  /// What is expected of a reading to come.
  package struct Expectation: Hashable, Sendable {
    package var place: Int
    package var mean: Double
    /// Of a reading about the mean: noise, wandering, and what is not known of the coefficients.
    package var variance: Double
  }

  /// How the readings wander.
  package let wander: Wander
  /// Restricted log-likelihood, with a diffuse level and diffuse coefficients (Durbin and
  /// Koopman's).
  package let logLikelihood: Double
  /// How many readings it was fitted to.
  package let readings: Int
  /// One a place; nil where nothing was read, or the readings before it did not foretell it.
  package let residuals: [Residual?]
  /// Each regressor's name and coefficient in the curve's unit, with its 90 % interval.
  package let coefficients: [(name: String, estimate: Estimate)]

  let design: StructuralDesign
  let smoother: WanderSmoother
  let solution: GrowingLeastSquares
  let beta: [Double]
  let columns: [[Double]]

  init(_ design: StructuralDesign, wander: Wander, scale: Double) {
    self.design = design
    self.wander = wander
    let places = design.values.count
    let columns = design.terms.map { design.column($0, count: places) }
    let visits = design.isRead.map { WanderFilter.Visit(gap: 1, isRead: $0) }
    let filter = WanderFilter(visits, wander: wander)
    let matrix = Matrix(columns: columns + [design.values])
    let penalties = design.penalties.map { $0 / scale }
    let whitened = filter.whitened(matrix)
    var solution = GrowingLeastSquares(penalties: penalties)
    var residuals: [Residual?] = Array(repeating: nil, count: places)
    var row = 0
    var values = Array(repeating: 0.0, count: columns.count)
    for place in 0..<places where design.isRead[place] {
      for index in values.indices { values[index] = whitened[row, index] }
      let variance = filter.steps[place].variance
      residuals[place] = solution.add(values, whitened[row, columns.count]).map {
        Residual(value: $0.error * variance.squareRoot(), variance: $0.variance * variance)
      }
      row += 1
    }
    let beta = solution.coefficients
    let z = StandardNormal.quantile(0.95)
    coefficients = design.terms.indices.map { index in
      var unit = Array(repeating: 0.0, count: beta.count)
      unit[index] = 1
      let half = z * (solution.variance(of: unit) ?? .infinity).squareRoot()
      let value = beta[index] + (index == 0 ? design.reference : 0)
      return (
        design.terms[index].name, Estimate(value: value, low: value - half, high: value + half)
      )
    }
    logLikelihood = Self.logLikelihood(filter, solution, penalties)
    readings = filter.readings
    smoother = WanderSmoother(filter, matrix)
    self.residuals = residuals
    self.solution = solution
    self.beta = beta
    self.columns = columns
  }

  private static func logLikelihood(
    _ filter: WanderFilter, _ solution: GrowingLeastSquares, _ penalties: [Double]
  ) -> Double {
    let prior = penalties.reduce(0) { $0 + ($1 > 0 ? $1.logarithm : 0) }
    return -0.5
      * (Double(filter.readings) * (2 * Double.pi).logarithm + filter.logDeterminant
        + solution.logDeterminant - prior + solution.leftOver)
  }
}
