import GRDBSQLite

/// Reads a diary by SQLite's own calls, and nothing of the station's.
final class Reader {
  private var connection: OpaquePointer?

  /// Opens a file for reading; a writer may have it open.
  ///
  /// - Throws: `ReaderError`
  init(_ path: String) throws {
    let code = sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY, nil)
    guard code == SQLITE_OK else {
      defer { sqlite3_close_v2(connection) }
      throw ReaderError("\(path): \(message)")
    }
  }

  deinit { sqlite3_close_v2(connection) }

  private var message: String { String(cString: sqlite3_errmsg(connection)) }

  /// Goes through the rows of an answer.
  ///
  /// - Throws: `ReaderError`; what the body throws.
  func each(_ sql: String, _ body: (OpaquePointer) throws -> Void) throws {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK, let statement
    else { throw ReaderError("\(sql): \(message)") }
    var code = sqlite3_step(statement)
    while code == SQLITE_ROW {
      try body(statement)
      code = sqlite3_step(statement)
    }
    guard code == SQLITE_DONE else { throw ReaderError("\(sql): \(message)") }
  }

  /// The first column of every row, as text.
  func texts(_ sql: String) throws -> [String] {
    var texts: [String] = []
    try each(sql) { row in
      texts.append(sqlite3_column_text(row, 0).map { String(cString: $0) } ?? "null")
    }
    return texts
  }

  /// The first number of an answer.
  func number(_ sql: String) throws -> Int64 {
    var number: Int64 = 0
    try each(sql) { number = sqlite3_column_int64($0, 0) }
    return number
  }

  /// One number for all the rows of an answer, in their order.
  func digest(_ sql: String) throws -> UInt64 {
    // FNV-1a, 64 bits.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ bytes: UnsafeRawBufferPointer) {
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    try each(sql) { row in
      for column in 0..<sqlite3_column_count(row) {
        withUnsafeBytes(of: sqlite3_column_type(row, column)) { add($0) }
        // A number as text has all its digits that matter: 15, and SQLite compares so too.
        let start = sqlite3_column_blob(row, column)
        add(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(row, column))))
      }
      hash = (hash ^ 0xFF) &* 0x100_0000_01B3
    }
    return hash
  }

  /// Runs what changes nothing, as `BEGIN`.
  func run(_ sql: String) throws { try each(sql) { _ in } }
}

/// What SQLite said.
struct ReaderError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
