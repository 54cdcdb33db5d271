import Curves
import Effects
import Findings
import Readings
import Trials

/// What one randomised trial says.
struct TrialAnswer: Sendable {
  var plan: NOf1Plan
  var result: Result<NOf1Result, Silence>

  /// Why there is no answer.
  static let noTrial = Silence(
    "no randomised trial yet: 'skin2vec plan late_night' proposes one",
    "尚无随机试验：可用 'skin2vec plan late_night' 拟定一项")

  /// A trial is over once the diary reaches its end.
  init(_ plan: NOf1Plan, in history: History) {
    self.plan = plan
    result = Result { () throws(Silence) in
      try NOf1Analysis(plan).result(in: history, on: history.firstDate + history.days)
    }
  }
}

extension Finding {
  static func trials(
    _ answers: [TrialAnswer], _ faults: [NOf1PlanFault], of person: String
  ) -> [Finding] {
    let broken = faults.map {
      Finding(
        analysis: "trials", person: person, subject: "trial", sentence: "\($0)",
        chinese: "“\($0.text)”不是随机试验的计划", silence: $0.fault)
    }
    guard !answers.isEmpty || !broken.isEmpty else {
      return [
        Finding(
          analysis: "trials", person: person, subject: "trial",
          sentence: TrialAnswer.noTrial.reason,
          chinese: TrialAnswer.noTrial.reason(in: .simplifiedChinese),
          silence: TrialAnswer.noTrial.reason)
      ]
    }
    return answers.flatMap { trial($0, of: person) } + broken
  }

  private static func trial(_ answer: TrialAnswer, of person: String) -> [Finding] {
    let event = Spoken.padded(Spoken.event(answer.plan.event, in: .simplifiedChinese))
    switch answer.result {
    case .failure(let silence):
      let subject = Saying("trial of \(answer.plan.event)", "\(event)的随机试验")
      return [silent(subject, answer.plan, silence, of: person)]
    case .success(let result):
      return result.answers.map { outcome in
        let subject = "\(outcome.outcome), trial of \(answer.plan.event)"
        switch outcome.result {
        case .failure(let silence):
          let name = Spoken.outcome(outcome.outcome, in: .simplifiedChinese)
          return silent(
            Saying(subject, "\(name)，\(event)的随机试验"), answer.plan, silence, of: person)
        case .success(let found):
          return Finding(
            analysis: "trials", person: person, subject: subject,
            sentence: result.sentence(outcome), chinese: result.chinese(outcome),
            isClaim: found.evidence == .randomised,
            value: found.difference.value, low: found.difference.low, high: found.difference.high,
            level: found.difference.level, unit: "own SD", readings: found.readings,
            evidence: found.evidence.rawValue, adjustedFor: found.adjustedFor,
            details: details(found, result))
        }
      }
    }
  }

  private static func silent(
    _ subject: Saying, _ plan: NOf1Plan, _ silence: Silence, of person: String
  ) -> Finding {
    Finding(
      analysis: "trials", person: person, subject: subject.english,
      sentence: "\(subject.english): \(silence.reason)",
      chinese: "\(subject.chinese)：\(silence.reason(in: .simplifiedChinese))",
      silence: silence.reason, details: [Detail("event", plan.event), Detail("plan", "\(plan)")])
  }

  private static func details(_ found: NOf1Difference, _ result: NOf1Result) -> [Detail] {
    [
      Detail("outcome", found.outcome), Detail("event", result.plan.event),
      Detail("plan", "\(result.plan)"),
      Detail("blocks", "\(result.blocks)"),
      Detail("kept", result.adherence.share.map { percent($0) } ?? "nothing was asked"),
      Detail("p", found.p.map { decimal($0, 4) } ?? "not yet"),
      Detail("q", found.q.map { decimal($0, 4) } ?? "not yet"),
      Detail("own SD, in the outcome's unit", decimal(found.deviation, 2)),
      Detail(
        "model",
        "by assignment, kept or not; generalised least squares; p and interval by all orders that "
          + "the coin could have given"),
    ]
  }
}
