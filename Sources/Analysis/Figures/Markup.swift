internal import Curves
internal import Readings

/// An element with its attributes, and text or elements inside it; all text is escaped.
func tag(
  _ name: String, _ attributes: [(String, String)], text: String? = nil, inside: String = ""
) -> String {
  var markup = "<\(name)"
  for (key, value) in attributes { markup += " \(key)=\"\(escaped(value))\"" }
  let content = (text.map(escaped) ?? "") + inside
  return content.isEmpty && text == nil ? markup + "/>" : markup + ">\(content)</\(name)>"
}

/// Text as XML may hold it: markup written out, characters that XML forbids replaced.
package func escaped(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
    case "\u{0}"..<"\u{20}", "\u{FFFE}"..."\u{FFFF}": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// A place in the drawing, to a tenth of a pixel.
func coordinate(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 1e6 else { return "0" }
  let tenths = Int((value * 10).rounded())
  let (whole, part) = (abs(tenths) / 10, abs(tenths) % 10)
  return (tenths < 0 ? "-" : "") + (part == 0 ? "\(whole)" : "\(whole).\(part)")
}

/// A number as briefly as three digits allow, with a point whatever the locale: `0.12`, `−3.4`, `1250`.
package func shortNumber(_ value: Double) -> String {
  let size = abs(value)
  guard value.isFinite else { return "?" }
  if size >= 1e6 { return shortNumber(value / 1e6) + "M" }
  return decimal(value, digits: size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 || size == 0 ? 2 : 4)
}

/// With so many digits after the point at most; zeros at the end are left out.
func decimal(_ value: Double, digits: Int) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "?" }
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let rounded = Int((abs(value) * scale).rounded())
  var part = String(rounded % Int(scale))
  part = String(repeating: "0", count: max(0, digits - part.count)) + part
  while part.last == "0" { part.removeLast() }
  let text = "\(rounded / Int(scale))" + (digits == 0 || part.isEmpty ? "" : "." + part)
  return value < 0 && rounded > 0 ? "−" + text : text
}

/// Text in the drawing.
func label(
  _ text: String, x: Double, y: Double, anchor: String = "start", style: String = ""
) -> String {
  var attributes = [("x", coordinate(x)), ("y", coordinate(y))]
  if anchor != "start" { attributes.append(("text-anchor", anchor)) }
  if !style.isEmpty { attributes.append(("class", style)) }
  return tag("text", attributes, text: text)
}

/// How wide a text is, in letters; those of Chinese count two.
func letters(_ text: String) -> Int { text.reduce(0) { $0 + letters($1) } }

private func letters(_ character: Character) -> Int {
  (character.unicodeScalars.first?.value ?? 0) >= 0x2E80 ? 2 : 1
}

/// Text of at most `most` letters; where it is longer, the whole is what a pointer shows.
func shortened(
  _ text: String, to most: Int, x: Double, y: Double, anchor: String = "start", style: String = ""
) -> String {
  guard letters(text) > most else { return label(text, x: x, y: y, anchor: anchor, style: style) }
  var attributes = [("x", coordinate(x)), ("y", coordinate(y)), ("text-anchor", anchor)]
  if !style.isEmpty { attributes.append(("class", style)) }
  var width = 0
  let begin = text.prefix {
    width += letters($0)
    return width < most
  }
  return tag(
    "text", attributes, text: String(begin) + "…",
    inside: tag("title", [], text: text))
}

/// The ends of an interval.
func interval(_ low: Double, _ high: Double, in language: Language) -> String {
  let (low, high) = (shortNumber(low), shortNumber(high))
  return Saying("\(low) to \(high)", "\(low) 至 \(high)").text(in: language)
}

/// `90 % interval 0.1 to 0.7`.
func interval(_ estimate: Estimate, in language: Language) -> String {
  let level = "\(Int((estimate.level * 100).rounded())) %"
  return Saying("\(level) interval", "\(level) 区间").text(in: language) + " "
    + interval(estimate.low, estimate.high, in: language)
}

/// A list in a sentence: `0.1, 0.2`.
func listed(_ texts: [String], in language: Language) -> String {
  texts.joined(separator: Saying(", ", "，").text(in: language))
}

/// The figure's heading.
func heading(_ title: String, width: Double) -> String {
  shortened(title, to: 90, x: 12, y: 22, style: "s2v-head")
}

/// A straight line.
func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> String {
  tag(
    "line",
    [
      ("class", style), ("x1", coordinate(x1)), ("y1", coordinate(y1)), ("x2", coordinate(x2)),
      ("y2", coordinate(y2)),
    ])
}

/// A rectangle between two corners, in any order.
func rectangle(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> String {
  tag(
    "rect",
    [
      ("class", style), ("x", coordinate(min(x1, x2))), ("y", coordinate(min(y1, y2))),
      ("width", coordinate(abs(x2 - x1))), ("height", coordinate(abs(y2 - y1))),
    ])
}

/// A dot.
func dot(_ x: Double, _ y: Double, radius: Double, _ style: String) -> String {
  tag(
    "circle",
    [("class", style), ("cx", coordinate(x)), ("cy", coordinate(y)), ("r", coordinate(radius))])
}
