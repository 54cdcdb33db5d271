/// The median and the spread around it: what one wild value cannot move.
package enum RobustStatistics {
  /// Makes a median absolute deviation an estimate of the standard deviation of normal data:
  /// 1/Φ⁻¹(3/4), as the design's section 5 rounds it.
  package static let normalConsistency = 1.4826

  /// The middle value, or the mean of the two middle ones; nil for no values.
  package static func median(of values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    guard sorted.count.isMultiple(of: 2) else { return sorted[middle] }
    return (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The median, and 1.4826 times the median absolute deviation from it; nil for no values.
  package static func centreAndSpread(
    of values: [Double]
  ) -> (centre: Double, spread: Double)? {
    guard let centre = median(of: values),
      let deviation = median(of: values.map { ($0 - centre).magnitude })
    else { return nil }
    return (centre, normalConsistency * deviation)
  }
}
