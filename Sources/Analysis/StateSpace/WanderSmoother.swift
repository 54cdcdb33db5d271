package import Mathematics

/// What a filter's two states were, given all readings, and what they are after the last.
///
/// Source: J. Durbin and S. J. Koopman, "Time series analysis by state space methods", 2012,
/// chapter 4.
package struct WanderSmoother: Sendable {
  /// Variances and covariance of the level and the returning part.
  package struct Spread: Hashable, Sendable {
    package var level, both, returning: Double
    /// Of the sum of the two.
    package var sum: Double { level + 2 * both + returning }
  }

  /// The level that is due to each column, a row a visit.
  package private(set) var level: Matrix
  /// The returning part that is due to each column, a row a visit.
  package private(set) var returning: Matrix
  /// One a visit.
  package private(set) var spreads: [Spread] = []
  /// After the last visit: level and returning part due to each column, and their spread.
  package private(set) var last: (level: [Double], returning: [Double], spread: Spread)

  /// The columns have a row a visit of the filter.
  package init(_ filter: WanderFilter, _ columns: Matrix) {
    precondition(columns.rows == filter.steps.count)
    level = Matrix(rows: columns.rows, columns: columns.columns)
    returning = level
    last = ([], [], Spread(level: 0, both: 0, returning: 0))
    for column in 0..<columns.columns { smooth(filter, columns, column) }
    spread(filter)
  }

  private mutating func smooth(_ filter: WanderFilter, _ columns: Matrix, _ column: Int) {
    let steps = filter.steps
    let first = column * steps.count
    var surprises = Array(repeating: 0.0, count: steps.count)
    var (now, back) = (0.0, 0.0)
    for (index, step) in steps.enumerated() {
      back *= step.kept
      (level.elements[first + index], returning.elements[first + index]) = (now, back)
      guard step.isRead else { continue }
      surprises[index] = columns.elements[first + index] - now - back
      now += step.levelGain * surprises[index]
      back += step.returningGain * surprises[index]
    }
    last.level.append(now)
    last.returning.append(back)
    // What later readings say of the two states.
    var (ofLevel, ofReturning) = (0.0, 0.0)
    for index in steps.indices.reversed() {
      let step = steps[index]
      if step.isRead {
        let more =
          surprises[index] / step.variance - step.levelGain * ofLevel
          - step.returningGain * ofReturning
        ofLevel += more
        ofReturning += more
      }
      level.elements[first + index] += step.level * ofLevel + step.both * ofReturning
      returning.elements[first + index] += step.both * ofLevel + step.returning * ofReturning
      ofReturning *= step.kept
    }
  }

  private mutating func spread(_ filter: WanderFilter) {
    let steps = filter.steps
    spreads = Array(repeating: Spread(level: 0, both: 0, returning: 0), count: steps.count)
    var (n1, n12, n2) = (0.0, 0.0, 0.0)
    for index in steps.indices.reversed() {
      let step = steps[index]
      if step.isRead { Self.take(step, &n1, &n12, &n2) }
      let (p1, p12, p2) = (step.level, step.both, step.returning)
      // P − P N P
      let (a, b) = (p1 * n1 + p12 * n12, p1 * n12 + p12 * n2)
      let (c, d) = (p12 * n1 + p2 * n12, p12 * n12 + p2 * n2)
      spreads[index] = Spread(
        level: max(0, p1 - a * p1 - b * p12), both: p12 - a * p12 - b * p2,
        returning: max(0, p2 - c * p12 - d * p2))
      n12 *= step.kept
      n2 *= step.kept * step.kept
    }
    guard let step = steps.last else { return }
    let (l, r) = (step.levelGain, step.returningGain)
    last.spread = Spread(
      level: step.level - l * l * step.variance, both: step.both - l * r * step.variance,
      returning: step.returning - r * r * step.variance)
  }

  /// `Z Zᵀ / F + (I − K Z)ᵀ N (I − K Z)`, with both of Z 1.
  private static func take(
    _ step: WanderFilter.Step, _ n1: inout Double, _ n12: inout Double, _ n2: inout Double
  ) {
    let (l, r) = (step.levelGain, step.returningGain)
    let (one, two) = (n1 * l + n12 * r, n12 * l + n2 * r)
    let whole = l * one + r * two + 1 / step.variance
    (n1, n12, n2) = (n1 - 2 * one + whole, n12 - one - two + whole, n2 - 2 * two + whole)
  }
}
