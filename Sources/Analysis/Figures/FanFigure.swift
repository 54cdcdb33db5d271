internal import Curves
package import Readings

/// What was read, and how it may go on: a middle line in bands that widen.
package struct FanFigure: Hashable, Sendable, Codable {
  package struct Step: Hashable, Sendable, Codable {
    package var place: Int
    package var value: Double
    /// From the widest to the narrowest.
    package var bands: [ClosedRange<Double>]

    package init(place: Int, value: Double, bands: [ClosedRange<Double>]) {
      self.place = place
      self.value = value
      self.bands = bands
    }
  }

  package var title: FigureWord
  package var unit: String
  package var firstDate: LocalDate
  /// Two a day, from the first date on.
  package var values: [Double?]
  package var steps: [Step]
  /// What the bands are, from the widest to the narrowest: 0.9, 0.5.
  package var levels: [Double]
  /// Another course to compare with, as no change.
  package var other: [Step] = []

  package init(
    title: FigureWord, unit: String, firstDate: LocalDate, values: [Double?], steps: [Step],
    levels: [Double]
  ) {
    self.title = title
    self.unit = unit
    self.firstDate = firstDate
    self.values = values
    self.steps = steps
    self.levels = levels
  }

  /// The drawing.
  package func figure(in language: Language = .english) -> Figure {
    let title = title.text(in: language)
    let seen = values.compactMap { $0 }.filter(\.isFinite)
    let all = steps + other
    let ends = all.flatMap { step in
      [step.value] + step.bands.flatMap { [$0.lowerBound, $0.upperBound] }
    }
    guard !steps.isEmpty, let y = Scale.range(seen + ends) else {
      let reason = Saying("No forecast to show.", "没有可显示的预测。")
      return .empty(title: title, reason: reason.text(in: language), in: language)
    }
    let last = max(values.count, (all.map(\.place).max() ?? 0) + 1, 2)
    let first = values.firstIndex { $0 != nil } ?? steps.map(\.place).min() ?? 0
    let from = min(SeriesFigure.day(first), SeriesFigure.day(last) - 1)
    var plot = Plot(title: title, x: from...SeriesFigure.day(last), y: y, in: language)
    plot.upright(unit: Spoken.unit(unit, in: language))
    plot.level(from: firstDate)
    for run in SeriesFigure.runs(values.map { $0.flatMap { $0.isFinite ? $0 : nil } }) {
      plot.path(run.map { (SeriesFigure.day($0), $1) }, "s2v-one")
      for (place, value) in run {
        plot.add(dot(plot.x(SeriesFigure.day(place)), plot.y(value), radius: 2, "s2v-dot"))
      }
    }
    draw(other, bands: "s2v-base", path: "s2v-three", in: &plot)
    draw(steps, bands: "s2v-band2", path: "s2v-two", in: &plot)
    return plot.figure(description(in: language))
  }

  private func draw(_ steps: [Step], bands style: String, path: String, in plot: inout Plot) {
    for band in 0..<(steps.map(\.bands.count).min() ?? 0) {
      plot.area(
        steps.map {
          (SeriesFigure.day($0.place), $0.bands[band].lowerBound, $0.bands[band].upperBound)
        }, style)
    }
    plot.path(steps.map { (SeriesFigure.day($0.place), $0.value) }, path)
  }

  private func description(in language: Language) -> String {
    guard let last = steps.last else { return "" }
    let date = Spoken.date(firstDate + last.place / 2, in: language)
    let unit = unit.isEmpty ? "" : " \(Spoken.unit(unit, in: language))"
    let ends = last.bands.first.map { interval($0.lowerBound, $0.upperBound, in: language) }
    let value = listed(
      ["\(shortNumber(last.value))\(unit)"] + [ends].compactMap { $0 }, in: language)
    let levels = levels.map { "\(shortNumber($0 * 100)) %" }
    let bands = levels.joined(separator: Saying(" and ", " 和 ").text(in: language))
    return Saying(
      "Forecast to \(date): \(value); bands of \(bands).", "预测至\(date)：\(value)；\(bands) 区间。"
    ).text(in: language)
  }
}
