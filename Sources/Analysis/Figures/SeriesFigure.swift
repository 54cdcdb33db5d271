package import Readings

/// A course of readings over the days, with its baseline, how sure it is, and marks.
///
/// Neighbours up to a day apart are joined; anything longer is a gap, and is drawn as one.
package struct SeriesFigure: Sendable {
  /// Places from `from` to `to`, both included, between two values.
  package struct Baseline: Hashable, Sendable {
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
  package struct Mark: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable { case alarm, epoch, event }

    package var place: Int
    package var kind: Kind
    package var label: String

    package init(place: Int, kind: Kind, label: String) {
      self.place = place
      self.kind = kind
      self.label = label
    }
  }

  package var title: String
  package var unit: String
  package var firstDate: LocalDate
  /// Two a day: a morning and an evening.
  package var values: [Double?]
  /// What the baseline allows.
  package var baselines: [Baseline] = []
  /// How sure a level is, a range a place; nil where none is known.
  package var uncertain: [ClosedRange<Double>?] = []
  package var marks: [Mark] = []

  package init(title: String, unit: String, firstDate: LocalDate, values: [Double?]) {
    self.title = title
    self.unit = unit
    self.firstDate = firstDate
    self.values = values
  }

  /// The drawing.
  package var figure: Figure {
    let seen = values.compactMap { $0 }.filter(\.isFinite)
    let bands = uncertain.compactMap { $0 }.flatMap { [$0.lowerBound, $0.upperBound] }
    guard !seen.isEmpty,
      let y = Scale.range(seen + bands + baselines.flatMap { [$0.low, $0.high] })
    else { return .empty(title: title, reason: "No readings to show.") }
    let days = Double(max(values.count, uncertain.count, 2)) / 2
    var plot = Plot(title: title, x: 0...days, y: y)
    plot.upright(unit: unit)
    plot.level(from: firstDate)
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
    for run in Self.runs(values.map { $0.flatMap { $0.isFinite ? $0 : nil } }) {
      plot.path(run.map { (Self.day($0), $1) }, "s2v-one")
      guard run.count == 1 || seen.count <= 120 else { continue }
      for (place, value) in run {
        plot.add(dot(plot.x(Self.day(place)), plot.y(value), radius: 2.2, "s2v-dot"))
      }
    }
    draw(marks, in: &plot)
    return plot.figure(description(seen))
  }

  private func description(_ seen: [Double]) -> String {
    let unit = unit.isEmpty ? "" : " \(unit)"
    let range = "\(shortNumber(seen.min() ?? 0)) to \(shortNumber(seen.max() ?? 0))\(unit)"
    let marked = marks.isEmpty ? "" : " \(marks.map(\.label).joined(separator: "; "))."
    return "\(seen.count) readings from \(firstDate) on, \(range).\(marked)"
  }

  private func draw(_ marks: [Mark], in plot: inout Plot) {
    for (index, mark) in marks.enumerated() {
      let x = plot.x(Self.day(mark.place))
      guard x >= plot.left, x <= plot.width - plot.right else { continue }
      plot.add(line(x, plot.top, x, plot.height - plot.bottom, "s2v-\(mark.kind.rawValue)"))
      let isLate = x > plot.width * 0.75
      plot.add(
        shortened(
          (mark.kind == .alarm ? "▲ " : "") + mark.label, to: 30, x: x + (isLate ? -4 : 4),
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
