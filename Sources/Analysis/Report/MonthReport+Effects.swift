internal import Curves
internal import Drawings
internal import Effects
internal import Figures
internal import Humidity

// Figures of effects and of the best humidity.
extension MonthReport {
  /// One more row would not fit on a printed page with its heading.
  private static let rowsAFigure = 28

  /// All effects on each outcome, and how those that are claimed go over the days.
  var effectFigures: String {
    guard !results.effects.isEmpty else { return "" }
    var outcomes: [String] = []
    for answer in results.effects where !outcomes.contains(answer.outcome) {
      outcomes.append(answer.outcome)
    }
    let forests = outcomes.flatMap { outcome in
      forest(outcome, results.effects.filter { $0.outcome == outcome })
    }
    let claimed = results.effects.compactMap { try? $0.result.get() }.filter {
      $0.evidence > .none
    }
    return subheading("Effects of events")
      + forests.enumerated().map { index, figure in
        drawing(
          figure, id: "effects-\(index + 1)",
          caption: "At its strongest, for a whole dose. A full dot: the 90 % interval excludes "
            + "zero, which alone is no claim. Grey: why nothing can be said.")
      }.joined()
      + claimed.enumerated().map { index, effect in
        drawing(
          LagFigure(effect).figure(), id: "lags-\(index + 1)",
          caption: "What is expected so many days after, over all delays and decays by how likely "
            + "they are, as if these did not depend on the size; dashed: 90 % intervals.")
      }.joined()
  }

  private func forest(_ outcome: String, _ answers: [EffectAnswer]) -> [Figure] {
    stride(from: 0, to: answers.count, by: Self.rowsAFigure).enumerated().map { part, start in
      let rows = answers[start..<min(start + Self.rowsAFigure, answers.count)]
      return IntervalFigure(effectsOn: outcome, rows, part: part).figure()
    }
  }

  // MARK: Humidity

  /// The bell of each outcome that has an optimum.
  var humidityFigures: String {
    let found = results.optima.compactMap { try? $0.result.get() }
    guard !found.isEmpty else { return "" }
    return subheading("The best humidity")
      + found.enumerated().map { index, optimum in
        drawing(
          BellFigure(optimum, in: history).figure(), id: "humidity-\(index + 1)",
          caption: Self.caption(optimum))
      }.joined()
  }

  private static func caption(_ optimum: Optimum) -> String {
    let best = optimum.optimum
    let at =
      "Best at \(shortNumber(best.value)) %RH at mean PM2.5, shaded: \(percent(best.level)) "
      + "interval \(shortNumber(best.low)) to \(shortNumber(best.high)). The bands are the loss's "
      + "intervals; strokes on the axis are humidities that were seen."
    let ends =
      optimum.pTwoSided < 0.05 ? "" : " That both dry and damp air cost it is not shown."
    guard let shift = optimum.shift else { return at + ends }
    let moved =
      " One SD more of PM2.5 moves it by \(signed(shift.value, 1)) %RH "
      + "(\(signed(shift.low, 1)) to \(signed(shift.high, 1)))"
    return at + ends + moved + (shift.excludesZero ? "." : ": that it moves is not shown.")
  }
}
