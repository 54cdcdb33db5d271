import Readings
import Curves
import Findings
import WhatIf

extension Finding {
  /// What becomes of each outcome if the air stays so.
  static func whatIf(_ answer: WhatIfAnswer, of person: String) -> [Finding] {
    guard let question = answer.question else {
      let reason = WhatIfAnswer.unmeasured
      return [
        Finding(
          analysis: "what-if", person: person, subject: "air.pm2_5",
          sentence: "what if PM2.5 stays high: \(reason)",
          chinese: "若 PM2.5 持续偏高：\(reason.reason(in: .simplifiedChinese))",
          silence: reason.reason)
      ]
    }
    return answer.paths.map { outcome, result in
      let asked = [
        Detail("outcome", outcome), Detail("channel", question.channel),
        Detail("level", decimal(question.value, 1)), Detail("days", "\(question.days)"),
      ]
      guard case .success(let path) = result, let step = path.largest else {
        var reason = Silence("nothing to say", "没有可说的结果")
        if case .failure(let silence) = result { reason = silence }
        return Finding(
          analysis: "what-if", person: person, subject: outcome,
          sentence:
            "\(outcome) if PM2.5 stays at \(decimal(question.value, 0)): \(reason)",
          chinese: "若 PM2.5 保持 \(decimal(question.value, 0))，"
            + "\(Spoken.outcome(outcome, in: .simplifiedChinese))："
            + reason.reason(in: .simplifiedChinese),
          silence: reason.reason, details: asked)
      }
      let steps = path.steps.map {
        "\(signed($0.difference.value, 2)) (\(signed($0.difference.low, 2)) to "
          + "\(signed($0.difference.high, 2)))"
      }
      return Finding(
        analysis: "what-if", person: person, subject: outcome, sentence: path.sentence,
        chinese: path.chineseSentence,
        isClaim: step.difference.excludesZero, value: step.difference.value,
        low: step.difference.low, high: step.difference.high, level: step.difference.level,
        unit: path.unit, readings: path.readings, adjustedFor: path.adjustedFor,
        details: asked + [Detail("difference at each reading", steps.joined(separator: "; "))])
    }
  }
}
