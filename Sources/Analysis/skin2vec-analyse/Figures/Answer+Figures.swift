import Curves
import Drawings
import Effects
import Figures
import Watch

extension Answer {
  /// What can be drawn of it; `history` has the days that it is about.
  func figures(in history: History) -> [KeptFigure] {
    switch self {
    case .effects(let answers): KeptFigure.effects(answers, in: history)
    case .humidity(let optima):
      optima.map { KeptFigure(humidity: $0.outcome, $0.result, in: history) }
    case .watch(.success(let report)):
      report.alarms.compactMap { KeptFigure($0, in: history) }
    case .watch(.failure): []
    case .products(let result): [KeptFigure(result, of: history.person)]
    case .forecast(let forecasts): forecasts.map { KeptFigure($0, in: history) }
    case .whatIf(let answer): [KeptFigure(answer, in: history)]
    case .trials(let answers, _): KeptFigure.trials(answers, of: history.person)
    }
  }
}

extension KeptFigure {
  /// All events on each outcome, and how those that have shown something go over the days.
  fileprivate static func effects(_ answers: [EffectAnswer], in history: History) -> [KeptFigure] {
    let forests = history.curves.compactMap { curve in
      let own = answers.filter { $0.outcome == curve.name }
      return own.isEmpty ? nil : KeptFigure(effectsOn: curve, own, of: history.person)
    }
    let shown = answers.compactMap { try? $0.result.get() }.filter { $0.evidence > .none }
    return forests + shown.map { KeptFigure($0, of: history.person) }
  }

  private init(effectsOn curve: Curve, _ answers: [EffectAnswer], of person: String) {
    let found = answers.compactMap { try? $0.result.get() }
    var figure = IntervalFigure(effectsOn: curve.name, answers)
    figure.showsOccasions = true
    self.init(
      name: Self.name("effects", person, curve.name), analysis: "effects", person: person,
      heading: .effects(outcome: curve.name, part: 0),
      readings: found.map(\.readings).max() ?? curve.count, silence: figure.silence,
      drawing: .intervals(figure))
  }

  private init(_ effect: Effect, of person: String) {
    self.init(
      name: Self.name("lag", person, effect.outcome, effect.event), analysis: "effects",
      person: person, heading: .lags(outcome: effect.outcome, event: effect.event),
      readings: effect.readings, occasions: effect.occasions, drawing: .lags(LagFigure(effect)))
  }
}

extension IntervalFigure {
  /// Why no row has an estimate: the first row's reason; nil where one has.
  var silence: Silence? {
    var first: Silence?
    for row in rows {
      guard case .failure(let silence) = row.result else { return nil }
      first = first ?? silence
    }
    return first
  }
}
