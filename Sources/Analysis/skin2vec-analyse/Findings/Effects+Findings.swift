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
        sentence: "\(subject): \(silence.reason)", silence: silence.reason,
        details: [Detail("outcome", answer.outcome), Detail("event", answer.event)])
    case .success(let effect):
      let inUnits = effect.inUnits
      let unit = effect.unit.isEmpty ? "" : " \(effect.unit)"
      let delay = effect.delays.indices.max { effect.delays[$0] < effect.delays[$1] } ?? 0
      let isClaim = effect.evidence > .none
      let claim =
        "\(subject): \(Words.signed(inUnits.value, digits: 1))\(unit) at its strongest, about "
        + "\(delay == 1 ? "1 day" : "\(delay) days") after "
        + "(\(Words.interval(inUnits, digits: 1)); \(effect.occasions) times, "
        + "\(effect.readings) readings; \(effect.evidence.rawValue))"
      let quiet =
        "\(subject): no effect shown (\(Words.signed(inUnits.value, digits: 1))\(unit), "
        + "\(Words.interval(inUnits, digits: 1)); \(effect.occasions) times); one of "
        + "\(Words.plain(effect.detectable * effect.deviation, digits: 1))\(unit) would be seen "
        + "four times in five"
      self.init(
        analysis: "effects", person: person, subject: subject, sentence: isClaim ? claim : quiet,
        isClaim: isClaim, value: effect.peak.value, low: effect.peak.low, high: effect.peak.high,
        level: effect.peak.level, unit: "own SD", readings: effect.readings,
        evidence: effect.evidence.rawValue, adjustedFor: effect.adjustedFor,
        details: Self.details(effect))
    }
  }

  private static func details(_ effect: Effect) -> [Detail] {
    let delays = effect.delays.enumerated().map { "\($0) d \(Words.percent($1))" }
    let decays = zip([1, 2, 3, 5], effect.decays).map { "\($0) d \(Words.percent($1))" }
    return [
      Detail("outcome", effect.outcome), Detail("event", effect.event),
      Detail("occasions", "\(effect.occasions)"),
      Detail("p", Words.plain(effect.p, digits: 4)), Detail("q", Words.plain(effect.q, digits: 4)),
      Detail("detectable_sd", Words.plain(effect.detectable)),
      Detail(
        "cumulative, SD times days",
        "\(Words.signed(effect.cumulative.value)) (\(Words.interval(effect.cumulative)))"),
      Detail("own SD, in the outcome's unit", Words.plain(effect.deviation)),
      Detail("delay", delays.joined(separator: ", ")),
      Detail("decay", decays.joined(separator: ", ")),
      Detail(
        "each half of the diary alone, 80 % intervals",
        effect.halves.map {
          $0.map {
            "\(Words.signed($0.value)) (\(Words.signed($0.low)) to \(Words.signed($0.high)))"
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
