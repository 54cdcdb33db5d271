import Curves
import Findings
import Products
import Readings
import Report

@testable import Effects
@testable import Forecast
@testable import Humidity
@testable import Watch

/// Diaries and results that are made up, with the same text wherever text from a diary goes.
enum Diary {
  static let outcome = "skin.moisture at cheek"

  static func day(_ text: String) throws -> LocalDate {
    guard let date = LocalDate(text) else { throw Silence("no date: \(text)") }
    return date
  }

  /// Moisture at one site; nil for a slot without a reading.
  static func history(
    from first: LocalDate, values: [Double?], site: String = "cheek", person: String = "me",
    epochs: [Int]? = nil
  ) -> History {
    History(
      person: person, firstDate: first, days: (values.count + 1) / 2,
      curves: [
        Curve(channel: "skin.moisture", site: site, floor: 2, values: values, epochs: epochs)
      ])
  }

  static func effect(
    _ evidence: Effects.Evidence, outcome: String = outcome, event: String
  ) -> Effect {
    Effect(
      outcome: outcome, event: event, peak: Estimate(value: -0.8, low: -1.1, high: -0.5),
      cumulative: Estimate(value: -2, low: -3, high: -1), deviation: 5, unit: "", readings: 412,
      occasions: 31, adjustedFor: ["season"], delays: [0, 1, 0, 0], decays: [0, 1, 0, 0], p: 0.001,
      q: 0.01, halves: nil, detectable: 0.4, evidence: evidence)
  }

  static func answer(_ effect: Effect) -> EffectAnswer {
    EffectAnswer(outcome: effect.outcome, event: effect.event, result: .success(effect))
  }

  static func optimum(shift: Estimate?) -> Optimum {
    Optimum(
      outcome: outcome, optimum: Estimate(value: 54, low: 51, high: 57), zone: nil,
      loss: Estimate(value: 0.3, low: 0.2, high: 0.4), pTwoSided: 0.01, shift: shift, pShift: nil,
      seen: 38...66, readings: 300, adjustedFor: ["season"])
  }

  static func alarm(noticed: LocalDate, sentence: String) -> Alarm {
    Alarm(
      curve: outcome, kind: .shift, probabilities: [.shift: 0.9], noticedOn: noticed,
      judgedUpTo: noticed, beganEarliest: noticed - 9, beganLikely: noticed - 6,
      beganLatest: noticed - 4, sizeSD: Estimate(value: -1, low: -1.4, high: -0.6),
      size: Estimate(value: -5, low: -7, high: -3), readings: 200, adjustedFor: [], changes: [],
      sentence: sentence)
  }

  static func forecast(_ history: History, curve: String = outcome) -> ForecastResult {
    let last = history.places
    let score = ForecastScore(
      method: .blend, count: 88, mase: 0.8, weekMASE: 0.9, crps: 2, coverage80: 0.8,
      coverage90: 0.91)
    return ForecastResult(
      curve: curve, unit: "",
      outlooks: (0..<14).map { ahead in
        ForecastResult.Outlook(
          date: history.date(last + ahead), slot: Grid.slot(last + ahead), place: last + ahead,
          likely80: Estimate(value: 50, low: 45, high: 55, level: 0.8),
          likely90: Estimate(value: 50, low: 42, high: 58), method: .blend)
      }, scores: [score], used: score, within80: [], within90: [], readings: 120)
  }

  /// Eight days of two products, one of which keeps more.
  static func comparison(_ first: String, _ second: String) throws -> Comparison {
    func application(_ day: Int, _ product: String, _ side: Side, _ uplift: Double) -> Application {
      let minutes = [0.0, 15, 60, 240, 480]
      return Application(
        date: LocalDate(daysSince1970: 20_000 + day), product: product, side: side,
        readings: minutes.map { TimedReading(minutes: $0, value: $0 > 0 ? 50 + uplift : 50) },
        control: minutes.map { TimedReading(minutes: $0, value: 48) })
    }
    let noise = [0.3, -0.4, 0.1, -0.2, 0.5, -0.3, 0.2, -0.1]
    return try Comparison(
      of: noise.enumerated().map { day, noise in
        let isLeft = day.isMultiple(of: 2)
        return ApplicationPair(
          first: application(day, first, isLeft ? .left : .right, 14 + noise),
          second: application(day, second, isLeft ? .right : .left, 10))
      })
  }

  /// A month of everything, with a text in all places that a diary fills.
  static func full(_ text: String) throws -> MonthReport {
    let first = try day("2026-08-20")
    var history = history(
      from: first, values: (0..<146).map { 50 + Double($0 % 5) }, site: text, person: text)
    let curve = history.curves[0].name
    history.air = [
      AirCurve(channel: "air.humidity", unit: "%RH", values: (0..<146).map { 40 + Double($0 % 20) })
    ]
    history.events = [EventCurve(kind: text, doses: (0..<146).map { $0 % 9 == 1 ? 1 : 0 })]
    var results = ReportResults()
    results.effects = [
      answer(effect(.replicated, outcome: curve, event: text)),
      EffectAnswer(outcome: curve, event: text, result: .failure(Silence(text))),
    ]
    results.optima = [
      (curve, .success(optimum(shift: Estimate(value: 3, low: 1, high: 5)))),
      (curve, .failure(Silence(text))),
    ]
    results.watch = WatchReport(
      alarms: [alarm(noticed: try day("2026-10-20"), sentence: text)], watched: [],
      silences: [(text, Silence(text))], budgetPerYear: 0.5)
    results.forecasts = [forecast(history, curve: curve)]
    results.comparisons = [try comparison(text, text + " B")]
    let findings = ["effects", "humidity", "products", "what-if", "forecast", text].flatMap {
      [
        Finding(
          analysis: $0, person: text, subject: text, sentence: text, isClaim: true, value: -0.8,
          low: -1.1, high: -0.5, level: 0.9, unit: text, readings: 412, evidence: text,
          adjustedFor: [text, text]),
        Finding(analysis: $0, person: text, subject: text, sentence: text, silence: text),
      ]
    }
    return MonthReport(
      month: try Month("2026-10"), person: text, history: history, findings: findings,
      results: results, plan: AnalysisPlan(text: text))
  }
}
