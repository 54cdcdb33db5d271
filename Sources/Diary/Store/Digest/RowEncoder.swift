import GRDB
import GRDBSQLite

/// Turns rows into bytes, one way only, and the bytes into a digest.
struct RowEncoder {
  private var hash = SHA256()
  private var bytes: [UInt8] = []
  /// Enough for the digest to be taken of long runs.
  private static let enough = 1 << 16

  init() { bytes.reserveCapacity(2 * Self.enough) }

  /// Adds a table: its name, its columns' names, its rows, and how many they were.
  mutating func add(_ table: DigestedTable, of db: Database) throws {
    let (columns, sql) = try table.selection(in: db)
    add(table.name)
    add(Int64(columns.count))
    for column in columns { add(column) }
    // The connection keeps it alive.
    let statement = try db.cachedStatement(sql: sql).sqliteStatement
    defer { sqlite3_reset(statement) }
    var rows: Int64 = 0
    var code = sqlite3_step(statement)
    while code == SQLITE_ROW {
      for index in 0..<CInt(columns.count) { add(cell: index, of: statement) }
      rows += 1
      if bytes.count >= Self.enough { flush() }
      code = sqlite3_step(statement)
    }
    guard code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code),
        message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
    }
    add(rows)
  }

  /// The digest of everything added.
  consuming func finish() -> DiaryDigest {
    flush()
    return DiaryDigest(bytes: hash.finish())
  }

  @inline(__always)
  private mutating func add(cell index: CInt, of statement: OpaquePointer) {
    switch sqlite3_column_type(statement, index) {
    case SQLITE_NULL: bytes.append(0)
    case SQLITE_INTEGER: add(sqlite3_column_int64(statement, index))
    case SQLITE_FLOAT:
      bytes.append(2)
      add(word: sqlite3_column_double(statement, index).bitPattern)
    case SQLITE_TEXT:
      add(sqlite3_column_text(statement, index), sqlite3_column_bytes(statement, index), as: 3)
    default:
      add(sqlite3_column_blob(statement, index), sqlite3_column_bytes(statement, index), as: 4)
    }
  }

  private mutating func add(_ text: String) {
    bytes.append(3)
    add(word: UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func add(_ integer: Int64) {
    bytes.append(1)
    add(word: UInt64(bitPattern: integer))
  }

  private mutating func add(_ start: UnsafeRawPointer?, _ count: CInt, as type: UInt8) {
    bytes.append(type)
    add(word: UInt64(count))
    bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: Int(count)))
  }

  @inline(__always)
  private mutating func add(word: UInt64) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func flush() {
    bytes.withUnsafeBytes { hash.update($0) }
    bytes.removeAll(keepingCapacity: true)
  }
}
