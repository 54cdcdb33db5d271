import Readings
import Curves
import Effects
import Findings

extension Finding {
  init(_ answer: EffectAnswer, of person: String) {
    let subject = "\(answer.outcome) after \(answer.event)"
    switch answer.result {
    case .failure(let silence):
      self.init(
        analysis: "effects", person: person, subject: subject,
        sentence: "\(subject): \(silence.reason)",
        chinese: "\(answer.chineseSubject)：\(silence.reason(in: .simplifiedChinese))",
        silence: silence.reason,
        details: [Detail("outcome", answer.outcome), Detail("event", answer.event)])
    case .success(let effect):
      let inUnits = effect.inUnits
      let unit = effect.unit.isEmpty ? "" : " \(effect.unit)"
      let delay = effect.delays.indices.max { effect.delays[$0] < effect.delays[$1] } ?? 0
      let isClaim = effect.evidence > .none
      let claim =
        "\(subject): \(signed(inUnits.value, 1))\(unit) at its strongest, about "
        + "\(delay == 1 ? "1 day" : "\(delay) days") after "
        + "(\(inUnits.words(1)); \(effect.occasions) times, "
        + "\(effect.readings) readings; \(effect.evidence.rawValue))"
      let quiet =
        "\(subject): no effect shown (\(signed(inUnits.value, 1))\(unit), "
        + "\(inUnits.words(1)); \(effect.occasions) times); one of "
        + "\(decimal(effect.detectable * effect.deviation, 1))\(unit) would be seen "
        + "four times in five"
      self.init(
        analysis: "effects", person: person, subject: subject, sentence: isClaim ? claim : quiet,
        chinese: "\(answer.chineseSubject)：\(Self.chinese(effect))", isClaim: isClaim,
        value: effect.peak.value, low: effect.peak.low, high: effect.peak.high,
        level: effect.peak.level, unit: "own SD", readings: effect.readings,
        evidence: effect.evidence.rawValue, adjustedFor: effect.adjustedFor,
        details: Self.details(effect))
    }
  }

  private static func chinese(_ effect: Effect) -> String {
    let inUnits = effect.inUnits
    let unit = effect.unit.isEmpty ? "" : " \(Spoken.unit(effect.unit, in: .simplifiedChinese))"
    let value = "\(signed(inUnits.value, 1))\(unit)"
    guard effect.evidence > .none else {
      return "未见影响（\(value)，\(inUnits.chineseWords(1))；\(effect.occasions) 次）；若有 "
        + "\(decimal(effect.detectable * effect.deviation, 1))\(unit) 的影响，五次中有四次能看出"
    }
    let delay = effect.delays.indices.max { effect.delays[$0] < effect.delays[$1] } ?? 0
    return "最强时 \(value)，\(delay == 0 ? "约在当天" : "约在 \(delay) 天后")"
      + "（\(inUnits.chineseWords(1))；\(effect.occasions) 次，\(effect.readings) 次读数；"
      + "\(effect.evidence.chinese)）"
  }

  private static func details(_ effect: Effect) -> [Detail] {
    let delays = effect.delays.enumerated().map { "\($0) d \(percent($1))" }
    let decays = zip([1, 2, 3, 5], effect.decays).map { "\($0) d \(percent($1))" }
    return [
      Detail("outcome", effect.outcome), Detail("event", effect.event),
      Detail("occasions", "\(effect.occasions)"),
      Detail("p", decimal(effect.p, 4)), Detail("q", decimal(effect.q, 4)),
      Detail("detectable_sd", decimal(effect.detectable, 2)),
      Detail(
        "cumulative, SD times days",
        "\(signed(effect.cumulative.value, 2)) (\(effect.cumulative.words(2)))"),
      Detail("own SD, in the outcome's unit", decimal(effect.deviation, 2)),
      Detail("delay", delays.joined(separator: ", ")),
      Detail("decay", decays.joined(separator: ", ")),
      Detail(
        "each half of the diary alone, 80 % intervals",
        effect.halves.map {
          $0.map {
            "\(signed($0.value, 2)) (\(signed($0.low, 2)) to \(signed($0.high, 2)))"
          }.joined(separator: "; ")
        }
          ?? "too short"),
      Detail(
        "model",
        "GLS with AR(1), noise and a slow level; 16 kernels and 72 noises averaged by marginal "
          + "likelihood; p over all kernels at once; Benjamini-Hochberg over all pairs"),
    ]
  }
}

extension EffectAnswer {
  /// `熬夜之后的皮肤水分（cheek）`.
  fileprivate var chineseSubject: String {
    "\(Spoken.padded(Spoken.event(event, in: .simplifiedChinese)))之后的"
      + Spoken.outcome(outcome, in: .simplifiedChinese)
  }
}
