import Readings

/// In which form rows are given.
enum Form: String, Hashable, Sendable, CaseIterable {
  case json = "application/json"
  case csv = "text/csv"
  case lines = "application/x-ndjson"

  /// The form of a link: `csv`.
  init?(word: String) {
    switch word {
    case "json": self = .json
    case "csv": self = .csv
    case "ndjson": self = .lines
    default: return nil
    }
  }

  /// The form that is wanted most (RFC 9110, 12.5.1); JSON where nothing is said.
  ///
  /// - Throws: `Problem` where none of the three is wanted.
  init(accepting header: String?) throws(Problem) {
    guard let header, !header.trimmedIsEmpty else {
      self = .json
      return
    }
    let ranges = header.split(separator: ",").enumerated().compactMap { place, text in
      MediaRange(text, at: place)
    }
    let wanted = Self.allCases.compactMap { form in
      ranges.filter { $0.holds(form.rawValue) }.max { $0.precision < $1.precision }
        .map { (form, range: $0) }
    }.filter { $0.range.weight > 0 }
    // Of two that are wanted as much, the one that was named first.
    let best = wanted.min {
      (-$0.range.weight, $0.range.place) < (-$1.range.weight, $1.range.place)
    }
    guard let best else {
      throw Problem(
        .notAcceptable, "the rows cannot be had as '\(header)'",
        hint: "accept application/json, text/csv or application/x-ndjson")
    }
    self = best.0
  }

  /// The rows in this form.
  func answer(_ names: [String], _ rows: [[DiaryCell]], next: String?) -> Answer {
    switch self {
    case .json:
      let items = rows.map { JSON.row(names, $0) }
      return .json(["items": .list(items), "next": JSON(next)])
    case .lines:
      var bytes: [UInt8] = []
      for row in rows {
        JSON.row(names, row).write(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
      }
      return Answer(type: rawValue, .bytes(bytes))
    case .csv:
      var text = names.joined(separator: ",") + "\r\n"
      for row in rows { text += row.map(\.field).joined(separator: ",") + "\r\n" }
      return Answer(type: rawValue + "; charset=utf-8; header=present", .bytes(Array(text.utf8)))
    }
  }
}

extension JSON {
  static func row(_ names: [String], _ cells: [DiaryCell]) -> JSON {
    .object(Dictionary(zip(names, cells.map(\.json))) { _, last in last })
  }
}

extension DiaryCell {
  /// The cell in CSV (RFC 4180); a missing one is empty.
  fileprivate var field: String {
    guard case .text(let text) = self else {
      return self == .null ? "" : json.text()
    }
    // A spreadsheet takes what begins so for a formula. By bytes: "\r\n" is one character.
    let isFormula = text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
    let isPlain = !isFormula && !text.utf8.contains { ",\"\r\n".utf8.contains($0) }
    guard !isPlain else { return text }
    let doubled = text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
    return "\"\(isFormula ? "'" : "")\(doubled)\""
  }
}

/// What somebody accepts: one form, all of a kind, or anything.
private struct MediaRange {
  var range: String
  /// 0 to 1; 0 for what is not to come.
  var weight: Double
  /// Which of the header's it is.
  var place: Int

  init?(_ text: Substring, at place: Int) {
    let parts = text.split(separator: ";").map { $0.trimmed.lowercased() }
    guard let range = parts.first else { return nil }
    self.range = range
    self.place = place
    weight = parts.first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
  }

  /// The more it says, the more it counts (RFC 9110, 12.5.1).
  var precision: Int { range == "*/*" ? 0 : range.hasSuffix("/*") ? 1 : 2 }

  func holds(_ type: String) -> Bool {
    range == "*/*" || range == type || (range.hasSuffix("/*") && type.hasPrefix(range.dropLast()))
  }
}

extension String {
  fileprivate var trimmedIsEmpty: Bool { self[...].trimmed.isEmpty }
}
