internal import Curves
internal import Mathematics

/// Looks for changes in one curve as its readings come: likelihood ratios of steps and ramps on the
/// one-step surprises, the level and the regressors fitted beside them.
///
/// It takes one path of readings, or many at once with gaps in common, as the limits need them.
struct ChangeScan: Sendable {
  /// Readings before a change may begin.
  static let leastBefore = 30
  /// A surprise beyond so many SD counts as so many: one wild reading is no change.
  static let mostSurprise = 3.5

  let wandering: Wandering
  private let size: Int
  private let width: Int
  private var steps: Steps
  private var levels: [Double]
  private var regressors: [Surprises]
  private var normal: [Double]
  private var products: [Double]
  private var whitenedRow: [Double]
  private(set) var whitened: [Double]
  private(set) var candidates: [Candidates]
  private(set) var read = 0

  /// - Parameters:
  ///   - wandering: how the curve is thought to wander.
  ///   - ridge: prior precision of each regressor, the level's first, as 0.
  ///   - width: how many paths are taken at once.
  init(_ wandering: Wandering, ridge: [Double], width: Int = 1) {
    self.wandering = wandering
    self.width = width
    size = ridge.count
    steps = Steps(wandering)
    levels = Array(repeating: 0, count: width)
    regressors = Array(repeating: Surprises(), count: size)
    normal = Array(repeating: 0, count: size * size)
    for index in 0..<size { normal[index * size + index] = ridge[index] }
    products = Array(repeating: 0, count: size * width)
    whitenedRow = Array(repeating: 0, count: size)
    whitened = Array(repeating: 0, count: width)
    candidates = ChangeShape.allCases.map { [size] in
      Candidates($0, regressors: size, width: width)
    }
  }

  /// The morning of a day: new candidates begin.
  mutating func open(day: Int) {
    guard read >= Self.leastBefore else { return }
    for index in candidates.indices { candidates[index].open(day: day) }
  }

  mutating func skip(_ place: Int) {
    let step = steps.next(place, isRead: false)
    for path in levels.indices { levels[path] *= step.kept }
    for index in regressors.indices { regressors[index].skip(step) }
    for index in candidates.indices { candidates[index].skip(step) }
  }

  /// Takes the readings of a place.
  ///
  /// - Parameters:
  ///   - place: later than all before.
  ///   - row: the regressors at the place.
  ///   - values: a reading a path, about the level, in own SD.
  mutating func take(_ place: Int, row: [Double], values: UnsafeBufferPointer<Double>) {
    let step = steps.next(place, isRead: true)
    read += 1
    for index in 0..<size { whitenedRow[index] = regressors[index].next(row[index], step) }
    let most = Self.mostSurprise / step.precision
    whitened.withUnsafeMutableBufferPointer { whitened in
      levels.withUnsafeMutableBufferPointer { levels in
        for path in 0..<width {
          let surprise = max(-most, min(most, values[path] - levels[path]))
          levels[path] = step.kept * (levels[path] + step.follow * surprise)
          whitened[path] = surprise * step.precision
        }
        products.withUnsafeMutableBufferPointer { products in
          for index in 0..<size {
            let regressor = whitenedRow[index]
            for path in 0..<width { products[index * width + path] += regressor * whitened[path] }
          }
        }
      }
    }
    for row in 0..<size {
      for column in 0...row {
        normal[row * size + column] += whitenedRow[row] * whitenedRow[column]
      }
    }
    let day = Double(place) / Double(Grid.perDay)
    whitened.withUnsafeBufferPointer { whitened in
      for index in candidates.indices {
        candidates[index].take(day: day, step, regressors: whitenedRow, readings: whitened)
      }
    }
  }

  /// Adds this curve's evidence of the moment to all curves' together.
  func judge(_ total: inout Evidence, curve: Int = 0) {
    guard read > Self.leastBefore else { return }
    let (factor, half) = solved()
    for candidates in candidates { total.add(candidates, factor: factor, half: half, curve: curve) }
  }

  /// The normal matrix's Cholesky factor by rows, and its inverse times the products.
  private func solved() -> (factor: [Double], half: [Double]) {
    var factor = normal
    for row in 0..<size {
      for column in 0...row {
        var left = factor[row * size + column]
        for before in 0..<column {
          left -= factor[row * size + before] * factor[column * size + before]
        }
        factor[row * size + column] =
          row == column
          ? max(left, 1e-9).squareRoot() : left / factor[column * size + column]
      }
    }
    var half = products
    half.withUnsafeMutableBufferPointer { half in
      for row in 0..<size {
        for before in 0..<row {
          let weight = factor[row * size + before]
          for path in 0..<width { half[row * width + path] -= weight * half[before * width + path] }
        }
        let scale = 1 / factor[row * size + row]
        for path in 0..<width { half[row * width + path] *= scale }
      }
    }
    return (factor, half)
  }
}
