internal import Curves
internal import Mathematics

/// How the air of the days before still acts: an average that forgets, after a delay.
///
/// Its weights sum to 1, so a coefficient is what comes of one unit more for good.
package struct AirKernel: Hashable, Sendable, Codable {
  package var delayDays: Double
  /// In so many days an hour's air weighs 1/e.
  package var tauDays: Double

  /// All that are averaged by marginal likelihood; none is ever picked.
  package static let all = [0.0, 1].flatMap { delay in
    [1.0, 2, 3].map { AirKernel(delayDays: delay, tauDays: $0) }
  }

  private var kept: Double { (-1 / (tauDays * Double(Grid.perDay))).exponential }
  private var delay: Int { Int(delayDays * Double(Grid.perDay)) }

  /// The forgetting average at every place; nil where less than half of its weight was measured.
  func average(_ values: [Double?]) -> [Double?] {
    let kept = kept
    var (sum, weight) = (0.0, 0.0)
    return values.indices.map { place in
      sum *= kept
      weight *= kept
      if place >= delay, let value = values[place - delay] {
        sum += (1 - kept) * value
        weight += 1 - kept
      }
      return weight >= 0.5 ? sum / weight : nil
    }
  }

  /// What comes of one unit more over so many places from the first on, at each of `count` places.
  func response(toPlaces raised: Int, count: Int) -> [Double] {
    let kept = kept
    var sum = 0.0
    return (0..<count).map { place in
      sum *= kept
      if place >= delay, place - delay < raised { sum += 1 - kept }
      return sum
    }
  }
}
