import Readings
import Curves
import Findings
import Humidity

extension Finding {
  init(outcome: String, _ result: Result<Optimum, Silence>, of person: String) {
    switch result {
    case .failure(let silence):
      self.init(
        analysis: "humidity", person: person, subject: outcome,
        sentence: "the best humidity for \(outcome): \(silence.reason)",
        chinese: "\(Spoken.outcome(outcome, in: .simplifiedChinese))的最适湿度："
          + silence.reason(in: .simplifiedChinese),
        silence: silence.reason,
        details: [Detail("outcome", outcome)])
    case .success(let optimum):
      let isTwoSided = optimum.pTwoSided < 0.05
      let best = optimum.optimum
      self.init(
        analysis: "humidity", person: person, subject: outcome,
        sentence: "\(outcome) is best at \(decimal(best.value, 0)) %RH "
          + "(90 % interval \(decimal(best.low, 0)) to \(decimal(best.high, 0)); "
          + "\(optimum.readings) readings)"
          + (isTwoSided ? "" : "; that both dry and damp air cost it is not shown"),
        chinese: "\(Spoken.outcome(outcome, in: .simplifiedChinese))在湿度 "
          + "\(decimal(best.value, 0)) %RH 时最好（90 % 区间 \(decimal(best.low, 0)) 至 "
          + "\(decimal(best.high, 0))；\(optimum.readings) 次读数）"
          + (isTwoSided ? "" : "；尚未显示干燥与潮湿的空气都会使它下降"),
        isClaim: isTwoSided, value: best.value, low: best.low, high: best.high, level: best.level,
        unit: "%RH", readings: optimum.readings, adjustedFor: optimum.adjustedFor,
        details: Self.details(optimum))
    }
  }

  private static func details(_ optimum: Optimum) -> [Detail] {
    let shift = optimum.shift.map {
      "\(signed($0.value, 1)) %RH (\($0.words(1)))"
    }
    return [
      Detail("outcome", optimum.outcome),
      Detail(
        "zone",
        optimum.zone.map {
          "\(decimal($0.lowerBound, 0)) to \(decimal($0.upperBound, 0)) %RH"
        }
          ?? "none is sure"),
      Detail(
        "loss ten %RH away, own SD",
        "\(decimal(optimum.loss.value, 2)) (\(optimum.loss.words(2)))"),
      Detail("shift", shift ?? "cannot be said"),
      Detail("p_shift", optimum.pShift.map { decimal($0, 4) } ?? "no PM2.5"),
      Detail("p_two_sided", decimal(optimum.pTwoSided, 4)),
      Detail(
        "seen",
        "\(decimal(optimum.seen.lowerBound, 0)) to \(decimal(optimum.seen.upperBound, 0)) %RH"
      ),
      Detail(
        "model",
        "a parabola by GLS over 72 noises; Fieller's interval; Lind and Mehlum's test of both ends"),
    ]
  }
}
