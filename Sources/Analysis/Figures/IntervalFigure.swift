package import Curves

/// Estimates with their intervals, one below the other; where nothing can be said, the reason in grey.
///
/// An interval that excludes the reference has a full mark, any other a hollow one.
package struct IntervalFigure: Sendable {
  package struct Row: Hashable, Sendable {
    package var label: String
    package var result: Result<Estimate, Silence>

    package init(label: String, result: Result<Estimate, Silence>) {
      self.label = label
      self.result = result
    }
  }

  package var title: String
  /// Below the axis: `effect in own SD`.
  package var quantity: String
  package var rows: [Row]
  /// The value that means nothing: 0 for a difference, 1 for a ratio.
  package var reference = 0.0

  private static let labels = 250.0
  private static let pitch = 24.0

  package init(title: String, quantity: String, rows: [Row], reference: Double = 0) {
    self.title = title
    self.quantity = quantity
    self.rows = rows
    self.reference = reference
  }

  private var estimates: [Estimate] {
    rows.compactMap { try? $0.result.get() }
      .filter { $0.value.isFinite && $0.low.isFinite && $0.high.isFinite }
  }

  /// The drawing.
  package var figure: Figure {
    guard !rows.isEmpty else { return .empty(title: title, reason: "No estimates to show.") }
    let (width, top) = (720.0, 40.0)
    let height = top + Double(rows.count) * Self.pitch + 44
    let seen = estimates.flatMap { [$0.low, $0.high] } + [reference]
    let range = Scale.range(seen, padding: 0.08) ?? -1...1
    let x = Scale(
      low: range.lowerBound, high: range.upperBound, start: Self.labels, end: width - 110)
    var body = heading(title, width: width)
    let foot = height - 40
    let ticks = Ticks.nice(range)
    let digits = Ticks.digits(ticks)
    for tick in ticks {
      body += line(x(tick), top - 6, x(tick), foot, "s2v-grid")
      body += label(
        decimal(tick, digits: digits), x: x(tick), y: foot + 15, anchor: "middle",
        style: "s2v-small")
    }
    body += line(x(reference), top - 6, x(reference), foot, "s2v-axis")
    body += label(
      quantity, x: (Self.labels + width - 110) / 2, y: height - 8, anchor: "middle",
      style: "s2v-small")
    for (index, row) in rows.enumerated() {
      body += draw(row, y: top + (Double(index) + 0.5) * Self.pitch, x, width)
    }
    return Figure(
      title: title, description: description, width: width, height: height, body: body)
  }

  private func draw(_ row: Row, y: Double, _ x: Scale, _ width: Double) -> String {
    switch row.result {
    case .failure(let silence):
      return shortened(
        row.label, to: 38, x: Self.labels - 10, y: y + 4, anchor: "end", style: "s2v-silent")
        + shortened(silence.reason, to: 70, x: Self.labels + 4, y: y + 4, style: "s2v-silent")
    case .success(let estimate):
      let name = shortened(row.label, to: 38, x: Self.labels - 10, y: y + 4, anchor: "end")
      guard estimate.value.isFinite, estimate.low.isFinite, estimate.high.isFinite else {
        return name + label("not finite", x: Self.labels + 4, y: y + 4, style: "s2v-silent")
      }
      let isClear = estimate.low > reference || estimate.high < reference
      let numbers =
        "\(shortNumber(estimate.value)) (\(shortNumber(estimate.low)) to "
        + "\(shortNumber(estimate.high)))"
      return name + line(x(estimate.low), y, x(estimate.high), y, "s2v-one")
        + line(x(estimate.low), y - 4, x(estimate.low), y + 4, "s2v-one")
        + line(x(estimate.high), y - 4, x(estimate.high), y + 4, "s2v-one")
        + dot(x(estimate.value), y, radius: 4, isClear ? "s2v-dot" : "s2v-hollow")
        + label(numbers, x: width - 6, y: y + 4, anchor: "end", style: "s2v-small")
    }
  }

  private var description: String {
    rows.map { row in
      switch row.result {
      case .failure(let silence): "\(row.label): \(silence.reason)."
      case .success(let estimate):
        "\(row.label): \(shortNumber(estimate.value)), "
          + "\(Int((estimate.level * 100).rounded())) % interval \(shortNumber(estimate.low)) to "
          + "\(shortNumber(estimate.high))."
      }
    }.joined(separator: " ")
  }
}
