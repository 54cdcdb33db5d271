import Curves
import Mathematics
import SyntheticSubject
import WhatIf

/// A made-up person whose moisture follows PM2.5 in a way that is known.
///
/// In the home world the air of the days before weighs less and less; in the other world it first
/// weighs more and then less, which no kernel of the analysis does.
struct PlantedAir {
  private(set) var history: History
  private let weights: [Double]
  /// Of moisture for good, for one SD more of PM2.5 for good, in the person's own SD.
  private let effect: Double
  /// The person's own SD of moisture, as planned.
  let deviation = PlantedChannel.moisture.deviation
  let seen: [Double]
  /// SD of PM2.5, in µg/m³.
  let spread: Double

  private static let channel = "air.pm2_5"
  /// Older air does nothing.
  private static let reach = 30 * Grid.perDay

  /// Every other person's skin answers a day late.
  init(world: World, days: Int, effect: Double, seed: UInt64) {
    history = world.subject(SubjectPlan(days: days), seed: seed).history
    self.effect = effect
    let kernel = PlantedEvent(kind: "", peak: 1, delayDays: Double(seed % 2), tauDays: 2)
    let shape = (0..<Self.reach).map {
      world.kernel(kernel, daysAfter: Double($0) / Double(Grid.perDay))
    }
    let total = shape.reduce(0, +)
    weights = shape.map { $0 / total }
    seen = history.air(Self.channel)?.values.compactMap { $0 } ?? []
    spread = Robust.deviation(seen) ?? 0
    let middle = Robust.mean(seen) ?? 0
    for place in history.curves[0].values.indices {
      guard let value = history.curves[0].values[place] else { continue }
      let acting = (0...min(place, Self.reach - 1)).reduce(0.0) {
        $0 + weights[$1] * (seen[place - $1] - middle) / spread
      }
      history.curves[0].values[place] = value + deviation * effect * acting
    }
  }

  func quantile(_ p: Double) -> Double { Robust.quantile(seen, p) ?? 0 }

  /// The highest mean of so many days in a row, in µg/m³.
  func highestMean(days: Int) -> Double {
    let width = days * Grid.perDay
    return (0...max(0, seen.count - width)).map { first in
      Robust.mean(Array(seen[first..<min(first + width, seen.count)])) ?? 0
    }.max() ?? 0
  }

  /// Nil where the question is refused.
  func path(to value: Double, days: Int) -> WhatIfPath? {
    // Why nothing is said does not matter here, only how often.
    try? WhatIf(channel: Self.channel, value: value, days: days)
      .path(of: history.curves[0], in: history)
  }

  /// The true difference at each place of a path.
  func truth(of path: WhatIfPath) -> [Double] {
    let step = (path.question.value - path.reference) / spread
    let raised = path.question.days * Grid.perDay
    return path.steps.indices.map { index in
      (0...index).filter { $0 < raised }.reduce(0.0) {
        $0 + deviation * effect * step * weights[index - $1]
      }
    }
  }

  /// Whether Pearson's r of the readings with the air of their places would be claimed at 10 %.
  var correlates: Bool {
    let pairs = history.curves[0].values.enumerated().compactMap { place, value in
      value.map { (seen[place], $0) }
    }
    guard let x = Robust.mean(pairs.map(\.0)), let y = Robust.mean(pairs.map(\.1)),
      let spreadX = Robust.deviation(pairs.map(\.0)), let spreadY = Robust.deviation(pairs.map(\.1))
    else { return false }
    let products = pairs.reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
    let r = products / Double(pairs.count - 1) / (spreadX * spreadY)
    let df = Double(pairs.count - 2)
    let t = r * (df / max(1 - r * r, 1e-12)).squareRoot()
    return abs(t) > StudentT(df: df).quantile(0.95)
  }
}
