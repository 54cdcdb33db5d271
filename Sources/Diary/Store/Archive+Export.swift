import GRDB
import GRDBSQLite
package import Readings

/// What can be exported.
package enum ExportKind: String, Hashable, Sendable, CaseIterable {
  case touches, slots, air, hours, days, events, scores, sessions, epochs, calibrations
}

/// Which rows of it.
package struct ExportSelection: Hashable, Sendable {
  package var kind: ExportKind
  /// From this moment on, and before that one.
  package var from: Timestamp?
  package var to: Timestamp?
  /// The same for rows that have a local date only.
  package var fromDate: LocalDate?
  package var toDate: LocalDate?
  package var person: Person?
  /// Empty for all.
  package var channels: [Channel] = []
  /// The air with a sample a row, rather than a channel a row.
  package var isWide = false

  package init(_ kind: ExportKind) { self.kind = kind }
}

/// A column of an export.
package struct ExportColumn: Hashable, Sendable {
  /// With the unit where it has one; of a moment without its ending: `time`.
  package var name: String
  /// Whether it is a moment in UTC, in microseconds.
  package var isMoment = false

  package init(_ name: String, isMoment: Bool = false) {
    self.name = name
    self.isMoment = isMoment
  }
}

extension Archive {
  /// Goes through rows one by one, in one consistent state of the diary.
  ///
  /// - Parameters:
  ///   - selection: Which rows.
  ///   - header: Told the columns, before any row.
  ///   - row: Told each row's cells, in the order of the columns; the array is used again.
  /// - Throws: `StoreError`; whatever the closures throw.
  package func export(
    _ selection: ExportSelection, header: @escaping @Sendable ([ExportColumn]) throws -> Void,
    row: @escaping @Sendable ([Cell]) throws -> Void
  ) async throws {
    // What a closure throws is told as it is, not as a fault of the diary.
    let failure = try await read { reader -> (any Error)? in
      let listener = ExportListener(header: header, row: row)
      do {
        if selection.kind == .air {
          try reader.exportAir(selection, to: listener)
        } else {
          try reader.export(selection, to: listener)
        }
      } catch {
        guard let failure = listener.failure else { throw error }
        return failure
      }
      return nil
    }
    if let failure { throw failure }
  }
}

/// Hears of the columns and rows of an export, and remembers what it threw.
private final class ExportListener {
  private(set) var failure: (any Error)?
  private let takeHeader: ([ExportColumn]) throws -> Void
  private let takeRow: ([Archive.Cell]) throws -> Void

  init(
    header: @escaping ([ExportColumn]) throws -> Void,
    row: @escaping ([Archive.Cell]) throws -> Void
  ) {
    (takeHeader, takeRow) = (header, row)
  }

  func header(_ columns: [ExportColumn]) throws { try noting { try takeHeader(columns) } }
  func row(_ cells: [Archive.Cell]) throws { try noting { try takeRow(cells) } }

  private func noting(_ body: () throws -> Void) throws {
    do { try body() } catch {
      failure = error
      throw error
    }
  }
}

extension DiaryReader {
  fileprivate func export(
    _ selection: ExportSelection, to listener: ExportListener
  ) throws {
    let question = ExportQuestion(selection)
    try listener.header(question.columns)
    let statement = try db.makeStatement(sql: question.sql)
    statement.arguments = question.arguments(selection)
    var cells: [Archive.Cell] = []
    try eachRow(of: statement) { statement in
      cells.removeAll(keepingCapacity: true)
      for column in question.columns.indices {
        cells.append(Archive.Cell(statement, CInt(column)))
      }
      try listener.row(cells)
    }
  }

  /// Steps through a statement with bound arguments.
  fileprivate func eachRow(
    of statement: Statement, _ body: (OpaquePointer) throws -> Void
  ) throws {
    let cursor = try Row.fetchCursor(statement)
    while try cursor.next() != nil { try body(statement.sqliteStatement) }
  }

  fileprivate func exportAir(
    _ selection: ExportSelection, to listener: ExportListener
  ) throws {
    let columns = AirColumn.all.filter {
      selection.channels.isEmpty || selection.channels.contains($0.channel)
    }
    let sample = ExportedSample(columns)
    try listener.header(selection.isWide ? sample.wideColumns : ExportedSample.longColumns)
    let statement = try db.makeStatement(sql: sample.sql)
    statement.arguments = [selection.from?.microseconds, selection.to?.microseconds]
    try eachRow(of: statement) { statement in
      if selection.isWide {
        if let cells = sample.wideCells(statement) { try listener.row(cells) }
      } else {
        try sample.longRows(statement, listener.row)
      }
    }
  }
}

extension Archive.Cell {
  /// Reads a column of the row that a statement stands at.
  init(_ statement: OpaquePointer, _ column: CInt) {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: self = .real(sqlite3_column_double(statement, column))
    case SQLITE_TEXT:
      self = sqlite3_column_text(statement, column).map { .text(String(cString: $0)) } ?? .null
    case SQLITE_BLOB:
      let count = Int(sqlite3_column_bytes(statement, column))
      let bytes = UnsafeRawBufferPointer(
        start: sqlite3_column_blob(statement, column), count: count)
      self = .blob([UInt8](bytes))
    default: self = .null
    }
  }
}
