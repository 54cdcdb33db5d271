package import Readings

/// What was read, and how it may go on: a middle line in bands that widen.
package struct FanFigure: Sendable {
  package struct Step: Hashable, Sendable {
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

  package var title: String
  package var unit: String
  package var firstDate: LocalDate
  /// Two a day, from the first date on.
  package var values: [Double?]
  package var steps: [Step]
  /// What the bands are: `90 % and 50 %`.
  package var levels: String
  /// Another course to compare with, as no change.
  package var other: [Step] = []

  package init(
    title: String, unit: String, firstDate: LocalDate, values: [Double?], steps: [Step],
    levels: String
  ) {
    self.title = title
    self.unit = unit
    self.firstDate = firstDate
    self.values = values
    self.steps = steps
    self.levels = levels
  }

  /// The drawing.
  package var figure: Figure {
    let seen = values.compactMap { $0 }.filter(\.isFinite)
    let all = steps + other
    let ends = all.flatMap { step in
      [step.value] + step.bands.flatMap { [$0.lowerBound, $0.upperBound] }
    }
    guard !steps.isEmpty, let y = Scale.range(seen + ends) else {
      return .empty(title: title, reason: "No forecast to show.")
    }
    let last = max(values.count, (all.map(\.place).max() ?? 0) + 1, 2)
    let first = values.firstIndex { $0 != nil } ?? steps.map(\.place).min() ?? 0
    let from = min(SeriesFigure.day(first), SeriesFigure.day(last) - 1)
    var plot = Plot(title: title, x: from...SeriesFigure.day(last), y: y)
    plot.upright(unit: unit)
    plot.level(from: firstDate)
    for run in SeriesFigure.runs(values.map { $0.flatMap { $0.isFinite ? $0 : nil } }) {
      plot.path(run.map { (SeriesFigure.day($0), $1) }, "s2v-one")
      for (place, value) in run {
        plot.add(dot(plot.x(SeriesFigure.day(place)), plot.y(value), radius: 2, "s2v-dot"))
      }
    }
    draw(other, bands: "s2v-base", path: "s2v-three", in: &plot)
    draw(steps, bands: "s2v-band2", path: "s2v-two", in: &plot)
    return plot.figure(description)
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

  private var description: String {
    guard let last = steps.last else { return "" }
    let date = firstDate + last.place / 2
    let range = last.bands.first.map {
      ", \(shortNumber($0.lowerBound)) to \(shortNumber($0.upperBound))"
    }
    let unit = unit.isEmpty ? "" : " \(unit)"
    return "Forecast to \(date): \(shortNumber(last.value))\(unit)\(range ?? ""); "
      + "bands of \(levels)."
  }
}
