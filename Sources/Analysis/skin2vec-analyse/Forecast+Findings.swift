import Curves
import Findings
import Forecast
import Readings
import WhatIf

extension Finding {
  /// A forecast of the next reading; it is no claim of anything.
  static func forecasts(_ history: History) -> [Finding] {
    history.curves.flatMap { curve -> [Finding] in
      do {
        let result = try Forecaster(history: history, curve: curve).run()
        return result.outlooks.enumerated().map { ahead, outlook in
          forecast(result, outlook, ahead: ahead + 1, of: history.person)
        }
      } catch {
        return [
          Finding(
            analysis: "forecast", person: history.person, subject: curve.name,
            sentence: "the next reading of \(curve.name): \(error)", silence: "\(error)",
            details: [Detail("outcome", curve.name)])
        ]
      }
    }
  }

  /// All fourteen are kept; the first one's sentence speaks for them.
  private static func forecast(
    _ result: ForecastResult, _ outlook: ForecastResult.Outlook, ahead: Int, of person: String
  ) -> Finding {
    let likely = outlook.likely90
    let scores = result.scores.map {
      "\($0.method.name): MASE \(Words.plain($0.mase)), a week \(Words.plain($0.weekMASE)), "
        + "CRPS \(Words.plain($0.crps)), 80 % held \(Words.percent($0.coverage80)), "
        + "90 % held \(Words.percent($0.coverage90)) of \($0.count)"
    }
    return Finding(
      analysis: "forecast", person: person, subject: result.curve,
      sentence: ahead == 1
        ? "\(result)"
        : "\(result.curve) in the \(outlook.slot.rawValue) of \(outlook.date): "
          + "\(Words.plain(likely.value, digits: 1)) (\(Words.plain(likely.low, digits: 1)) to "
          + "\(Words.plain(likely.high, digits: 1)))",
      value: likely.value, low: likely.low, high: likely.high, level: likely.level,
      unit: result.unit, readings: result.readings,
      details: [
        Detail("outcome", result.curve), Detail("horizon", "\(ahead)"),
        Detail("method", outlook.method.name), Detail("mase", Words.plain(result.used.mase)),
        Detail("for_date", "\(outlook.date) \(outlook.slot.rawValue)"),
        Detail("all methods so far", scores.joined(separator: "; ")),
      ])
  }

  /// What becomes of each outcome if PM2.5 stays as high as on one day in ten.
  static func whatIf(_ history: History) -> [Finding] {
    guard let question = question(history) else {
      return [
        Finding(
          analysis: "what-if", person: history.person, subject: "air.pm2_5",
          sentence: "what if PM2.5 stays high: the station measures no PM2.5",
          silence: "the station measures no PM2.5")
      ]
    }
    return question.paths(in: history).map { outcome, result in
      let asked = [
        Detail("outcome", outcome), Detail("channel", question.channel),
        Detail("level", Words.plain(question.value, digits: 1)), Detail("days", "\(question.days)"),
      ]
      guard case .success(let path) = result, let step = path.largest else {
        var reason = "nothing to say"
        if case .failure(let silence) = result { reason = silence.reason }
        return Finding(
          analysis: "what-if", person: history.person, subject: outcome,
          sentence:
            "\(outcome) if PM2.5 stays at \(Words.plain(question.value, digits: 0)): \(reason)",
          silence: reason, details: asked)
      }
      let steps = path.steps.map {
        "\(Words.signed($0.difference.value)) (\(Words.signed($0.difference.low)) to "
          + "\(Words.signed($0.difference.high)))"
      }
      return Finding(
        analysis: "what-if", person: history.person, subject: outcome, sentence: path.sentence,
        isClaim: step.difference.excludesZero, value: step.difference.value,
        low: step.difference.low, high: step.difference.high, level: step.difference.level,
        unit: path.unit, readings: path.readings, adjustedFor: path.adjustedFor,
        details: asked + [Detail("difference at each reading", steps.joined(separator: "; "))])
    }
  }

  private static func question(_ history: History) -> WhatIf? {
    guard let particles = history.air("air.pm2_5") else { return nil }
    let seen = particles.values.compactMap { $0 }.sorted()
    guard !seen.isEmpty else { return nil }
    return WhatIf(
      channel: "air.pm2_5", value: seen[min(seen.count * 9 / 10, seen.count - 1)], days: 3)
  }
}
