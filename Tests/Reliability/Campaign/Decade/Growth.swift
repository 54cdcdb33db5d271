/// Whether a figure that should stand still grew over a run.
struct Growth: Sendable {
  /// Robust slope times the length of the run: what was gained from the end of the warm-up to the end.
  var gained: Double
  /// The greatest value after the warm-up.
  var greatest: Double

  /// Fits a run; nil where it has too few looks.
  ///
  /// - Parameters:
  ///   - values: The figure at equal steps, in order.
  ///   - warmUp: The share of the run that does not count.
  init?(of values: [Double], warmUp: Double = 0.2) {
    let steady = Array(values.dropFirst(Int(Double(values.count) * warmUp)))
    guard steady.count >= 8, let greatest = steady.max() else { return nil }
    self.greatest = greatest
    // Theil and Sen: the median of all slopes, which a peak here and there does not move.
    var slopes: [Double] = []
    let stride = max(1, steady.count / 300)
    let picked = Swift.stride(from: 0, to: steady.count, by: stride).map { steady[$0] }
    for i in picked.indices {
      for j in picked.indices where j > i { slopes.append((picked[j] - picked[i]) / Double(j - i)) }
    }
    slopes.sort()
    gained = slopes[slopes.count / 2] * Double(picked.count - 1)
  }
}
