import GRDB
import GRDBSQLite
import Readings

/// The table of samples, written and read with SQLite's own calls.
final class AirTable {
  /// A sample as it is there.
  struct Row {
    var part: Int64
    var offered: Int64
    var values: [Double?]
    /// By channel, as `flags` and `raw` have them.
    var flags: [String: String] = [:]
    var raw: [String: Double] = [:]
  }

  private let db: Database
  private let insertion: Statement
  private let selection: Statement
  /// What is bound and need not be bound again: a row differs from the last in few things.
  private var bound: (nudge: Int64, part: Int64, clock: Int64, offered: Int64, present: Int64) =
    (0, -1, -1, 0, 0)
  private var hasNotesBound = false

  init(_ db: Database, boot: Int64) throws {
    self.db = db
    let marks = [String](repeating: "?", count: 9 + AirColumn.count).joined(separator: ", ")
    insertion = try db.makeStatement(
      sql: """
        INSERT INTO air (time_utc_us, nudged_us, part, boot, boot_us, clock, offered, flags, raw,
          \(AirColumn.names)) VALUES (\(marks)) ON CONFLICT DO NOTHING
        """)
    selection = try db.makeStatement(
      sql: "SELECT part, offered, flags, raw, \(AirColumn.names) FROM air WHERE time_utc_us = ?")
    sqlite3_bind_int64(insertion.sqliteStatement, 2, 0)
    sqlite3_bind_int64(insertion.sqliteStatement, 4, boot)
    sqlite3_bind_int64(insertion.sqliteStatement, 5, 0)
  }

  /// Files a sample at a moment, which need not be its own.
  ///
  /// - Parameters:
  ///   - row: The sample.
  ///   - time: The moment.
  ///   - part: The part's number.
  ///   - values: By the order of the columns.
  ///   - notes: Flags and raw values.
  /// - Returns: Whether there was room at that moment.
  /// - Throws: GRDB's errors.
  func insert(
    _ row: AirRows.Row, at time: Int64, part: Int64, _ values: UnsafeBufferPointer<Double>,
    _ notes: [AirRows.Note]
  ) throws -> Bool {
    let statement = insertion.sqliteStatement
    sqlite3_bind_int64(statement, 1, time)
    bind(row, nudge: time - row.time, part: part, to: statement)
    let present = row.present
    let changed = present ^ bound.present
    for index in 0..<AirColumn.count {
      let bit = Int64(1) << Int64(index)
      if present & bit != 0 {
        sqlite3_bind_double(statement, CInt(index + 10), values[index])
      } else if changed & bit != 0 {
        sqlite3_bind_null(statement, CInt(index + 10))
      }
    }
    bound.present = present
    if hasNotesBound || !notes.isEmpty { bind(notes, to: statement) }
    let code = sqlite3_step(statement)
    sqlite3_reset(statement)
    guard code == SQLITE_DONE else { throw error(code) }
    return sqlite3_changes(db.sqliteConnection) == 1
  }

  private func bind(
    _ row: AirRows.Row, nudge: Int64, part: Int64, to statement: OpaquePointer
  ) {
    if nudge != bound.nudge { sqlite3_bind_int64(statement, 2, nudge) }
    if part != bound.part { sqlite3_bind_int64(statement, 3, part) }
    let clock = row.clock.number
    if clock != bound.clock { sqlite3_bind_int64(statement, 6, clock) }
    if row.offered != bound.offered { sqlite3_bind_int64(statement, 7, row.offered) }
    bound = (nudge, part, clock, row.offered, bound.present)
  }

  private func bind(_ notes: [AirRows.Note], to statement: OpaquePointer) {
    var (flags, raw) = (AirFlags(), AirFlags())
    for note in notes {
      let channel = AirColumn.all[note.bit].channel
      if let word = note.word { flags.note(channel, word) }
      if let number = note.raw { raw.note(channel, number: number) }
    }
    Self.bind(flags.text, to: statement, at: 8)
    Self.bind(raw.text, to: statement, at: 9)
    hasNotesBound = !notes.isEmpty
  }

  private static func bind(_ text: String?, to statement: OpaquePointer, at position: CInt) {
    guard var text else {
      sqlite3_bind_null(statement, position)
      return
    }
    // SQLite's own mark for "copy it" (sqlite.org/c3ref/c_static.html).
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        _ = sqlite3_bind_text(statement, position, $0.baseAddress, CInt($0.count), copied)
      }
    }
  }

  /// The sample at a moment.
  func row(at time: Int64) throws -> Row? {
    let statement = selection.sqliteStatement
    defer { sqlite3_reset(statement) }
    sqlite3_bind_int64(statement, 1, time)
    let code = sqlite3_step(statement)
    guard code == SQLITE_ROW else {
      if code == SQLITE_DONE { return nil }
      throw error(code)
    }
    let values = (0..<AirColumn.count).map { index in
      let position = CInt(index + 4)
      return sqlite3_column_type(statement, position) == SQLITE_NULL
        ? nil : sqlite3_column_double(statement, position)
    }
    var row = Row(
      part: sqlite3_column_int64(statement, 0), offered: sqlite3_column_int64(statement, 1),
      values: values)
    if let text = sqlite3_column_text(statement, 2) {
      row.flags = try members(String(cString: text)) { $0[1] }
    }
    if let text = sqlite3_column_text(statement, 3) {
      row.raw = try members(String(cString: text)) { $0[1] }
    }
    return row
  }

  private func members<Value>(_ json: String, _ value: (GRDB.Row) -> Value) throws
    -> [String: Value]
  {
    let rows = try GRDB.Row.fetchAll(
      try db.cachedStatement(sql: "SELECT key, value FROM json_each(?)"), arguments: [json])
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], value($0)) })
  }

  private static let change =
    "UPDATE air SET offered = ?, flags = ?, raw = ?, "
    + AirColumn.all.map { $0.name + " = ?" }.joined(separator: ", ") + " WHERE time_utc_us = ?"

  /// Makes the sample at a moment the given one.
  func update(_ row: Row, at time: Int64) throws {
    var (flags, raw) = (AirFlags(), AirFlags())
    for column in AirColumn.all {
      if let word = row.flags[column.channel.rawValue] { flags.note(column.channel, word) }
      if let number = row.raw[column.channel.rawValue] { raw.note(column.channel, number: number) }
    }
    var arguments: StatementArguments = [row.offered, flags.text, raw.text]
    arguments += StatementArguments(row.values)
    try db.cachedStatement(sql: Self.change).execute(arguments: arguments + [time])
  }

  private func error(_ code: CInt) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code),
      message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
  }
}

extension AirTable.Row {
  /// The first channel, among some, of which the sample and another say different things.
  func firstDifference(
    from row: AirRows.Row, _ other: UnsafeBufferPointer<Double>, among bits: Int64
  ) -> Int? {
    (0..<AirColumn.count).first { index in
      let bit = Int64(1) << Int64(index)
      guard bits & bit != 0 else { return false }
      guard let value = values[index] else { return row.present & bit != 0 }
      return row.present & bit == 0 || other[index] != value
    }
  }

  /// Takes some channels from another sample.
  mutating func take(
    _ row: AirRows.Row, _ other: UnsafeBufferPointer<Double>, _ notes: [AirRows.Note], bits: Int64
  ) {
    offered |= bits
    for (index, column) in AirColumn.all.enumerated() where bits & column.mask != 0 {
      values[index] = row.present & column.mask != 0 ? other[index] : nil
      let note = notes.first { $0.bit == index }
      flags[column.channel.rawValue] = note?.word
      raw[column.channel.rawValue] = note?.raw
    }
  }
}
