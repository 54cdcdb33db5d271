internal import Curves
package import Readings

/// A course of readings over the days, with its baseline, how sure it is, and marks.
///
/// Neighbours up to a day apart are joined; anything longer is a gap, and is drawn as one.
package struct SeriesFigure: Hashable, Sendable, Codable {
  /// Places from `from` to `to`, both included, between two values.
  package struct Baseline: Hashable, Sendable, Codable {
    package var from: Int
    package var to: Int
    package var low: Double
    package var high: Double

    package init(from: Int, to: Int, low: Double, high: Double) {
      self.from = from
      self.to = to
      self.low = low
      self.high = high
    }
  }

  /// An upright line at a place.
  package struct Mark: Hashable, Sendable, Codable {
    package enum Kind: String, Hashable, Sendable, Codable { case alarm, epoch, event }

    package var place: Int
    package var kind: Kind
    package var label: FigureWord

    package init(place: Int, kind: Kind, label: FigureWord) {
      self.place = place
      self.kind = kind
      self.label = label
    }
  }

  package var title: FigureWord
  package var unit: String
  package var firstDate: LocalDate
  /// Two a day: a morning and an evening.
  package var values: [Double?]
  /// What the baseline allows.
  package var baselines: [Baseline] = []
  /// How sure a level is, a range a place; nil where none is known.
  package var uncertain: [ClosedRange<Double>?] = []
  package var marks: [Mark] = []
  /// Places in one of which a change began, shaded; nil where none is known.
  package var began: ClosedRange<Int>?

  package init(title: FigureWord, unit: String, firstDate: LocalDate, values: [Double?]) {
    self.title = title
    self.unit = unit
    self.firstDate = firstDate
    self.values = values
  }

  /// The drawing.
  package func figure(in language: Language = .english) -> Figure {
    let title = title.text(in: language)
    let seen = values.compactMap { $0 }.filter(\.isFinite)
    let bands = uncertain.compactMap { $0 }.flatMap { [$0.lowerBound, $0.upperBound] }
    guard !seen.isEmpty,
      let y = Scale.range(seen + bands + baselines.flatMap { [$0.low, $0.high] })
    else {
      let reason = Saying("No readings to show.", "没有可显示的读数。")
      return .empty(title: title, reason: reason.text(in: language), in: language)
    }
    let days = Double(max(values.count, uncertain.count, 2)) / 2
    var plot = Plot(title: title, x: 0...days, y: y, in: language)
    plot.upright(unit: Spoken.unit(unit, in: language))
    plot.level(from: firstDate)
    draw(began, in: &plot)
    for band in baselines where band.low.isFinite && band.high.isFinite {
      plot.add(
        rectangle(
          plot.x(Self.day(band.from)), plot.y(band.low), plot.x(Self.day(band.to)),
          plot.y(band.high), "s2v-base"))
    }
    Self.runs(uncertain).forEach { run in
      plot.area(
        run.map { (Self.day($0), $1.lowerBound, $1.upperBound) }, "s2v-band")
    }
    draw(values, dotted: seen.count <= 120, in: &plot)
    draw(marks, in: &plot)
    return plot.figure(description(seen, in: language))
  }

  /// Neighbours joined; a lone reading is a dot, and so is each where they are few.
  private func draw(_ values: [Double?], dotted: Bool, in plot: inout Plot) {
    for run in Self.runs(values.map { $0.flatMap { $0.isFinite ? $0 : nil } }) {
      plot.path(run.map { (Self.day($0), $1) }, "s2v-one")
      guard run.count == 1 || dotted else { continue }
      for (place, value) in run {
        plot.add(dot(plot.x(Self.day(place)), plot.y(value), radius: 2.2, "s2v-dot"))
      }
    }
  }

  private func draw(_ began: ClosedRange<Int>?, in plot: inout Plot) {
    guard let began else { return }
    func within(_ place: Int) -> Double {
      min(max(plot.x(Self.day(place)), plot.left), plot.width - plot.right)
    }
    plot.add(
      rectangle(
        within(began.lowerBound), plot.top, within(began.upperBound), plot.height - plot.bottom,
        "s2v-band2"))
  }

  private func description(_ seen: [Double], in language: Language) -> String {
    let unit = unit.isEmpty ? "" : " \(Spoken.unit(unit, in: language))"
    let range = interval(seen.min() ?? 0, seen.max() ?? 0, in: language) + unit
    let first = Spoken.date(firstDate, in: language)
    let read = Saying(
      "\(seen.count) readings from \(first) on, \(range).", "自\(first)起 \(seen.count) 次读数，\(range)。"
    )
    let labels = marks.map { $0.label.text(in: language) }
    let marked = Saying(
      " \(labels.joined(separator: "; ")).", "\(labels.joined(separator: "；"))。")
    return read.text(in: language) + (marks.isEmpty ? "" : marked.text(in: language))
      + (began.map { Self.began($0, from: firstDate, in: language) } ?? "")
  }

  private static func began(
    _ places: ClosedRange<Int>, from first: LocalDate, in language: Language
  ) -> String {
    let from = Spoken.date(first + places.lowerBound / 2, in: language)
    let to = Spoken.date(first + places.upperBound / 2, in: language)
    return Saying(" It began between \(from) and \(to).", "变化始于\(from)至\(to)之间。").text(in: language)
  }

  private func draw(_ marks: [Mark], in plot: inout Plot) {
    for (index, mark) in marks.enumerated() {
      let x = plot.x(Self.day(mark.place))
      guard x >= plot.left, x <= plot.width - plot.right else { continue }
      plot.add(line(x, plot.top, x, plot.height - plot.bottom, "s2v-\(mark.kind.rawValue)"))
      let isLate = x > plot.width * 0.75
      plot.add(
        shortened(
          (mark.kind == .alarm ? "▲ " : "") + mark.label.text(in: plot.language), to: 40,
          x: x + (isLate ? -4 : 4),
          y: plot.top + 11 + Double(index % 3) * 13, anchor: isLate ? "end" : "start",
          style: "s2v-small"))
    }
  }

  /// The day of a place: a morning at its begin, an evening at its middle.
  static func day(_ place: Int) -> Double { Double(place) / 2 }

  /// What is joined: places at most a day apart.
  static func runs<Value>(_ values: [Value?]) -> [[(Int, Value)]] {
    var runs: [[(Int, Value)]] = []
    var last: Int?
    for (place, value) in values.enumerated() {
      guard let value else { continue }
      if let before = last, place - before <= 2, !runs.isEmpty {
        runs[runs.count - 1].append((place, value))
      } else {
        runs.append([(place, value)])
      }
      last = place
    }
    return runs
  }
}
