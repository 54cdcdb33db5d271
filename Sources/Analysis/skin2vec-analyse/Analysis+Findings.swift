import Curves
import Effects
import Findings
import Humidity

extension Analysis {
  /// What is found in one person's diary.
  func findings(_ history: History, _ trials: DiaryTrials) -> [Finding] {
    switch self {
    case .products: trials.findings
    case .forecast: Finding.forecasts(history)
    case .whatIf: Finding.whatIf(history)
    case .effects: EffectAnalysis().effects(history).map { Finding($0, of: history.person) }
    case .humidity:
      HumidityAnalysis().optima(history).map {
        Finding(outcome: $0.outcome, $0.result, of: history.person)
      }
    }
  }
}

/// Numbers as a person reads them.
enum Words {
  /// With so many digits behind the point, and a sign.
  static func signed(_ value: Double, digits: Int = 2) -> String {
    (value < 0 ? "−" : "+") + plain(abs(value), digits: digits)
  }

  static func plain(_ value: Double, digits: Int = 2) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = (abs(value) * scale).rounded()
    guard whole < 1e15 else { return "\(value)" }
    let number = Int(whole)
    let sign = value < 0 && number > 0 ? "−" : ""
    guard digits > 0 else { return "\(sign)\(number)" }
    let fraction = String(number % Int(scale))
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(sign)\(number / Int(scale)).\(zeros)\(fraction)"
  }

  static func interval(_ estimate: Estimate, digits: Int = 2) -> String {
    "\(Words.percent(estimate.level)) interval \(signed(estimate.low, digits: digits)) to "
      + signed(estimate.high, digits: digits)
  }

  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

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

  init(outcome: String, _ result: Result<Optimum, Silence>, of person: String) {
    switch result {
    case .failure(let silence):
      self.init(
        analysis: "humidity", person: person, subject: outcome,
        sentence: "the best humidity for \(outcome): \(silence.reason)", silence: silence.reason,
        details: [Detail("outcome", outcome)])
    case .success(let optimum):
      let isTwoSided = optimum.pTwoSided < 0.05
      let best = optimum.optimum
      self.init(
        analysis: "humidity", person: person, subject: outcome,
        sentence: "\(outcome) is best at \(Words.plain(best.value, digits: 0)) %RH "
          + "(90 % interval \(Words.plain(best.low, digits: 0)) to \(Words.plain(best.high, digits: 0)); "
          + "\(optimum.readings) readings)"
          + (isTwoSided ? "" : "; that both dry and damp air cost it is not shown"),
        isClaim: isTwoSided, value: best.value, low: best.low, high: best.high, level: best.level,
        unit: "%RH", readings: optimum.readings, adjustedFor: optimum.adjustedFor,
        details: Self.details(optimum))
    }
  }

  private static func details(_ optimum: Optimum) -> [Detail] {
    let shift = optimum.shift.map {
      "\(Words.signed($0.value, digits: 1)) %RH (\(Words.interval($0, digits: 1)))"
    }
    return [
      Detail("outcome", optimum.outcome),
      Detail(
        "zone",
        optimum.zone.map {
          "\(Words.plain($0.lowerBound, digits: 0)) to \(Words.plain($0.upperBound, digits: 0)) %RH"
        }
          ?? "none is sure"),
      Detail(
        "loss ten %RH away, own SD",
        "\(Words.plain(optimum.loss.value)) (\(Words.interval(optimum.loss)))"),
      Detail("shift", shift ?? "cannot be said"),
      Detail("p_shift", optimum.pShift.map { Words.plain($0, digits: 4) } ?? "no PM2.5"),
      Detail("p_two_sided", Words.plain(optimum.pTwoSided, digits: 4)),
      Detail(
        "seen",
        "\(Words.plain(optimum.seen.lowerBound, digits: 0)) to \(Words.plain(optimum.seen.upperBound, digits: 0)) %RH"
      ),
      Detail(
        "model",
        "a parabola by GLS over 72 noises; Fieller's interval; Lind and Mehlum's test of both ends"),
    ]
  }
}
