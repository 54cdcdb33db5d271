package import Readings

/// What the pages read of the diary: its views, its explanations, and nothing that writes.
package protocol DiarySource: Sendable {
  /// The answer to a question in SQL about the views.
  ///
  /// - Parameters:
  ///   - sql: One statement that reads, with `?` for each argument.
  ///   - arguments: In the order of the marks.
  /// - Returns: Columns and rows, in the statement's order.
  /// - Throws: Whatever the diary throws; `DiaryIsMissing` where there is none yet.
  func rows(_ sql: String, _ arguments: [DiaryCell]) async throws -> DiaryRows

  /// How a value came to be, line by line; nil where the diary knows nothing of it.
  func explanation(
    of channel: Channel, _ person: Person, at site: Site?, in key: SlotKey, _ language: Language
  ) async throws -> [String]?

  /// How a value compares with the person's last days and own baseline, in words.
  func comparison(
    of value: SlotValue, _ language: Language
  ) -> (week: String, baseline: String)

  /// Looks what was committed, and says a number that is raised with it: as long as it stays, answers do.
  ///
  /// - Throws: Whatever the diary throws; `DiaryIsMissing` where there is none yet.
  func look() async throws -> UInt64
}

/// There is no diary yet: the station has never run.
package struct DiaryIsMissing: Error {
  package init() {}
}

/// A cell of a view.
package enum DiaryCell: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
}

/// Rows of a view.
package struct DiaryRows: Hashable, Sendable {
  package var columns: [String]
  package var rows: [[DiaryCell]]

  package init(columns: [String], rows: [[DiaryCell]]) {
    self.columns = columns
    self.rows = rows
  }
}

extension DiaryCell {
  /// The cell as JSON has it.
  package var json: JSON {
    switch self {
    case .null: .null
    case .integer(let value): .integer(value)
    case .real(let value): .number(value)
    case .text(let value): .text(value)
    }
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  var integer: Int64? { if case .integer(let value) = self { value } else { nil } }

  var number: Double? {
    switch self {
    case .real(let value): value
    case .integer(let value): Double(value)
    case .null, .text: nil
    }
  }
}
