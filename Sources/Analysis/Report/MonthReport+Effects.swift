internal import Curves
internal import Effects
internal import Figures
internal import Humidity
internal import Mathematics
internal import StateSpace

// Figures of effects and of the best humidity.
extension MonthReport {
  /// One more row would not fit on a printed page with its heading.
  private static let rowsAFigure = 28
  private static let lagDays = 10

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
          lags(effect), id: "lags-\(index + 1)",
          caption: "What is expected so many days after, over all delays and decays by how likely "
            + "they are, as if these did not depend on the size; dashed: 90 % intervals.")
      }.joined()
  }

  private func forest(_ outcome: String, _ answers: [EffectAnswer]) -> [Figure] {
    stride(from: 0, to: answers.count, by: Self.rowsAFigure).map { start in
      let rows = answers[start..<min(start + Self.rowsAFigure, answers.count)]
      return IntervalFigure(
        title: "\(heading(of: outcome)): effects of events" + (start > 0 ? ", continued" : ""),
        quantity: "effect at its strongest, own SD",
        rows: rows.map { .init(label: $0.event, result: $0.result.map(\.peak)) }
      ).figure
    }
  }

  /// A mixture over all kernels, by the probabilities of their delays and decays.
  private func lags(_ effect: Effect) -> Figure {
    let peak = effect.inUnits
    let width = StandardNormal.quantile((1 + peak.level) / 2)
    let error = (peak.high - peak.low) / 2 / width
    let weights = effect.delays.flatMap { delay in effect.decays.map { delay * $0 } }
    let bars = (0...Self.lagDays).map { day in
      let parts = zip(LagKernel.all, weights).map { kernel, weight in
        let share = kernel.weight(daysAfter: Double(day))
        return StudentMixture.Part(
          weight: weight, mean: peak.value * share, scale: error * share, df: 1000)
      }
      return LagFigure.Bar(
        lag: Double(day), effect: StudentMixture(parts).estimate(level: peak.level))
    }
    return LagFigure(
      title: "\(heading(of: effect.outcome)) after \(effect.event)",
      unit: effect.unit.isEmpty ? "index" : effect.unit, bars: bars
    ).figure
  }

  // MARK: Humidity

  /// The bell of each outcome that has an optimum.
  var humidityFigures: String {
    let found = results.optima.compactMap { try? $0.result.get() }
    guard !found.isEmpty else { return "" }
    return subheading("The best humidity")
      + found.enumerated().map { index, optimum in
        drawing(bell(optimum), id: "humidity-\(index + 1)", caption: Self.caption(optimum))
      }.joined()
  }

  private func bell(_ optimum: Optimum) -> Figure {
    let best = optimum.optimum.value
    let lines =
      optimum.shift.map {
        [
          Self.line(optimum, at: best - $0.value, "PM2.5 one SD below mean"),
          Self.line(optimum, at: best + $0.value, "PM2.5 one SD above mean"),
        ]
      } ?? [Self.line(optimum, at: best, optimum.outcome)]
    var figure = BellFigure(
      title: heading(of: optimum.outcome), quantity: "relative humidity, %",
      unit: "against the best, own SD", lines: lines)
    figure.optimum = .success(optimum.optimum)
    figure.seen = seen(optimum)
    return figure.figure
  }

  /// What is lost at each humidity that was seen, with the loss's interval.
  private static func line(
    _ optimum: Optimum, at best: Double, _ name: String
  ) -> BellFigure.Line {
    let humidities = stride(
      from: optimum.seen.lowerBound, through: optimum.seen.upperBound, by: 0.5)
    return BellFigure.Line(
      name: name,
      points: humidities.map { humidity in
        let square = (humidity - best) * (humidity - best) / 100
        return BellFigure.Point(
          x: humidity, value: -optimum.loss.value * square, low: -optimum.loss.high * square,
          high: -optimum.loss.low * square)
      })
  }

  /// Humidities with a reading of the outcome, to a whole percent.
  private func seen(_ optimum: Optimum) -> [Double] {
    guard let history, let humidity = history.air("air.humidity"),
      let curve = history.curves.first(where: { $0.name == optimum.outcome })
    else { return [] }
    let places = curve.values.indices.filter { curve.values[$0] != nil }
    let values = places.compactMap { humidity.values[$0] }.filter(optimum.seen.contains)
    return Set(values.map { $0.rounded() }).sorted()
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
