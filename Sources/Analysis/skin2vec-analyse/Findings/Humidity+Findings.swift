import Curves
import Findings
import Humidity

extension Finding {
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
