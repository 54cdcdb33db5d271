package import Readings
package import Store

extension Check {
  /// What was found and the limit, in words: `contact 1.21 ≥ 0.8 s ✓`.
  package func words(in language: Language = .english) -> String {
    let name = [label(in: language), channel?.shortName(in: language)].compactMap(\.self)
      .joined(separator: language.text(" ", ""))
    let limit = limit(in: language)
    guard let found else {
      let unknown =
        rule == .cleansing
        ? language.text("not cleansed the day before", "此前一天内未清洁")
        : language.text("\(name) not known", Language.beside(name, "未知"))
      return unknown + language.aside("\(limit)\(unitWords)")
    }
    let mark = passed.map { $0 ? " ✓" : " ✗" } ?? ""
    return "\(name) \(decimal(found, places)) \(limit)\(unitWords)\(mark)"
  }

  /// Whether it failed, which is what a line is coloured for.
  package var isFailed: Bool { passed == false && rule != .idealClimate }

  private func label(in language: Language) -> String {
    switch rule {
    case .contact: language.text("contact", "接触")
    case .samples: language.text("samples", "采样数")
    case .range: language.text("range", "数值")
    case .light: language.text("touching", "贴肤")
    case .force: language.text("pressed", "按压")
    case .spread: language.text("spread", "离散")
    case .drift: language.text("drift", "漂移")
    case .climate: language.text("air", "空气")
    case .idealClimate: language.text("ideal", "理想")
    case .cleansing: language.text("cleansed", "清洁后")
    case .step: language.text("step", "突变")
    case .flat: language.text("unchanged for", "未变")
    }
  }

  private func limit(in language: Language) -> String {
    switch (least, greatest) {
    case (nil, nil): language.text("without limit", "不设限值")
    case (let least?, nil): "≥ \(short(least))"
    case (nil, let greatest?): "\(rule == .flat ? "<" : "≤") \(decimal(greatest, places))"
    case (let least?, let greatest?):
      language.text("in", "应在") + " \(short(least)) … \(short(greatest))"
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
}

extension [Check] {
  /// The checks in lines of what fits, behind a name or an indentation.
  func lines(after name: String = "", _ speech: Speech, width: Int = 99) -> [String] {
    let head = speech.checkHead(name)
    let margin = String(repeating: " ", count: head.terminalColumns)
    var lines: [(text: String, columns: Int)] = []
    for check in self {
      let plain = check.words(in: speech.language)
      let words = check.isFailed ? speech.paint.red(plain) : plain
      let columns = plain.terminalColumns
      if let last = lines.last, last.columns + columns + 2 <= width {
        lines[lines.count - 1] = (last.text + "  " + words, last.columns + columns + 2)
      } else {
        let start = lines.isEmpty ? head : margin
        lines.append((start + words, margin.count + columns))
      }
    }
    return lines.map(\.text)
  }
}

extension Speech {
  /// What stands before a line of checks, two columns from them at least.
  fileprivate func checkHead(_ name: String) -> String {
    let gap = max(2, 13 - name.terminalColumns)
    return "  " + name + String(repeating: " ", count: gap)
  }
}
