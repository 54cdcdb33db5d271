internal import Curves
internal import Drawings
internal import Figures
internal import Forecast
internal import Products
internal import Readings
internal import Watch

// What changed, what is to be expected, and what was tried.
extension MonthReport {
  /// Alarms of the month, with the interval in which each began.
  var changes: String {
    guard results.watch != nil else {
      return watchSentences.isEmpty ? "" : list(watchSentences) + "\n"
    }
    guard !alarms.isEmpty else { return paragraph("No change was noticed in this month.") }
    return list(alarms.map { $0.sentence + "." }) + "\n"
      + table(
        caption: "When each change was noticed, and when it began",
        columns: ["Curve", "Kind", "Noticed", "Began, 90 % interval", "Size, 90 % interval"],
        rows: alarms.map(row))
  }

  private func row(_ alarm: Alarm) -> [String] {
    let unit = alarm.changes.first { $0.curve == alarm.curve }?.unit ?? ""
    let kind =
      switch alarm.kind {
      case .quiet: "not borne out"
      case .drift: "slow drift"
      case .shift: "sudden change"
      case .deviceJump: "the instrument"
      case .undecided: "not clear yet"
      }
    let size =
      "\(signed(alarm.size.value, 1)) (\(signed(alarm.size.low, 1)) to "
      + "\(signed(alarm.size.high, 1)))"
    return [
      heading(of: alarm.curve), kind, alarm.noticedOn.inWords,
      "\(alarm.beganLikely.inWords) (\(alarm.beganEarliest.inWords) to "
        + "\(alarm.beganLatest.inWords))",
      Words.withUnit(size, unit == "index" ? "" : unit),
    ]
  }

  // MARK: Forecasts

  /// Sentences, and a fan and the methods' scores for each curve.
  var expected: String {
    let said = outlookSentences
    let drawn = results.forecasts.enumerated().map { index, result in
      subheading(heading(of: result.curve)) + fan(result, id: "forecast-\(index + 1)")
        + scores(result, id: "scores-\(index + 1)")
    }
    return (said.isEmpty ? "" : list(said) + "\n") + drawn.joined()
  }

  private func fan(_ result: ForecastResult, id: String) -> String {
    guard let history, let figure = FanFigure(result, in: history) else { return "" }
    return drawing(
      figure.figure(), id: id,
      caption: "Solid: what was read. Dashed: what is expected, mornings and evenings in turn, in "
        + "bands of 90 % and 80 %.")
  }

  private func scores(_ result: ForecastResult, id: String) -> String {
    let least = result.scores.map(\.mase).filter(\.isFinite).min()
    let figure = ScoreFigure(
      title: "\(heading(of: result.curve)): how the methods did",
      quantity: "mean absolute error against the slot's last reading; lower is better",
      bars: result.scores.map {
        ScoreFigure.Bar(name: $0.method.name, value: $0.mase, isBest: $0.mase == least)
      })
    return drawing(
      figure.figure, id: id,
      caption: "Each of \(Words.counted(result.used.count, "reading")) foretold from those before "
        + "it; \(percent(result.used.coverage90)) lay within the 90 % interval.")
  }

  // MARK: Products

  /// Each comparison's sentences and its intervals.
  var trials: String {
    results.comparisons.enumerated().map { index, comparison in
      let names = "\(comparison.first.product) and \(comparison.second.product)"
      let adjusted =
        comparison.adjustedFor.isEmpty
        ? "" : " Adjusted for \(Words.joined(comparison.adjustedFor))."
      return subheading(names) + list(comparison.sentences(unit: "index")) + "\n"
        + drawing(
          IntervalFigure(comparison).figure(), id: "trial-\(index + 1)",
          caption: "\(percent(comparison.difference.level)) intervals, "
            + "\(Words.counted(comparison.applications, "application")).\(adjusted)")
    }.joined()
  }
}
