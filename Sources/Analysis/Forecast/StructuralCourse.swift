internal import Curves
internal import Mathematics
internal import Readings
internal import StateSpace

/// The structural model, place by place; how the readings wander is learned anew as they double.
struct StructuralCourse: Course {
  private let curve: Curve
  private let history: History
  private let events: KnownEvents
  private let model: StructuralModel
  private let penalties: [Double]
  private var wander: Wander
  private var solution: GrowingLeastSquares
  private var place = -1
  private var read = 0
  private var nextFit = StructuralModel.leastReadings
  /// Of the two states: their covariance, and what is due to each column, the readings last.
  private var spread = (level: 0.0, both: 0.0, returning: 0.0)
  private var levels: [Double]
  private var returns: [Double]

  init(_ opening: Opening, _ curve: Curve, _ history: History, _ events: KnownEvents) {
    self.curve = curve
    self.history = history
    self.events = events
    var model = StructuralModel()
    model.isShrunk = true
    model.yearHarmonics = 0
    self.model = model
    // One over the square of what a coefficient may be, in the fast SD: level, slot, week, events.
    penalties =
      [1e-4, 0.25] + Array(repeating: 25, count: 6)
      + Array(repeating: 10, count: events.traces.count)
    let variance = opening.deviation * opening.deviation
    wander = Wander(kept: 0.7, returning: 0.6, walk: 0.003, noise: 0.4).scaled(by: variance)
    levels = []
    returns = []
    solution = GrowingLeastSquares(penalties: [])
    reset(reference: opening.mean)
  }

  private var reference = 0.0

  private mutating func reset(reference: Double) {
    self.reference = reference
    let fast = wander.returning + wander.noise
    solution = GrowingLeastSquares(penalties: penalties.map { $0 / fast })
    levels = Array(repeating: 0, count: penalties.count + 1)
    returns = levels
    spread = (0, 0, wander.returning)
  }

  mutating func step(_ place: Int, _ value: Double?) {
    advance(place, value)
    guard value != nil, read >= nextFit else { return }
    nextFit = read * 2
    // Too little to learn from: what is believed so far stands.
    var past = curve
    past.values = Array(curve.values.prefix(place + 1))
    past.epochs = Array(curve.epochs.prefix(place + 1))
    guard let fit = try? model.fit(past, from: history.firstDate) else { return }
    wander = fit.wander
    reset(reference: reference)
    read = 0
    for earlier in 0...place { advance(earlier, curve.values[earlier]) }
  }

  private mutating func advance(_ place: Int, _ value: Double?) {
    self.place = place
    let kept = wander.kept
    if place > 0 {
      spread.level += wander.walk
      spread.both *= kept
      spread.returning = kept * kept * spread.returning + wander.returning * (1 - kept * kept)
      for index in returns.indices { returns[index] *= kept }
    }
    guard let value else { return }
    read += 1
    let variance = spread.level + 2 * spread.both + spread.returning + wander.noise
    let follow = (
      (spread.level + spread.both) / variance, (spread.both + spread.returning) / variance
    )
    var row = design(place, ahead: 0)
    row.append(value - reference)
    let deviation = variance.squareRoot()
    for index in row.indices {
      let surprise = row[index] - levels[index] - returns[index]
      levels[index] += follow.0 * surprise
      returns[index] += follow.1 * surprise
      row[index] = surprise / deviation
    }
    spread.level -= follow.0 * follow.0 * variance
    spread.both -= follow.0 * follow.1 * variance
    spread.returning -= follow.1 * follow.1 * variance
    let foretold = row.removeLast()
    solution.add(row, foretold)
  }

  private func design(_ place: Int, ahead: Int) -> [Double] {
    let target = place + ahead
    var row = [1, Grid.slot(target) == .morning ? -0.5 : 0.5]
    row.reserveCapacity(penalties.count + 1)
    row += weekdays[(history.date(target).daysSince1970 % 7 + 7) % 7]
    for trace in events.traces { row.append(trace.value(from: place, ahead: ahead)) }
    return row
  }

  mutating func outlook() -> [Double] {
    let beta = solution.coefficients
    let last = beta.count
    var kept = 1.0
    return (1...reach).map { ahead in
      kept *= wander.kept
      let row = design(place, ahead: ahead)
      var sum = reference + levels[last] + kept * returns[last]
      for index in beta.indices {
        sum += beta[index] * (row[index] - levels[index] - kept * returns[index])
      }
      return sum
    }
  }
}
