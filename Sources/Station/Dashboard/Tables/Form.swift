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
    var best: (form: Form, weight: Double)?
    for piece in header.split(separator: ",") {
      let parts = piece.split(separator: ";").map { $0.trimmed.lowercased() }
      guard let range = parts.first else { continue }
      let weight =
        parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
      guard weight > 0, let form = Self.allCases.first(where: { $0.isWithin(range) }) else {
        continue
      }
      if weight > best?.weight ?? 0 { best = (form, weight) }
    }
    guard let best else {
      throw Problem(
        .notAcceptable, "the rows cannot be had as '\(header)'",
        hint: "accept application/json, text/csv or application/x-ndjson")
    }
    self = best.form
  }

  private func isWithin(_ range: String) -> Bool {
    range == "*/*" || range == rawValue
      || (range.hasSuffix("/*") && rawValue.hasPrefix(range.dropLast()))
  }

  /// The rows in this form.
  func answer(_ names: [String], _ rows: [[DiaryCell]], next: String?) -> Answer {
    switch self {
    case .json:
      let items = rows.map { JSON.row(names, $0) }
      return .json(["items": .list(items), "next": JSON(next)])
    case .lines:
      let text = rows.map { JSON.row(names, $0).text() + "\n" }.joined()
      return Answer(type: rawValue, .bytes(Array(text.utf8)))
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
    // A spreadsheet takes what begins so for a formula.
    let isFormula = text.first.map { "=+-@".contains($0) } ?? false
    let isPlain = !text.contains { ",\"\r\n".contains($0) } && !isFormula
    let quoted = (isFormula ? "'" : "") + text.replacing("\"", with: "\"\"")
    return isPlain ? text : "\"\(quoted)\""
  }
}

extension String {
  fileprivate var trimmedIsEmpty: Bool { self[...].trimmed.isEmpty }
}
