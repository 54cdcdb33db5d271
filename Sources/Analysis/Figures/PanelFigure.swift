package import Readings

/// Courses over the same days, a panel each, one below the other; events are dots in rows below them.
///
/// Neighbours up to a day apart are joined; anything longer is a gap, and is drawn as one.
package struct PanelFigure: Sendable {
  package struct Panel: Hashable, Sendable {
    /// Above the panel: `mornings`.
    package var name: String
    package var unit: String
    /// Two a day, from the first date on.
    package var values: [Double?]
    /// A calmer course at the same places, dashed; empty for none.
    package var calmer: [Double?]
    /// Panels of one scale have the same upright axis, and can be compared by eye.
    package var scale: String

    package init(
      name: String, unit: String, values: [Double?], calmer: [Double?] = [], scale: String
    ) {
      self.name = name
      self.unit = unit
      self.values = values
      self.calmer = calmer
      self.scale = scale
    }
  }

  /// What happened at which places.
  package struct Row: Hashable, Sendable {
    package var name: String
    package var places: [Int]

    package init(name: String, places: [Int]) {
      self.name = name
      self.places = places
    }
  }

  package var title: String
  package var firstDate: LocalDate
  package var days: Int
  package var panels: [Panel]
  package var rows: [Row] = []
  /// Upright lines through all panels.
  package var marks: [SeriesFigure.Mark] = []
  /// What the dashed course is: `mean of seven days`; empty where there is none.
  package var calmerName = ""

  private static let width = 720.0
  private static let left = 132.0
  private static let top = 60.0
  private static let height = 100.0
  private static let gap = 32.0
  private static let pitch = 20.0

  package init(title: String, firstDate: LocalDate, days: Int, panels: [Panel]) {
    self.title = title
    self.firstDate = firstDate
    self.days = days
    self.panels = panels
  }

  /// The drawing.
  package var figure: Figure {
    guard panels.contains(where: { !Self.seen($0).isEmpty }), days > 0 else {
      return .empty(title: title, reason: "No readings to show.")
    }
    let x = Scale(low: 0, high: Double(days), start: Self.left, end: Self.width - 16)
    let firstRow = Self.top + Double(panels.count) * (Self.height + Self.gap) - 8
    let foot = firstRow + Double(rows.count) * Self.pitch
    var body = heading(title, width: Self.width) + legend + draw(marks, x, foot: foot)
    for (index, panel) in panels.enumerated() {
      body += draw(panel, top: Self.top + Double(index) * (Self.height + Self.gap), x)
    }
    for (index, row) in rows.enumerated() {
      body += draw(row, y: firstRow + (Double(index) + 0.5) * Self.pitch, x)
    }
    return Figure(
      title: title, description: description, width: Self.width, height: foot + 28,
      body: body + dates(x, foot: foot))
  }

  private static func seen(_ panel: Panel) -> [Double] {
    panel.values.compactMap { $0 }.filter(\.isFinite)
  }

  private func draw(_ panel: Panel, top: Double, _ x: Scale) -> String {
    let name = panel.unit.isEmpty ? panel.name : "\(panel.name), \(panel.unit)"
    let foot = top + Self.height
    let frame =
      shortened(name, to: 60, x: Self.left, y: top - 7)
      + line(Self.left, foot, Self.width - 16, foot, "s2v-axis")
    let shared = panels.filter { $0.scale == panel.scale }
    guard !Self.seen(panel).isEmpty, let range = Scale.range(shared.flatMap(Self.seen)) else {
      return frame
        + label(
          "none", x: (Self.left + Self.width) / 2, y: (top + foot) / 2, anchor: "middle",
          style: "s2v-silent")
    }
    let y = Scale(low: range.lowerBound, high: range.upperBound, start: foot, end: top)
    let ticks = Ticks.nice(range, about: 4)
    let digits = Ticks.digits(ticks)
    let grid = ticks.map { tick in
      line(Self.left, y(tick), Self.width - 16, y(tick), "s2v-grid")
        + label(
          decimal(tick, digits: digits), x: Self.left - 6, y: y(tick) + 4, anchor: "end",
          style: "s2v-small")
    }
    let dots = panel.values.enumerated().compactMap { place, value in
      value.flatMap { $0.isFinite ? $0 : nil }.map {
        dot(x(SeriesFigure.day(place)), y($0), radius: 2.6, "s2v-dot")
      }
    }
    return frame + grid.joined() + path(panel.calmer, x, y, "s2v-two")
      + path(panel.values, x, y, "s2v-one") + dots.joined()
  }

  private func path(_ values: [Double?], _ x: Scale, _ y: Scale, _ style: String) -> String {
    SeriesFigure.runs(values.map { $0.flatMap { $0.isFinite ? $0 : nil } })
      .filter { $0.count > 1 }.map { run in
        let corners = run.map {
          "\(coordinate(x(SeriesFigure.day($0)))) \(coordinate(y($1)))"
        }
        return tag("path", [("class", style), ("d", "M" + corners.joined(separator: "L"))])
      }.joined()
  }

  private func draw(_ row: Row, y: Double, _ x: Scale) -> String {
    shortened(row.name, to: 17, x: Self.left - 8, y: y + 4, anchor: "end", style: "s2v-small")
      + line(Self.left, y, Self.width - 16, y, "s2v-grid")
      + row.places.filter { (0..<days * 2).contains($0) }
      .map { dot(x(SeriesFigure.day($0)), y, radius: 4, "s2v-hollow") }.joined()
  }

  private func draw(_ marks: [SeriesFigure.Mark], _ x: Scale, foot: Double) -> String {
    marks.filter { (0..<days * 2).contains($0.place) }.enumerated().map { index, mark in
      let place = x(SeriesFigure.day(mark.place))
      let isLate = place > Self.width * 0.7
      return line(place, Self.top - 4, place, foot, "s2v-\(mark.kind.rawValue)")
        + shortened(
          (mark.kind == .alarm ? "▲ " : "") + mark.label.text(in: .english), to: 40,
          x: place + (isLate ? -5 : 5), y: Self.top + 9 + Double(index % 3) * 13,
          anchor: isLate ? "end" : "start", style: "s2v-small")
    }.joined()
  }

  private func dates(_ x: Scale, foot: Double) -> String {
    Ticks.days(from: firstDate, to: firstDate + (days - 1)).map { tick in
      let place = x(Double(tick.date.daysSince1970 - firstDate.daysSince1970))
      return line(place, foot, place, foot + 5, "s2v-axis")
        + label(tick.label, x: place, y: foot + 18, anchor: "middle", style: "s2v-small")
    }.joined()
  }

  private var legend: String {
    guard !calmerName.isEmpty else { return "" }
    let end = Self.width - 16
    return line(end - 26, Self.top - 12, end, Self.top - 12, "s2v-two")
      + label(calmerName, x: end - 32, y: Self.top - 8, anchor: "end", style: "s2v-small")
  }

  private var description: String {
    let said = panels.map { panel in
      let seen = Self.seen(panel)
      guard let low = seen.min(), let high = seen.max() else { return "\(panel.name): none." }
      let unit = panel.unit.isEmpty ? "" : " \(panel.unit)"
      return "\(panel.name): \(seen.count) readings, \(shortNumber(low)) to "
        + "\(shortNumber(high))\(unit)."
    }
    let happened = rows.map { row in
      let dates = row.places.map { "\((firstDate + $0 / 2).civil.day)" }
      return "\(row.name) on day \(dates.joined(separator: ", "))."
    }
    return (said + happened + marks.map { "\($0.label.text(in: .english))." }).joined(
      separator: " ")
  }
}
