internal import Curves
internal import Mathematics

/// A change that may have been: when it began, over how many days it came, how large it is in one curve.
struct Possibility: Sendable {
  /// The day it begins.
  var begin: Int
  /// Days until it is complete; 0 for a step.
  var duration: Int
  /// The logarithm of its Bayes factor against no change.
  var log: Double
  /// Twice the logarithm of its likelihood ratio at the likeliest size: the classical GLR statistic.
  var ratio: Double
  /// The size's posterior, in own SD.
  var mean: Double
  var variance: Double
}

extension Possibility {
  /// The same possibility over several models, equally likely beforehand.
  fileprivate init(_ models: [[Possibility]], at index: Int, scales: [Double]) {
    let top = models.map { $0[index].log }.max() ?? 0
    let weights = models.map { ($0[index].log - top).exponential }
    let total = weights.reduce(0, +)
    self = models[0][index]
    log = top + (total / Double(models.count)).logarithm
    mean = 0
    for (model, (weight, scale)) in zip(models, zip(weights, scales)) {
      mean += weight / total * model[index].mean * scale
    }
    variance = 0
    for (model, (weight, scale)) in zip(models, zip(weights, scales)) {
      let apart = model[index].mean * scale - mean
      variance += weight / total * (model[index].variance * scale * scale + apart * apart)
    }
  }
}

/// What one curve's readings up to a day say of every change that may have been.
struct Hindsight: Sendable {
  static let durations = [45, 60, 90, 120]
  /// Days between two beginnings of a drift.
  static let driftStride = 3
  /// SD beforehand of a change's size, in own SD.
  static let expected = 1.5

  /// In the order of the beginnings.
  let steps: [Possibility]
  /// In the order of the beginnings, and of the durations within.
  let drifts: [Possibility]

  /// The mean over models of the curve's wandering, each with its own SD relative to the first's.
  init(_ models: [Hindsight], scales: [Double]) {
    func mean(_ part: KeyPath<Hindsight, [Possibility]>) -> [Possibility] {
      let all = models.map { $0[keyPath: part] }
      return all.first?.indices.map { Possibility(all, at: $0, scales: scales) } ?? []
    }
    steps = mean(\.steps)
    drifts = mean(\.drifts)
  }

  /// One reading: its place, its value about the level in own SD, its regressors.
  struct Reading: Sendable {
    var place: Int
    var value: Double
    var row: [Double]
  }

  /// - Parameters:
  ///   - readings: in the order of their places.
  ///   - wandering: how the curve is thought to wander.
  ///   - ridge: prior precision of each regressor, the level's first, as 0.
  ///   - begins: the days at which a change may have begun.
  ///   - expected: SD beforehand of a change's size, in own SD.
  init(
    _ readings: [Reading], _ wandering: Wandering, ridge: [Double], begins: Range<Int>,
    expected: Double = Hindsight.expected
  ) {
    let base = Baseline(readings, wandering, ridge: ridge, prior: expected * expected)
    steps = begins.map { base.possibility(begin: $0, duration: 0) }
    drifts = begins.filter { $0.isMultiple(of: Self.driftStride) }.flatMap { begin in
      Self.durations.map { base.possibility(begin: begin, duration: $0) }
    }
  }
}

/// Readings and regressors whitened once, for every signature that is held against them.
private struct Baseline {
  private let steps: [Steps.Step]
  private let isRead: [Bool]
  private let first: Int
  /// By place from the first: regressors and reading, whitened.
  private let whitened: [Double]
  private let factor: Cholesky?
  private let half: [Double]
  private let size: Int
  private let prior: Double

  init(
    _ readings: [Hindsight.Reading], _ wandering: Wandering, ridge: [Double], prior: Double
  ) {
    self.prior = prior
    size = ridge.count
    first = readings.first?.place ?? 0
    let places = readings.isEmpty ? 0 : readings[readings.count - 1].place - first + 1
    var isRead = Array(repeating: false, count: places)
    var whitened = Array(repeating: 0.0, count: places * (size + 1))
    for reading in readings {
      let row = (reading.place - first) * (size + 1)
      isRead[reading.place - first] = true
      for column in 0..<size { whitened[row + column] = reading.row[column] }
      whitened[row + size] = reading.value
    }
    var filter = Steps(wandering)
    var steps: [Steps.Step] = []
    for (index, isRead) in isRead.enumerated() {
      steps.append(filter.next(first + index, isRead: isRead))
    }
    var normal = Matrix(rows: size, columns: size)
    var products = Array(repeating: 0.0, count: size)
    for index in 0..<size { normal[index, index] = ridge[index] }
    var filters = Array(repeating: Surprises(), count: size + 1)
    for index in 0..<places {
      let row = index * (size + 1)
      for column in filters.indices {
        if isRead[index] {
          whitened[row + column] = filters[column].next(whitened[row + column], steps[index])
        } else {
          filters[column].skip(steps[index])
        }
      }
      for column in 0..<size {
        products[column] += whitened[row + column] * whitened[row + size]
        for other in 0..<size {
          normal[column, other] += whitened[row + column] * whitened[row + other]
        }
      }
    }
    self.steps = steps
    self.isRead = isRead
    self.whitened = whitened
    factor = Cholesky(normal)
    half = factor?.half(Matrix(rows: size, columns: 1, elements: products)).elements ?? products
  }

  func possibility(begin: Int, duration: Int) -> Possibility {
    var filter = Surprises()
    var (square, product) = (0.0, 0.0)
    var regressors = Array(repeating: 0.0, count: size)
    let start = min(max(begin * Grid.perDay - first, 0), isRead.count)
    for index in start..<isRead.count {
      guard isRead[index] else {
        filter.skip(steps[index])
        continue
      }
      let days = Double(first + index) / Double(Grid.perDay) - Double(begin)
      let signature = filter.next(duration == 0 ? 1 : min(1, days / Double(duration)), steps[index])
      let row = index * (size + 1)
      square += signature * signature
      product += signature * whitened[row + size]
      for column in 0..<size { regressors[column] += signature * whitened[row + column] }
    }
    guard let factor else {
      return Possibility(begin: begin, duration: duration, log: 0, ratio: 0, mean: 0, variance: 1)
    }
    let left = factor.half(Matrix(rows: size, columns: 1, elements: regressors)).elements
    let information = max(0, square - left.reduce(0) { $0 + $1 * $1 })
    let score = product - zip(left, half).reduce(0) { $0 + $1.0 * $1.1 }
    let room = 1 + prior * information
    return Possibility(
      begin: begin, duration: duration,
      log: 0.5 * (score * score * prior / room - room.logarithm),
      ratio: information > 1e-9 ? score * score / information : 0, mean: prior * score / room,
      variance: prior / room)
  }
}
