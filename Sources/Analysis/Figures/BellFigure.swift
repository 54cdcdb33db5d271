package import Curves

/// A response to humidity, or another quantity of the air: a curve with its band, what was seen, and the
/// optimum with its interval.
package struct BellFigure: Sendable {
  package struct Point: Hashable, Sendable {
    package var x: Double
    package var value: Double
    package var low: Double
    package var high: Double

    package init(x: Double, value: Double, low: Double, high: Double) {
      self.x = x
      self.value = value
      self.low = low
      self.high = high
    }
  }

  /// One curve; a second stands for other air, as much PM2.5.
  package struct Line: Hashable, Sendable {
    package var name: String
    package var points: [Point]

    package init(name: String, points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  package var title: String
  /// Below the axis: `relative humidity, %`.
  package var quantity: String
  package var unit: String
  /// At most three are drawn.
  package var lines: [Line]
  /// The values of the air that were seen: short strokes along the axis.
  package var seen: [Double] = []
  package var optimum: Result<Estimate, Silence>?

  package init(title: String, quantity: String, unit: String, lines: [Line]) {
    self.title = title
    self.quantity = quantity
    self.unit = unit
    self.lines = lines
  }

  private static let styles = ["s2v-one", "s2v-two", "s2v-three"]
  private static let bands = ["s2v-band", "s2v-band2", "s2v-base"]

  /// The drawing.
  package var figure: Figure {
    let points = lines.prefix(3).flatMap(\.points)
    let estimate = optimum.flatMap { try? $0.get() }
    guard points.contains(where: { $0.value.isFinite && $0.x.isFinite }),
      let x = Scale.range(points.map(\.x) + seen, padding: 0.02),
      let y = Scale.range(points.flatMap { [$0.low, $0.high, $0.value] })
    else { return .empty(title: title, reason: "No curve to show.") }
    var plot = Plot(title: title, x: x, y: y)
    plot.upright(unit: unit)
    plot.level(name: quantity)
    if let estimate { draw(estimate, in: &plot) }
    for (index, line) in lines.prefix(3).enumerated() {
      plot.area(line.points.map { ($0.x, $0.low, $0.high) }, Self.bands[index])
      plot.path(line.points.map { ($0.x, $0.value) }, Self.styles[index])
    }
    let foot = plot.height - plot.bottom
    for value in Set(seen.filter(\.isFinite).map { coordinate(plot.x($0)) }).sorted() {
      plot.add(
        tag("path", [("class", "s2v-axis"), ("d", "M\(value) \(coordinate(foot))v-7")]))
    }
    if lines.count > 1 {
      plot.legend(zip(lines, Self.styles).map { ($0.name, $1) })
    }
    return plot.figure(description)
  }

  private func draw(_ optimum: Estimate, in plot: inout Plot) {
    guard optimum.value.isFinite else { return }
    func within(_ value: Double) -> Double {
      min(max(plot.x(value), plot.left), plot.width - plot.right)
    }
    if optimum.low.isFinite, optimum.high.isFinite {
      plot.add(
        rectangle(
          within(optimum.low), plot.top, within(optimum.high), plot.height - plot.bottom,
          "s2v-base"))
    }
    let place = within(optimum.value)
    plot.add(line(place, plot.top, place, plot.height - plot.bottom, "s2v-epoch"))
    plot.add(
      label(
        "optimum \(shortNumber(optimum.value))", x: place + 4, y: plot.top + 11, style: "s2v-small")
    )
  }

  private var description: String {
    let drawn = lines.map(\.name).filter { !$0.isEmpty }.joined(separator: ", ")
    switch optimum {
    case .success(let estimate)?:
      return "\(drawn) over \(quantity): optimum \(shortNumber(estimate.value)), "
        + "\(Int((estimate.level * 100).rounded())) % interval \(shortNumber(estimate.low)) to "
        + "\(shortNumber(estimate.high))."
    case .failure(let silence)?: return "\(drawn) over \(quantity). No optimum: \(silence.reason)."
    case nil: return "\(drawn) over \(quantity)."
    }
  }
}
