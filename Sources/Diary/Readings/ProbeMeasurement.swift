/// What a part of the probe says while somebody calibrates it.
package struct ProbeMeasurement: Hashable, Sendable, Codable {
  package var channel: Channel
  /// The part that was read: `fdc1004 0x50`.
  package var part: String
  package var rawUnit: Touch.RawUnit
  /// The median of the samples, in `rawUnit`.
  package var median: Double
  /// 1.4826 times their median absolute deviation, in `rawUnit`.
  package var spread: Double
  /// The median of the last third less the median of the first, in `rawUnit`.
  package var drift: Double
  /// How many samples there were.
  package var count: Int

  package init(
    channel: Channel, part: String, rawUnit: Touch.RawUnit, median: Double, spread: Double,
    drift: Double, count: Int
  ) {
    self.channel = channel
    self.part = part
    self.rawUnit = rawUnit
    self.median = median
    self.spread = spread
    self.drift = drift
    self.count = count
  }

  /// Whether it is still enough to calibrate by: within half a percent, or within the part's noise.
  package var isSteady: Bool { max(spread, drift.magnitude) <= tolerance }

  /// Whether two in a row are steady, and the same.
  package func agrees(with other: ProbeMeasurement) -> Bool {
    isSteady && other.isSteady && (median - other.median).magnitude <= tolerance
  }

  private var tolerance: Double {
    let noise =
      switch rawUnit {
      case .picofarads: 0.02
      case .counts: 20.0
      }
    return max(noise, 0.005 * median.magnitude)
  }
}
