/// A number with how sure it is.
package struct Estimate: Hashable, Sendable, Codable {
  package var value: Double
  /// The ends of the interval.
  package var low: Double
  package var high: Double
  /// The interval's level: 0.9.
  package var level: Double

  package init(value: Double, low: Double, high: Double, level: Double = 0.9) {
    self.value = value
    self.low = low
    self.high = high
    self.level = level
  }

  /// Whether the interval lies on one side of zero.
  package var excludesZero: Bool { low > 0 || high < 0 }

  /// The same in another unit.
  package func scaled(by factor: Double) -> Estimate {
    let ends = [low * factor, high * factor]
    return Estimate(
      value: value * factor, low: min(ends[0], ends[1]), high: max(ends[0], ends[1]), level: level)
  }
}
