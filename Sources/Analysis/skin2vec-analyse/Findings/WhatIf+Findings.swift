import Readings
import Curves
import Findings
import WhatIf

extension Finding {
  /// What becomes of each outcome if the air stays so.
  static func whatIf(_ answer: WhatIfAnswer, of person: String) -> [Finding] {
    guard let question = answer.question else {
      let reason = "the station measures no PM2.5"
      return [
        Finding(
          analysis: "what-if", person: person, subject: "air.pm2_5",
          sentence: "what if PM2.5 stays high: \(reason)", silence: reason)
      ]
    }
    return answer.paths.map { outcome, result in
      let asked = [
        Detail("outcome", outcome), Detail("channel", question.channel),
        Detail("level", decimal(question.value, 1)), Detail("days", "\(question.days)"),
      ]
      guard case .success(let path) = result, let step = path.largest else {
        var reason = "nothing to say"
        if case .failure(let silence) = result { reason = silence.reason }
        return Finding(
          analysis: "what-if", person: person, subject: outcome,
          sentence:
            "\(outcome) if PM2.5 stays at \(decimal(question.value, 0)): \(reason)",
          silence: reason, details: asked)
      }
      let steps = path.steps.map {
        "\(signed($0.difference.value, 2)) (\(signed($0.difference.low, 2)) to "
          + "\(signed($0.difference.high, 2)))"
      }
      return Finding(
        analysis: "what-if", person: person, subject: outcome, sentence: path.sentence,
        isClaim: step.difference.excludesZero, value: step.difference.value,
        low: step.difference.low, high: step.difference.high, level: step.difference.level,
        unit: path.unit, readings: path.readings, adjustedFor: path.adjustedFor,
        details: asked + [Detail("difference at each reading", steps.joined(separator: "; "))])
    }
  }
}
