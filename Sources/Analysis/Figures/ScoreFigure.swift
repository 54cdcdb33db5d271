/// Named numbers as bars: scores of methods, shares of an outcome; the best is marked in words too.
package struct ScoreFigure: Sendable {
  package struct Bar: Hashable, Sendable {
    package var name: String
    package var value: Double
    package var isBest: Bool

    package init(name: String, value: Double, isBest: Bool = false) {
      self.name = name
      self.value = value
      self.isBest = isBest
    }
  }

  package var title: String
  /// Below the axis: `MASE, lower is better`.
  package var quantity: String
  package var bars: [Bar]

  package init(title: String, quantity: String, bars: [Bar]) {
    self.title = title
    self.quantity = quantity
    self.bars = bars
  }

  /// The drawing.
  package var figure: Figure {
    let bars = bars.filter { $0.value.isFinite }
    guard let range = Scale.range(bars.map(\.value) + [0], padding: 0), !bars.isEmpty else {
      return .empty(title: title, reason: "No scores to show.")
    }
    let (width, top, pitch) = (720.0, 40.0, 24.0)
    let height = top + Double(bars.count) * pitch + 30
    let x = Scale(low: range.lowerBound, high: range.upperBound, start: 248, end: width - 120)
    var body = heading(title, width: width)
    for (index, bar) in bars.enumerated() {
      let y = top + Double(index) * pitch
      body += shortened(bar.name, to: 36, x: 238, y: y + 16, anchor: "end")
      body += rectangle(
        x(0), y + 4, x(bar.value), y + pitch - 4, bar.isBest ? "s2v-best" : "s2v-bar")
      body += label(
        shortNumber(bar.value) + (bar.isBest ? " best" : ""), x: x(max(bar.value, 0)) + 6,
        y: y + 16, style: "s2v-small")
    }
    body += line(x(0), top, x(0), height - 28, "s2v-axis")
    body += label(
      quantity, x: width / 2, y: height - 8, anchor: "middle", style: "s2v-small")
    let said = bars.map { "\($0.name) \(shortNumber($0.value))\($0.isBest ? " (best)" : "")" }
    return Figure(
      title: title, description: "\(quantity): " + said.joined(separator: ", ") + ".",
      width: width, height: height, body: body)
  }
}

/// How often which values were seen.
package struct HistogramFigure: Sendable {
  package var title: String
  /// Below the axis, with its unit.
  package var quantity: String
  package var values: [Double]

  package init(title: String, quantity: String, values: [Double]) {
    self.title = title
    self.quantity = quantity
    self.values = values
  }

  /// The drawing: steps of 1, 2 or 5 times a power of ten, about as many as the root of the count.
  package var figure: Figure {
    let seen = values.filter { $0.isFinite && abs($0) < 1e12 }
    guard let low = seen.min(), let high = seen.max() else {
      return .empty(title: title, reason: "No values to show.")
    }
    let wanted = min(40, max(5, Double(seen.count).squareRoot()))
    let step = high > low ? Ticks.step((high - low) / wanted) : 1
    let first = (low / step).rounded(.down)
    var counts = Array(repeating: 0, count: Int((high / step).rounded(.down) - first) + 1)
    for value in seen { counts[Int((value / step).rounded(.down) - first)] += 1 }
    let most = Double(counts.max() ?? 1)
    let start = first * step
    var plot = Plot(
      title: title, x: start...(start + Double(counts.count) * step), y: 0...(most * 1.06))
    plot.upright(unit: "readings")
    plot.level(name: quantity)
    for (index, count) in counts.enumerated() where count > 0 {
      let left = start + Double(index) * step
      plot.add(
        rectangle(
          plot.x(left) + 0.5, plot.y(0), plot.x(left + step) - 0.5, plot.y(Double(count)), "s2v-bar"
        ))
    }
    return plot.figure(
      "\(seen.count) values of \(quantity), \(shortNumber(low)) to \(shortNumber(high)).")
  }
}
