import Curves
import Effects
import Findings
import Forecast
import Humidity
import Products
import Trials
import Watch
import WhatIf

/// What one analysis says of one person's days.
enum Answer: Sendable {
  case effects([EffectAnswer])
  case humidity([(outcome: String, result: Result<Optimum, Silence>)])
  case watch(Result<WatchReport, Silence>)
  case products(Result<[DiaryTrials.Pair], Silence>)
  case forecast([CurveForecast])
  case whatIf(WhatIfAnswer)
  case trials([TrialAnswer], [NOf1PlanFault])

  /// In words, and as it is kept.
  func findings(of person: String) -> [Finding] {
    switch self {
    case .effects(let answers): answers.map { Finding($0, of: person) }
    case .humidity(let optima):
      optima.map { Finding(outcome: $0.outcome, $0.result, of: person) }
    case .watch(let result): Finding.watched(result, of: person)
    case .products(.failure(let silence)): [.noProducts(silence, of: person)]
    case .products(.success(let pairs)): pairs.map { Finding($0, of: person) }
    case .forecast(let forecasts): forecasts.flatMap { Finding.forecast($0, of: person) }
    case .whatIf(let answer): Finding.whatIf(answer, of: person)
    case .trials(let answers, let faults): Finding.trials(answers, faults, of: person)
    }
  }
}

/// How one curve may go on.
struct CurveForecast: Sendable {
  var curve: String
  var result: Result<ForecastResult, Silence>

  init(_ curve: Curve, in history: History) {
    self.curve = curve.name
    result = Result { () throws(Silence) in
      try Forecaster(history: history, curve: curve).run()
    }
  }
}

/// How all curves may go on if the air stays at a value.
struct WhatIfAnswer: Sendable {
  /// Nil where the station does not measure what was asked about.
  var question: WhatIf?
  var paths: [(outcome: String, result: Result<WhatIfPath, Silence>)] = []

  /// Why there is no question.
  static let unmeasured = Silence("the station measures no PM2.5", "本站不测 PM2.5")

  /// - Parameters:
  ///   - history: whose days.
  ///   - value: PM2.5 in µg/m³; nil for as high as on one day in ten.
  ///   - days: for how long.
  init(_ history: History, value: Double?, days: Int) {
    guard let particles = history.air("air.pm2_5") else { return }
    let seen = particles.values.compactMap { $0 }.sorted()
    guard !seen.isEmpty else { return }
    let asked = WhatIf(
      channel: "air.pm2_5", value: value ?? seen[min(seen.count * 9 / 10, seen.count - 1)],
      days: days)
    question = asked
    paths = asked.paths(in: history)
  }
}
