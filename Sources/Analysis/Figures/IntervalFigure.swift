package import Curves
package import Readings

/// Estimates with their intervals, one below the other; where nothing can be said, the reason in grey.
///
/// An interval that excludes the reference has a full mark, any other a hollow one.
package struct IntervalFigure: Hashable, Sendable, Codable {
  package var title: FigureWord
  /// Below the axis: `effect in own SD`.
  package var quantity: FigureWord
  /// Of all estimates; empty for an index.
  package var unit: String
  package var rows: [Row]
  /// The value that means nothing: 0 for a difference, 1 for a ratio.
  package var reference = 0.0
  /// Whether each row says how often what it is about occurred, where that is known.
  package var showsOccasions = false

  private static let labels = 250.0
  private static let pitch = 24.0

  package init(
    title: FigureWord, quantity: FigureWord, unit: String = "", rows: [Row], reference: Double = 0
  ) {
    self.title = title
    self.quantity = quantity
    self.unit = unit
    self.rows = rows
    self.reference = reference
  }

  private var estimates: [Estimate] {
    rows.compactMap { try? $0.result.get() }
      .filter { $0.value.isFinite && $0.low.isFinite && $0.high.isFinite }
  }

  /// The drawing.
  package func figure(in language: Language = .english) -> Figure {
    let title = title.text(in: language)
    guard !rows.isEmpty else {
      let reason = Saying("No estimates to show.", "没有可显示的估计。")
      return .empty(title: title, reason: reason.text(in: language), in: language)
    }
    let (width, top) = (720.0, 40.0)
    let height = top + Double(rows.count) * Self.pitch + 44
    let seen = estimates.flatMap { [$0.low, $0.high] } + [reference]
    let range = Scale.range(seen, padding: 0.08) ?? -1...1
    let x = Scale(
      low: range.lowerBound, high: range.upperBound, start: Self.labels,
      end: width - roomForNumbers(in: language))
    var body = heading(title, width: width) + axis(x, range, top: top, height: height, language)
    for (index, row) in rows.enumerated() {
      body += draw(row, y: top + (Double(index) + 0.5) * Self.pitch, x, width, language)
    }
    return Figure(
      title: title, description: description(in: language), width: width, height: height,
      body: body, language: language)
  }

  /// At the right, for each row's numbers.
  private func roomForNumbers(in language: Language) -> Double {
    let longest = estimates.map { letters(Self.numbers($0, in: language)) }.max() ?? 0
    return longest > 24 ? Double(longest) * 6.3 : 110
  }

  private static func numbers(_ estimate: Estimate, in language: Language) -> String {
    "\(shortNumber(estimate.value)) (\(interval(estimate.low, estimate.high, in: language)))"
  }

  private func axis(
    _ x: Scale, _ range: ClosedRange<Double>, top: Double, height: Double, _ language: Language
  ) -> String {
    let foot = height - 40
    let ticks = Ticks.nice(range)
    let digits = Ticks.digits(ticks)
    var body = ""
    for tick in ticks {
      body += line(x(tick), top - 6, x(tick), foot, "s2v-grid")
      body += label(
        decimal(tick, digits: digits), x: x(tick), y: foot + 15, anchor: "middle",
        style: "s2v-small")
    }
    body += line(x(reference), top - 6, x(reference), foot, "s2v-axis")
    return body
      + label(
        quantity.text(in: language), x: (x.start + x.end) / 2, y: height - 8, anchor: "middle",
        style: "s2v-small")
  }

  private func draw(
    _ row: Row, y: Double, _ x: Scale, _ width: Double, _ language: Language
  ) -> String {
    let label = name(of: row, in: language)
    let start = Self.labels + 4
    switch row.result {
    case .failure(let silence):
      return shortened(
        label, to: 38, x: Self.labels - 10, y: y + 4, anchor: "end", style: "s2v-silent")
        + shortened(
          silence.reason(in: language), to: 70, x: start, y: y + 4, style: "s2v-silent")
    case .success(let estimate):
      let name = shortened(label, to: 38, x: Self.labels - 10, y: y + 4, anchor: "end")
      guard estimate.value.isFinite, estimate.low.isFinite, estimate.high.isFinite else {
        let reason = Saying("not finite", "不是有限的数").text(in: language)
        return name + Figures.label(reason, x: start, y: y + 4, style: "s2v-silent")
      }
      let isClear = estimate.low > reference || estimate.high < reference
      return name + line(x(estimate.low), y, x(estimate.high), y, "s2v-one")
        + line(x(estimate.low), y - 4, x(estimate.low), y + 4, "s2v-one")
        + line(x(estimate.high), y - 4, x(estimate.high), y + 4, "s2v-one")
        + dot(x(estimate.value), y, radius: 4, isClear ? "s2v-dot" : "s2v-hollow")
        + Figures.label(
          Self.numbers(estimate, in: language), x: width - 6, y: y + 4, anchor: "end",
          style: "s2v-small")
    }
  }

  private func name(of row: Row, in language: Language) -> String {
    let name = row.label.text(in: language)
    guard showsOccasions, let occasions = row.occasions else { return name }
    return Saying("\(name), \(occasions) times", "\(name)，\(occasions) 次").text(in: language)
  }

  private func description(in language: Language) -> String {
    rows.map { row in
      let label = name(of: row, in: language)
      let said =
        switch row.result {
        case .failure(let silence): silence.reason(in: language)
        case .success(let estimate):
          listed(
            [shortNumber(estimate.value), interval(estimate, in: language)], in: language)
        }
      return Saying("\(label): \(said).", "\(label)：\(said)。").text(in: language)
    }.joined(separator: Saying(" ", "").text(in: language))
  }
}

extension IntervalFigure {
  /// One estimate, or why there is none.
  package struct Row: Hashable, Sendable {
    package var label: FigureWord
    package var result: Result<Estimate, Silence>
    /// How often what it is about occurred; nil where that is not known.
    package var occasions: Int?

    package init(label: FigureWord, result: Result<Estimate, Silence>, occasions: Int? = nil) {
      self.label = label
      self.result = result
      self.occasions = occasions
    }
  }
}

extension IntervalFigure.Row: Codable {
  private enum Key: String, CodingKey { case label, result, occasions }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      label: try container.decode(FigureWord.self, forKey: .label),
      result: try container.decode(Outcome.self, forKey: .result).result,
      occasions: try container.decodeIfPresent(Int.self, forKey: .occasions))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(label, forKey: .label)
    try container.encode(Outcome(result), forKey: .result)
    try container.encodeIfPresent(occasions, forKey: .occasions)
  }
}

/// A result as it is kept.
enum Outcome: Codable {
  case estimate(Estimate)
  case silence(Silence)

  init(_ result: Result<Estimate, Silence>) {
    switch result {
    case .success(let estimate): self = .estimate(estimate)
    case .failure(let silence): self = .silence(silence)
    }
  }

  var result: Result<Estimate, Silence> {
    switch self {
    case .estimate(let estimate): .success(estimate)
    case .silence(let silence): .failure(silence)
    }
  }
}
