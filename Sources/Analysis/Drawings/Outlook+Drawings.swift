package import Curves
package import Figures
package import Forecast
internal import Readings
package import WhatIf

extension FanFigure {
  /// Three weeks of readings, and what is foretold; nil where nothing is.
  package init?(_ result: ForecastResult, in history: History) {
    guard let next = result.next,
      let curve = history.curves.first(where: { $0.name == result.curve })
    else { return nil }
    let last = min(next.place, curve.values.count)
    let start = max(0, Grid.day(next.place) - 21) * Grid.perDay
    self.init(
      title: .heading(.forecast(outcome: result.curve)), unit: result.unit,
      firstDate: history.date(start), values: Array(curve.values[min(start, last)..<last]),
      steps: result.outlooks.map { outlook in
        Step(
          place: outlook.place - start, value: outlook.likely90.value,
          bands: [outlook.likely90, outlook.likely80].map {
            min($0.low, $0.high)...max($0.low, $0.high)
          })
      }, levels: [0.9, 0.8])
  }
}

extension FigureHeading {
  /// What becomes of the skin if the air stays so.
  package init(_ question: WhatIf, in history: History) {
    self = .whatIf(
      channel: question.channel, value: question.value,
      unit: history.air(question.channel)?.unit ?? "", days: question.days)
  }
}

extension IntervalFigure {
  /// The largest difference that a given air makes to each outcome, in the person's own SD.
  package init(
    _ question: WhatIf, _ paths: [(outcome: String, result: Result<WhatIfPath, Silence>)],
    in history: History
  ) {
    self.init(
      title: .heading(FigureHeading(question, in: history)), quantity: .changeByAir,
      unit: "own SD",
      rows: paths.map { outcome, result in
        Row(label: .outcome(outcome), result: result.flatMap(Self.largest))
      })
  }

  private static func largest(_ path: WhatIfPath) -> Result<Estimate, Silence> {
    guard let step = path.largest, path.deviation > 0 else {
      return .failure(Silence("nothing to say", "没有可说的结果"))
    }
    return .success(step.difference.scaled(by: 1 / path.deviation))
  }
}
