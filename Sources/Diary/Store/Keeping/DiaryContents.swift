import GRDB
import GRDBSQLite

/// What a diary holds, table by table, so that a copy can be held against it.
package struct DiaryContents: Hashable, Sendable, Codable {
  /// The schema's version.
  package var schemaVersion: Int
  /// `real`, or which simulation; nil where the diary does not say.
  package var origin: String?
  /// By name.
  package var tables: [Table]
  /// One word for all of it.
  package var digest: String

  private enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case origin, tables, digest
  }

  package struct Table: Hashable, Sendable, Codable {
    package var name: String
    package var rows: Int64
    package var digest: String
  }

  /// How many rows a table has.
  package func rows(in table: String) -> Int64 {
    tables.first { $0.name == table }?.rows ?? 0
  }

  /// Reads every cell of every table of one state of the diary.
  ///
  /// - Parameters:
  ///   - db: In a transaction, so that all of it is one state.
  ///   - watch: Called now and then; what it throws ends the reading.
  /// - Throws: GRDB's errors; what `watch` throws.
  init(_ db: Database, watch: () throws -> Void = {}) throws {
    schemaVersion = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let names = try String.fetchAll(
      db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    origin =
      names.contains("meta")
      ? try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'origin'") : nil
    // Where a table begins in the file is no part of what it holds.
    var tables = [
      try Self.table(
        "sqlite_schema",
        as: "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name", db, watch)
    ]
    for name in names {
      // In the order of the table itself: an index over all columns would be as good to SQLite.
      tables.append(try Self.table(name, as: "SELECT * FROM \"\(name)\" NOT INDEXED", db, watch))
    }
    var all = ContentDigest()
    for table in tables { all.add(table.name + table.digest) }
    self.tables = tables
    digest = all.words
  }

  private static func table(
    _ name: String, as sql: String, _ db: Database, _ watch: () throws -> Void
  ) throws -> Table {
    // Stepped by hand: ten years are a hundred million cells.
    let statement = try db.cachedStatement(sql: sql).sqliteStatement
    defer { sqlite3_reset(statement) }
    var digest = ContentDigest()
    var rows: Int64 = 0
    var code = sqlite3_step(statement)
    while code == SQLITE_ROW {
      digest.add(rowOf: statement)
      rows += 1
      if rows.isMultiple(of: 16_384) { try watch() }
      code = sqlite3_step(statement)
    }
    guard code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code),
        message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
    }
    return Table(name: name, rows: rows, digest: digest.words)
  }
}

/// A running digest of cells: any change of any of them, or of their order, changes it.
///
/// Against accidents, not against malice: two 64-bit lanes, each cell mixed in by its type, its
/// length and its bytes.
private struct ContentDigest {
  private var first: UInt64 = 0x243F_6A88_85A3_08D3
  private var second: UInt64 = 0x1319_8A2E_0370_7344

  /// 32 hexadecimal digits.
  var words: String {
    [first, second].map { lane in
      let digits = String(lane, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(type: 3, bytes: UnsafeRawBufferPointer($0)) }
  }

  /// Adds the row a statement stands on.
  mutating func add(rowOf statement: OpaquePointer) {
    for column in 0..<sqlite3_column_count(statement) {
      let type = sqlite3_column_type(statement, column)
      switch type {
      case SQLITE_NULL: add(UInt64(5))
      case SQLITE_INTEGER:
        add(UInt64(1))
        add(UInt64(bitPattern: sqlite3_column_int64(statement, column)))
      case SQLITE_FLOAT:
        add(UInt64(2))
        add(sqlite3_column_double(statement, column).bitPattern)
      default:
        let start = sqlite3_column_blob(statement, column)
        let count = Int(sqlite3_column_bytes(statement, column))
        add(
          type: UInt64(type),
          bytes: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
      }
    }
  }

  private mutating func add(type: UInt64, bytes: UnsafeRawBufferPointer) {
    add(type)
    add(UInt64(bytes.count))
    var index = 0
    while index + 8 <= bytes.count {
      add(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian)
      index += 8
    }
    var rest: UInt64 = 0
    for (place, byte) in bytes[index...].enumerated() {
      rest |= UInt64(byte) << (8 * UInt64(place))
    }
    add(rest)
  }

  /// The multiplier of each lane is odd, so that no step forgets what was before it.
  private mutating func add(_ word: UInt64) {
    first = (first ^ word) &* 0x9E37_79B9_7F4A_7C15
    first ^= first >> 29
    second = (second &+ word) &* 0xC2B2_AE3D_27D4_EB4F
    second ^= second >> 31
  }
}
