internal import Readings

/// A frame with two axes, and what is drawn in it.
struct Plot {
  let title: String
  let language: Language
  let width = 720.0
  let height: Double
  let left = 58.0
  let right = 16.0
  let top = 38.0
  let bottom = 42.0
  private(set) var x: Scale
  private(set) var y: Scale
  private var body = ""

  init(
    title: String, x: ClosedRange<Double>, y: ClosedRange<Double>, height: Double = 300,
    in language: Language = .english
  ) {
    self.title = title
    self.language = language
    self.height = height
    self.x = Scale(low: x.lowerBound, high: x.upperBound, start: left, end: width - right)
    self.y = Scale(low: y.lowerBound, high: y.upperBound, start: height - bottom, end: top)
  }

  mutating func add(_ markup: String) { body += markup }

  /// Lines and numbers of the upright axis, and its unit above it.
  mutating func upright(unit: String) {
    let ticks = Ticks.nice(y.low...y.high)
    let digits = Ticks.digits(ticks)
    for tick in ticks {
      add(line(left, y(tick), width - right, y(tick), "s2v-grid"))
      add(
        label(
          decimal(tick, digits: digits), x: left - 6, y: y(tick) + 4, anchor: "end",
          style: "s2v-small"))
    }
    if !unit.isEmpty { add(label(unit, x: 12, y: top - 3, style: "s2v-small")) }
  }

  /// The level axis with numbers: round ones, or those that are given.
  mutating func level(name: String, at given: [Double]? = nil) {
    let ticks = given ?? Ticks.nice(x.low...x.high, about: 7)
    let digits = Ticks.digits(ticks)
    add(line(left, height - bottom, width - right, height - bottom, "s2v-axis"))
    for tick in ticks { levelTick(tick, decimal(tick, digits: digits)) }
    if !name.isEmpty {
      add(
        label(
          name, x: (left + width - right) / 2, y: height - 8, anchor: "middle", style: "s2v-small"))
    }
  }

  /// The level axis with dates; its quantity is days after `first`.
  mutating func level(from first: LocalDate) {
    add(line(left, height - bottom, width - right, height - bottom, "s2v-axis"))
    let (low, high) = (Int(x.low.rounded(.up)), Int(x.high.rounded(.down)))
    for tick in Ticks.days(from: first + low, to: first + high, in: language) {
      levelTick(Double(tick.date.daysSince1970 - first.daysSince1970), tick.label)
    }
  }

  mutating func levelTick(_ value: Double, _ text: String) {
    add(line(x(value), height - bottom, x(value), height - bottom + 5, "s2v-axis"))
    add(
      label(text, x: x(value), y: height - bottom + 18, anchor: "middle", style: "s2v-small"))
  }

  /// A level line at a value, where it is in the frame.
  mutating func reference(_ value: Double) {
    guard value > y.low, value < y.high else { return }
    add(line(left, y(value), width - right, y(value), "s2v-axis"))
  }

  /// A line through the points; what is not finite breaks it.
  mutating func path(_ points: [(x: Double, y: Double)], _ style: String) {
    var commands = ""
    var draws = false
    for point in points {
      guard point.x.isFinite, point.y.isFinite else {
        draws = false
        continue
      }
      commands += "\(draws ? "L" : "M")\(coordinate(x(point.x))) \(coordinate(y(point.y)))"
      draws = true
    }
    if !commands.isEmpty { add(tag("path", [("class", style), ("d", commands)])) }
  }

  /// The area between two lines over the same places.
  mutating func area(_ points: [(x: Double, low: Double, high: Double)], _ style: String) {
    let points = points.filter { $0.x.isFinite && $0.low.isFinite && $0.high.isFinite }
    guard points.count > 1 else { return }
    func corner(_ px: Double, _ py: Double) -> String {
      "\(coordinate(x(px))) \(coordinate(y(py)))"
    }
    let upper = points.map { corner($0.x, $0.high) }
    let lower = points.reversed().map { corner($0.x, $0.low) }
    add(tag("path", [("class", style), ("d", "M" + (upper + lower).joined(separator: "L") + "Z")]))
  }

  /// Names of what is drawn, with a stroke each, at the top right.
  mutating func legend(_ entries: [(name: String, style: String)]) {
    var end = width - right
    for (name, style) in entries.reversed() {
      add(shortened(name, to: 28, x: end, y: top - 6, anchor: "end", style: "s2v-small"))
      end -= Double(min(letters(name), 28)) * 6.9 + 6
      add(line(end - 22, top - 10, end, top - 10, style))
      end -= 34
    }
  }

  func figure(_ description: String) -> Figure {
    Figure(
      title: title, description: description, width: width, height: height,
      body: heading(title, width: width) + body, language: language)
  }
}
