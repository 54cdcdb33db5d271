/// Medians and quantiles of a handful of numbers.
package enum Robust {
  /// The middle value, or the mean of the two in the middle; nil of nothing.
  package static func median(_ values: [Double]) -> Double? { quantile(values, 0.5) }

  /// 1.4826 times the median distance from the median: the SD of normal data.
  package static func spread(_ values: [Double]) -> Double? {
    guard let middle = median(values) else { return nil }
    return median(values.map { abs($0 - middle) }).map { $0 * 1.482602218505602 }
  }

  /// Between the order statistics by straight lines (type 7, as NumPy and R by default).
  package static func quantile(_ values: [Double], _ p: Double) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let place = p * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }

  package static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// The standard deviation, by n − 1.
  package static func deviation(_ values: [Double]) -> Double? {
    guard values.count > 1, let mean = mean(values) else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }
}
