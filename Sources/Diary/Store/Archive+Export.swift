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
    try await read { reader in
      if selection.kind == .air {
        try reader.exportAir(selection, header: header, row: row)
      } else {
        try reader.export(selection, header: header, row: row)
      }
    }
  }
}

extension DiaryReader {
  fileprivate func export(
    _ selection: ExportSelection, header: ([ExportColumn]) throws -> Void,
    row: ([Archive.Cell]) throws -> Void
  ) throws {
    let question = ExportQuestion(selection)
    try header(question.columns)
    let statement = try db.makeStatement(sql: question.sql)
    statement.arguments = question.arguments(selection)
    var cells: [Archive.Cell] = []
    try eachRow(of: statement) { statement in
      cells.removeAll(keepingCapacity: true)
      for column in question.columns.indices {
        cells.append(Archive.Cell(statement, CInt(column)))
      }
      try row(cells)
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
    _ selection: ExportSelection, header: ([ExportColumn]) throws -> Void,
    row: ([Archive.Cell]) throws -> Void
  ) throws {
    let columns = AirColumn.all.filter {
      selection.channels.isEmpty || selection.channels.contains($0.channel)
    }
    let sample = ExportedSample(columns)
    try header(selection.isWide ? sample.wideColumns : ExportedSample.longColumns)
    let statement = try db.makeStatement(sql: sample.sql)
    statement.arguments = [selection.from?.microseconds, selection.to?.microseconds]
    try eachRow(of: statement) { statement in
      if selection.isWide {
        if let cells = sample.wideCells(statement) { try row(cells) }
      } else {
        try sample.longRows(statement, row)
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

/// A sample of the air on its way out: a row for each channel, or one for all.
private struct ExportedSample {
  let columns: [AirColumn]
  /// The columns of `sql` before those of the channels, and how many each channel has.
  private static let first: CInt = 4
  private static let width: CInt = 3

  static let longColumns =
    [ExportColumn("time", isMoment: true)]
    + ["part", "channel", "value", "unit", "quality", "reason", "clock", "raw"]
    .map { ExportColumn($0) }

  init(_ columns: [AirColumn]) { self.columns = columns }

  var wideColumns: [ExportColumn] {
    [ExportColumn("time", isMoment: true), ExportColumn("part"), ExportColumn("clock")]
      + columns.map { ExportColumn($0.name) }
  }

  var sql: String {
    let channels = columns.map { column in
      let path = "'$.\"\(column.channel.rawValue)\"'"
      return "\(column.name), flags ->> \(path), coalesce(raw ->> \(path), \(column.name))"
    }
    return """
      SELECT time_utc_us, p.name, CASE clock WHEN 0 THEN 'synced' WHEN 1 THEN 'unsynced'
        ELSE 'restamped' END, offered\(channels.map { ", " + $0 }.joined())
      FROM air JOIN part AS p USING (part)
      WHERE time_utc_us >= coalesce(?1, time_utc_us) AND time_utc_us < coalesce(?2, 1 << 62)
      ORDER BY time_utc_us
      """
  }

  /// One row, in which an empty cell was not offered and NA had no value; nil where none of the
  /// channels was offered.
  func wideCells(_ statement: OpaquePointer) -> [Archive.Cell]? {
    let offered = sqlite3_column_int64(statement, 3)
    guard columns.contains(where: { offered & $0.mask != 0 }) else { return nil }
    var cells = (0..<3).map { Archive.Cell(statement, CInt($0)) }
    for (index, column) in columns.enumerated() {
      let value = Archive.Cell(statement, Self.first + Self.width * CInt(index))
      cells.append(offered & column.mask == 0 ? .null : value == .null ? .text("NA") : value)
    }
    return cells
  }

  func longRows(_ statement: OpaquePointer, _ row: ([Archive.Cell]) throws -> Void) throws {
    let offered = sqlite3_column_int64(statement, 3)
    let (time, part) = (Archive.Cell(statement, 0), Archive.Cell(statement, 1))
    let clock = Archive.Cell(statement, 2)
    for (index, column) in columns.enumerated() where offered & column.mask != 0 {
      let place = Self.first + Self.width * CInt(index)
      let value = Archive.Cell(statement, place)
      var (quality, reason) = ("ok", Archive.Cell.null)
      if case .text(let word) = Archive.Cell(statement, place + 1) {
        let parts = word.split(separator: ":", maxSplits: 1).map { String($0) }
        quality = parts.first ?? word
        reason = parts.count > 1 ? .text(parts[1]) : .null
        if value == .null { (quality, reason) = ("absent", .text(word)) }
      } else if value == .null {
        quality = "absent"
      }
      try row([
        time, part, .text(column.channel.rawValue), value, .text(column.channel.unit),
        .text(quality), reason, clock, Archive.Cell(statement, place + 2),
      ])
    }
  }
}
