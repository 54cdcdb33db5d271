package import Curves
package import Readings

/// A response to humidity, or another quantity of the air: a curve with its band, what was seen, and the
/// optimum with its interval.
package struct BellFigure: Hashable, Sendable {
  package struct Point: Hashable, Sendable, Codable {
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
  package struct Line: Hashable, Sendable, Codable {
    package var name: FigureWord
    package var points: [Point]

    package init(name: FigureWord, points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  package var title: FigureWord
  /// Below the axis: `relative humidity, %`.
  package var quantity: FigureWord
  /// Above the upright axis.
  package var unit: FigureWord
  /// At most three are drawn.
  package var lines: [Line]
  /// The values of the air that were seen: short strokes along the axis.
  package var seen: [Double] = []
  package var optimum: Result<Estimate, Silence>?

  package init(title: FigureWord, quantity: FigureWord, unit: FigureWord, lines: [Line]) {
    self.title = title
    self.quantity = quantity
    self.unit = unit
    self.lines = lines
  }

  private static let styles = ["s2v-one", "s2v-two", "s2v-three"]
  private static let bands = ["s2v-band", "s2v-band2", "s2v-base"]

  /// The drawing.
  package func figure(in language: Language = .english) -> Figure {
    let title = title.text(in: language)
    let points = lines.prefix(3).flatMap(\.points)
    let estimate = optimum.flatMap { try? $0.get() }
    guard points.contains(where: { $0.value.isFinite && $0.x.isFinite }),
      let x = Scale.range(points.map(\.x) + seen, padding: 0.02),
      let y = Scale.range(points.flatMap { [$0.low, $0.high, $0.value] })
    else {
      let reason = Saying("No curve to show.", "没有可显示的曲线。")
      return .empty(title: title, reason: reason.text(in: language), in: language)
    }
    var plot = Plot(title: title, x: x, y: y, in: language)
    plot.upright(unit: unit.text(in: language))
    plot.level(name: quantity.text(in: language))
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
      plot.legend(zip(lines, Self.styles).map { ($0.name.text(in: language), $1) })
    }
    return plot.figure(description(in: language))
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
        Saying("optimum", "最适").text(in: plot.language) + " \(shortNumber(optimum.value))",
        x: place + 4, y: plot.top + 11, style: "s2v-small"))
  }

  private func description(in language: Language) -> String {
    let names = lines.map { $0.name.text(in: language) }.filter { !$0.isEmpty }
    let drawn = names.joined(separator: Saying(", ", "、").text(in: language))
    let over = quantity.text(in: language)
    switch optimum {
    case .success(let estimate)?:
      let best = shortNumber(estimate.value)
      let sure = interval(estimate, in: language)
      return Saying(
        "\(drawn) over \(over): optimum \(best), \(sure).", "\(drawn)随\(over)变化：最适 \(best)，\(sure)。"
      ).text(in: language)
    case .failure(let silence)?:
      let reason = silence.reason(in: language)
      return Saying(
        "\(drawn) over \(over). No optimum: \(reason).", "\(drawn)随\(over)变化。没有最适值：\(reason)。"
      ).text(in: language)
    case nil: return Saying("\(drawn) over \(over).", "\(drawn)随\(over)变化。").text(in: language)
    }
  }
}

extension BellFigure: Codable {
  private enum Key: String, CodingKey { case title, quantity, unit, lines, seen, optimum }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      title: try container.decode(FigureWord.self, forKey: .title),
      quantity: try container.decode(FigureWord.self, forKey: .quantity),
      unit: try container.decode(FigureWord.self, forKey: .unit),
      lines: try container.decode([Line].self, forKey: .lines))
    seen = try container.decode([Double].self, forKey: .seen)
    optimum = try container.decodeIfPresent(Outcome.self, forKey: .optimum)?.result
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(title, forKey: .title)
    try container.encode(quantity, forKey: .quantity)
    try container.encode(unit, forKey: .unit)
    try container.encode(lines, forKey: .lines)
    try container.encode(seen, forKey: .seen)
    try container.encodeIfPresent(optimum.map(Outcome.init), forKey: .optimum)
  }
}
