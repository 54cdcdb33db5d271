import Readings
import Store

extension Check {
  /// What was found and the limit, in words: `contact 1.21 ≥ 0.8 s ✓`.
  var words: String {
    let name = [label, channel?.shortName].compactMap(\.self).joined(separator: " ")
    guard let found else {
      let unknown = rule == .cleansing ? "not cleansed the day before" : "\(name) not known"
      return "\(unknown) (\(limit)\(unitWords))"
    }
    let mark = passed.map { $0 ? " ✓" : " ✗" } ?? ""
    return "\(name) \(decimal(found, places)) \(limit)\(unitWords)\(mark)"
  }

  /// Whether it failed, which is what a line is coloured for.
  var isFailed: Bool { passed == false && rule != .idealClimate }

  private var label: String {
    switch rule {
    case .contact: "contact"
    case .samples: "samples"
    case .range: "range"
    case .light: "touching"
    case .force: "pressed"
    case .spread: "spread"
    case .drift: "drift"
    case .climate: "air"
    case .idealClimate: "ideal"
    case .cleansing: "cleansed"
    case .step: "step"
    case .flat: "unchanged for"
    }
  }

  private var limit: String {
    switch (least, greatest) {
    case (nil, nil): "without limit"
    case (let least?, nil): "≥ \(short(least))"
    case (nil, let greatest?): "\(rule == .flat ? "<" : "≤") \(decimal(greatest, places))"
    case (let least?, let greatest?): "in \(short(least)) … \(short(greatest))"
    }
  }

  private var unitWords: String { unit == "index" || unit == "samples" ? "" : " " + unit }

  /// Decimals that mean something.
  private var places: Int {
    switch unit {
    case "samples": 0
    case "index", "s", "N": 2
    default: 1
    }
  }

  /// As short as it can be, with a true minus.
  private func short(_ value: Double) -> String {
    value < 0 ? "−" + plain(-value) : plain(value)
  }

  var json: JSON {
    [
      "rule": .text(rule.rawValue), "channel": JSON(channel?.rawValue), "found": JSON(found),
      "least": JSON(least), "greatest": JSON(greatest), "unit": .text(unit),
      "passed": passed.map { .flag($0) } ?? .null,
    ]
  }
}

extension [Check] {
  /// The checks in lines of what fits, behind a name or an indentation.
  func lines(after name: String = "", _ paint: Paint, width: Int = 99) -> [String] {
    let head = "  " + name + String(repeating: " ", count: Swift.max(2, 13 - name.count))
    let margin = String(repeating: " ", count: head.count)
    var lines: [(text: String, count: Int)] = []
    for check in self {
      let words = check.isFailed ? paint.red(check.words) : check.words
      if let last = lines.last, last.count + check.words.count + 2 <= width {
        lines[lines.count - 1] = (last.text + "  " + words, last.count + check.words.count + 2)
      } else {
        let start = lines.isEmpty ? head : margin
        lines.append((start + words, start.count + check.words.count))
      }
    }
    return lines.map(\.text)
  }
}
