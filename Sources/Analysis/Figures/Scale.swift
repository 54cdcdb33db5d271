/// From a quantity to pixels, by a straight line.
struct Scale: Sendable {
  let low: Double
  let high: Double
  let start: Double
  let end: Double

  func callAsFunction(_ value: Double) -> Double {
    start + (value - low) / (high - low) * (end - start)
  }

  /// What has to be seen, with some room.
  ///
  /// - Parameters:
  ///   - values: what is not finite is left out.
  ///   - padding: the room at either end, as a share of the span.
  /// - Returns: nil where there is nothing to be seen.
  static func range(_ values: [Double], padding: Double = 0.06) -> ClosedRange<Double>? {
    let seen = values.filter { $0.isFinite && abs($0) < 1e15 }
    guard let low = seen.min(), let high = seen.max() else { return nil }
    let room = high > low ? (high - low) * padding : max(abs(low) * 0.1, 1)
    return (low - room)...(high + room)
  }
}

/// Round numbers for an axis.
package enum Ticks {
  /// Multiples of 1, 2 or 5 times a power of ten within the range, about `count` of them.
  package static func nice(_ range: ClosedRange<Double>, about count: Int = 5) -> [Double] {
    let span = range.upperBound - range.lowerBound
    guard span > 0, span.isFinite, count > 0 else { return [] }
    let step = step(span / Double(count))
    let first = Int((range.lowerBound / step).rounded(.up))
    let last = Int((range.upperBound / step).rounded(.down))
    guard first <= last, last - first < 100 else { return [] }
    return (first...last).map { Double($0) * step }
  }

  /// The least of 1, 2 and 5 times a power of ten that is not below `least`.
  package static func step(_ least: Double) -> Double {
    var power = 1.0
    while power > least { power /= 10 }
    while power * 10 <= least { power *= 10 }
    // What rounding makes of 0.2 is not more than 0.2.
    return power * ([1.0, 2, 5].first { $0 * power >= least * (1 - 1e-9) } ?? 10)
  }

  /// Digits after the point that tell the ticks apart.
  static func digits(_ ticks: [Double]) -> Int {
    guard ticks.count > 1 else { return 2 }
    var (step, digits) = (ticks[1] - ticks[0], 0)
    while step < 0.999, digits < 6 { (step, digits) = (step * 10, digits + 1) }
    return digits
  }
}
