import Curves
import Findings
import Forecast
import Readings

extension Finding {
  /// A forecast of the next fourteen readings; it is no claim of anything.
  static func forecast(_ forecast: CurveForecast, of person: String) -> [Finding] {
    switch forecast.result {
    case .success(let result):
      return result.outlooks.enumerated().map { ahead, outlook in
        self.forecast(result, outlook, ahead: ahead + 1, of: person)
      }
    case .failure(let silence):
      return [
        Finding(
          analysis: "forecast", person: person, subject: forecast.curve,
          sentence: "the next reading of \(forecast.curve): \(silence.reason)",
          chinese: "\(Spoken.outcome(forecast.curve, in: .simplifiedChinese))的下一次读数："
            + silence.reason(in: .simplifiedChinese),
          silence: silence.reason, details: [Detail("outcome", forecast.curve)])
      ]
    }
  }

  /// All fourteen are kept; the first one's sentence speaks for them.
  private static func forecast(
    _ result: ForecastResult, _ outlook: ForecastResult.Outlook, ahead: Int, of person: String
  ) -> Finding {
    let likely = outlook.likely90
    let scores = result.scores.map {
      "\($0.method.name): MASE \(decimal($0.mase, 2)), a week \(decimal($0.weekMASE, 2)), "
        + "CRPS \(decimal($0.crps, 2)), 80 % held \(percent($0.coverage80)), "
        + "90 % held \(percent($0.coverage90)) of \($0.count)"
    }
    return Finding(
      analysis: "forecast", person: person, subject: result.curve,
      sentence: ahead == 1
        ? "\(result)"
        : "\(result.curve) in the \(outlook.slot.rawValue) of \(outlook.date): "
          + "\(decimal(likely.value, 1)) (\(decimal(likely.low, 1)) to "
          + "\(decimal(likely.high, 1)))",
      chinese: ahead == 1
        ? result.chinese
        : "\(Spoken.outcome(result.curve, in: .simplifiedChinese))，"
          + "\(Spoken.date(outlook.date, in: .simplifiedChinese))\(outlook.slot.chinese)："
          + "\(decimal(likely.value, 1))（\(decimal(likely.low, 1)) 至 \(decimal(likely.high, 1))）",
      value: likely.value, low: likely.low, high: likely.high, level: likely.level,
      unit: result.unit, readings: result.readings,
      details: [
        Detail("outcome", result.curve), Detail("horizon", "\(ahead)"),
        Detail("method", outlook.method.name), Detail("mase", decimal(result.used.mase, 2)),
        Detail("for_date", "\(outlook.date) \(outlook.slot.rawValue)"),
        Detail("all methods so far", scores.joined(separator: "; ")),
      ])
  }
}
