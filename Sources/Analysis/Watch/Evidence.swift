/// What is alarmed on: one shape of change, in the clearest curve or in all together.
struct Detector: Hashable, Sendable {
  var shape: ChangeShape
  var isJoint: Bool

  /// For so many curves; one curve alone needs no joint detector.
  static func all(curves: Int) -> [Detector] {
    (curves > 1 ? [false, true] : [false]).flatMap { isJoint in
      ChangeShape.allCases.map { Detector(shape: $0, isJoint: isJoint) }
    }
  }
}

/// The evidence for change on one day: by shape and beginning, over the curves.
struct Evidence: Sendable {
  /// Of one shape.
  struct Sums: Sendable {
    /// For each path: the clearest candidate of any curve.
    var clearest: [Double]
    /// For each slot and path: what the curves say for it together, none against it.
    var joint: [Double]
    let isJoint: Bool
    /// Room for one candidate's scores.
    var scores: [Double]
    /// Which curve and slot are the clearest, on the first path.
    var curve = 0
    var slot = 0
  }

  private let width: Int
  private let empty: [Sums]
  private var sums: [Sums]

  /// - Parameters:
  ///   - width: how many paths are judged at once.
  ///   - isJoint: whether curves are added up.
  init(width: Int = 1, isJoint: Bool = true) {
    self.width = width
    empty = ChangeShape.allCases.map { shape in
      let none = Array(repeating: 0.0, count: width)
      let joint = Array(repeating: 0.0, count: isJoint ? shape.capacity * width : 0)
      return Sums(clearest: none, joint: joint, isJoint: isJoint, scores: none)
    }
    sums = empty
  }

  mutating func reset() { sums = empty }

  mutating func add(
    _ candidates: Candidates, factor: [Double], half: [Double], curve: Int
  ) {
    candidates.add(
      factor: factor, half: half, to: &sums[candidates.shape.rawValue], curve: curve)
  }

  /// The detector's statistic, path by path.
  func statistics(_ detector: Detector) -> [Double] {
    let sums = sums[detector.shape.rawValue]
    guard detector.isJoint else { return sums.clearest }
    var most = Array(repeating: 0.0, count: width)
    most.withUnsafeMutableBufferPointer { most in
      sums.joint.withUnsafeBufferPointer { joint in
        for slot in 0..<detector.shape.capacity {
          for path in 0..<width {
            let sum = joint[slot * width + path]
            most[path] = sum > most[path] ? sum : most[path]
          }
        }
      }
    }
    return most
  }

  /// The first path's statistic.
  func statistic(_ detector: Detector) -> Double {
    let sums = sums[detector.shape.rawValue]
    return detector.isJoint ? statistics(detector)[0] : sums.clearest[0]
  }

  /// The slot of the first path's largest statistic.
  func slot(_ detector: Detector) -> Int {
    let sums = sums[detector.shape.rawValue]
    guard detector.isJoint else { return sums.slot }
    let slots = 0..<detector.shape.capacity
    return slots.max { sums.joint[$0 * width] < sums.joint[$1 * width] } ?? 0
  }

  /// What all curves say together for a candidate, on the first path.
  func joint(_ shape: ChangeShape, slot: Int) -> Double { sums[shape.rawValue].joint[slot * width] }
}
