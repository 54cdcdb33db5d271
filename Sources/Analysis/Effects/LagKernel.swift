internal import Curves
internal import Mathematics

/// What an event does over the days after it: nothing until the delay, then a decay.
package struct LagKernel: Hashable, Sendable, Codable {
  package var delayDays: Double
  /// In so many days it falls to 1/e.
  package var tauDays: Double

  package init(delayDays: Double, tauDays: Double) {
    self.delayDays = delayDays
    self.tauDays = tauDays
  }

  /// All that are averaged; none is ever picked.
  package static let all = [0.0, 1, 2, 3].flatMap { delay in
    [1.0, 2, 3, 5].map { LagKernel(delayDays: delay, tauDays: $0) }
  }

  /// How likely it is beforehand, up to a factor: long decays are rarer, and have more in sum.
  var likely: Double { 1 / tauDays.squareRoot() }

  /// 1 at the delay, 0 before it.
  package func weight(daysAfter days: Double) -> Double {
    days < delayDays ? 0 : (-(days - delayDays) / tauDays).exponential
  }

  /// The sum of the weights over all days, of which each has two readings: days of full effect.
  package var total: Double {
    1 / (1 - (-1 / (tauDays * Double(Grid.perDay))).exponential) / Double(Grid.perDay)
  }

  /// The doses, each followed by what it does, at every place of the grid.
  package func spread(_ doses: [Double]) -> [Double] {
    let kept = (-1 / (tauDays * Double(Grid.perDay))).exponential
    let delay = Int(delayDays * Double(Grid.perDay))
    var sum = 0.0
    return doses.indices.map { place in
      sum *= kept
      if place >= delay { sum += doses[place - delay] }
      return sum
    }
  }
}
