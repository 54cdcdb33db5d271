internal import Mathematics

/// The shapes of change that are looked for while the days pass.
enum ChangeShape: Int, Sendable, CaseIterable {
  /// A level that is another from one reading to the next.
  case step
  /// A level that goes on moving.
  case ramp

  /// Days between two candidate beginnings.
  var stride: Int { self == .step ? 2 : 6 }
  /// How many beginnings are kept in view.
  var capacity: Int { self == .step ? 40 : 20 }
  /// The size at `days` after the beginning, for a coefficient of 1.
  func size(days: Double) -> Double { self == .step ? 1 : days / Self.rampDays }
  /// A ramp's coefficient is what it adds in so many days.
  static let rampDays = 60.0
  /// SD beforehand of the coefficient, in own SD.
  static let expected = 1.0
}

/// Candidate beginnings of one shape of change in one curve: the sums of each one's likelihood ratio.
///
/// A slot belongs to the same beginning in every curve, so that curves can be added up.
struct Candidates: Sendable {
  let shape: ChangeShape
  /// The day of each slot's beginning; negative where the slot is empty.
  private(set) var begins: [Int]
  private var states: [Double]
  private var follows: [Double]
  /// Whitened signature squared; times each regressor; times each path's readings.
  private var squares: [Double]
  private var regressors: [Double]
  private var readings: [Double]
  private let size: Int
  private let width: Int

  init(_ shape: ChangeShape, regressors size: Int, width: Int) {
    self.shape = shape
    self.size = size
    self.width = width
    begins = Array(repeating: -1, count: shape.capacity)
    states = Array(repeating: 0, count: shape.capacity)
    follows = states
    squares = states
    regressors = Array(repeating: 0, count: shape.capacity * size)
    readings = Array(repeating: 0, count: shape.capacity * width)
  }

  /// The slot of a day's candidate, if one begins then.
  static func slot(_ shape: ChangeShape, day: Int) -> Int? {
    day.isMultiple(of: shape.stride) ? day / shape.stride % shape.capacity : nil
  }

  /// A new candidate that begins on this day, in place of the oldest.
  mutating func open(day: Int) {
    guard let slot = Self.slot(shape, day: day) else { return }
    begins[slot] = day
    states[slot] = 0
    squares[slot] = 0
    for index in 0..<size { regressors[slot * size + index] = 0 }
    for path in 0..<width { readings[slot * width + path] = 0 }
  }

  /// A place without a reading.
  mutating func skip(_ step: Steps.Step) {
    for slot in begins.indices { states[slot] *= step.kept }
  }

  /// A place with a reading: the regressors and the paths' readings come whitened.
  mutating func take(
    day: Double, _ step: Steps.Step, regressors row: [Double],
    readings values: UnsafeBufferPointer<Double>
  ) {
    let (size, width) = (size, width)
    readings.withUnsafeMutableBufferPointer { readings in
      for slot in begins.indices where begins[slot] >= 0 {
        let signature = shape.size(days: day - Double(begins[slot]))
        let surprise = signature - states[slot]
        states[slot] = step.kept * (states[slot] + step.follow * surprise)
        let whitened = surprise * step.precision
        squares[slot] += whitened * whitened
        for index in 0..<size { regressors[slot * size + index] += whitened * row[index] }
        let first = slot * width
        for path in 0..<width { readings[first + path] += whitened * values[path] }
      }
    }
  }

  /// Adds the logarithm of each candidate's Bayes factor against no change, path by path.
  ///
  /// With a change's size normal beforehand: ½(n²s²/(1 + s²I) − log(1 + s²I)), where n is the score
  /// and I the information that the regressors leave.
  ///
  /// - Parameters:
  ///   - factor: the lower Cholesky factor of the regressors' normal matrix, row after row.
  ///   - half: the factor's inverse times the regressors' products with the readings, by paths.
  ///   - sums: those of this shape, over all curves.
  ///   - curve: which curve this is.
  func add(factor: [Double], half: [Double], to sums: inout Evidence.Sums, curve: Int) {
    let prior = ChangeShape.expected * ChangeShape.expected
    var projected = Array(repeating: 0.0, count: size)
    for slot in begins.indices where begins[slot] >= 0 && squares[slot] > 0 {
      var information = squares[slot]
      for index in 0..<size {
        var left = regressors[slot * size + index]
        for before in 0..<index { left -= factor[index * size + before] * projected[before] }
        projected[index] = left / factor[index * size + index]
        information -= projected[index] * projected[index]
      }
      let room = 1 + prior * max(information, 0)
      let scale = (0.5 * prior / room).squareRoot()
      let before = sums.clearest[0]
      add(slot, projected: projected, half: half, scale: scale, cost: 0.5 * room.logarithm, &sums)
      if sums.clearest[0] > before { (sums.curve, sums.slot) = (curve, slot) }
    }
  }

  private func add(
    _ slot: Int, projected: [Double], half: [Double], scale: Double, cost: Double,
    _ sums: inout Evidence.Sums
  ) {
    let (width, first, isJoint) = (width, slot * width, sums.isJoint)
    // The level is the first regressor.
    let level = scale * projected[0]
    sums.scores.withUnsafeMutableBufferPointer { scores in
      readings.withUnsafeBufferPointer { readings in
        half.withUnsafeBufferPointer { half in
          for path in 0..<width {
            scores[path] = scale * readings[first + path] - level * half[path]
          }
          for index in 1..<max(1, size) {
            let weight = scale * projected[index]
            for path in 0..<width { scores[path] -= weight * half[index * width + path] }
          }
        }
      }
      sums.clearest.withUnsafeMutableBufferPointer { clearest in
        for path in 0..<width {
          let log = scores[path] * scores[path] - cost
          clearest[path] = log > clearest[path] ? log : clearest[path]
        }
      }
      guard isJoint else { return }
      sums.joint.withUnsafeMutableBufferPointer { joint in
        for path in 0..<width {
          let log = scores[path] * scores[path] - cost
          joint[first + path] += log > 0 ? log : 0
        }
      }
    }
  }
}
