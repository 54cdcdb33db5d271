internal import Mathematics

/// Intervals that learn from their own misses, so that their share within is right in the long run.
///
/// Adaptive conformal inference: after a miss the next intervals are wider, after a hit a little
/// narrower. The share within over any T readings is off by at most about 1 / (rate · T), whatever
/// the readings do. Source: I. Gibbs and E. Candès, NeurIPS 2021.
struct ConformalStream {
  /// The share that may be outside.
  let target: Double
  /// How far one miss moves the intervals.
  let rate: Double
  /// The share outside that is aimed at now.
  private(set) var aim: Double
  /// The latest scores, ascending, and in the order they came.
  private var sorted: [Double] = []
  private var recent: [Double] = []
  private static let kept = 250
  /// With fewer scores, a normal distribution's.
  private static let least = 20

  init(target: Double, rate: Double) {
    self.target = target
    self.rate = rate
    aim = target
  }

  /// Half the interval's width, in the score's own standard deviations.
  var half: Double {
    if aim >= 1 { return 0 }
    if sorted.count < Self.least {
      return StandardNormal.quantile(1 - min(max(aim, 0.001), 1) / 2)
    }
    // Of n scores and the next one, the ceil((n + 1)(1 − aim))th.
    let place = (Double(sorted.count + 1) * (1 - aim)).rounded(.up)
    guard place <= Double(sorted.count) else { return (sorted.last ?? 1) * 1.25 }
    return sorted[max(Int(place), 1) - 1]
  }

  /// Learns how a reading came out.
  ///
  /// - Parameters:
  ///   - isWithin: whether it was within the interval that was given.
  ///   - score: its distance from the forecast, in standard deviations.
  mutating func learn(isWithin: Bool, score: Double) {
    aim += rate * (target - (isWithin ? 0 : 1))
    recent.append(score)
    sorted.insert(score, at: Self.place(of: score, in: sorted))
    if recent.count > Self.kept {
      sorted.remove(at: Self.place(of: recent.removeFirst(), in: sorted))
    }
  }

  private static func place(of score: Double, in sorted: [Double]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < score { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
