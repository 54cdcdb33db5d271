import GRDB
import GRDBSQLite

/// A SHA-256 over rows of a diary: where it is the same, the rows are, to the last bit.
package struct DiaryDigest: Hashable, Sendable {
  /// 32 bytes.
  package let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }
}

extension DiaryDigest: LosslessStringConvertible {
  /// 64 hexadecimal digits.
  package var description: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Reads 64 hexadecimal digits; nil for anything else.
  package init?(_ text: String) {
    let digits = text.compactMap(\.hexDigitValue)
    guard digits.count == 64, text.count == 64 else { return nil }
    bytes = stride(from: 0, to: 64, by: 2).map { UInt8(16 * digits[$0] + digits[$0 + 1]) }
  }
}

extension DiaryDigest {
  /// The digest of some tables' rows, in the order of their keys.
  ///
  /// A cell is a type byte (0 null, 1 integer, 2 real, 3 text, 4 blob), then its bytes, little-endian;
  /// text and blobs have their length before them.
  ///
  /// - Parameters:
  ///   - tables: What of which tables, in this order.
  ///   - db: An open connection; best inside one transaction.
  /// - Returns: The digest.
  /// - Throws: GRDB's errors.
  static func of(_ tables: [DigestedTable], in db: Database) throws -> DiaryDigest {
    var encoder = RowEncoder()
    for table in tables { try encoder.add(table, of: db) }
    return encoder.finish()
  }

  /// The digest of everything in the diary.
  static func ofEverything(in db: Database) throws -> DiaryDigest {
    let names = try String.fetchAll(
      db,
      sql: """
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
        """)
    return try of(names.map { DigestedTable($0) }, in: db)
  }

  /// The digest of everything that was worked out from readings, and can be again.
  static func ofDerived(in db: Database) throws -> DiaryDigest {
    try of(DigestedTable.derived, in: db)
  }
}

extension Archive {
  /// The digest of everything in the diary, readings and what was worked out from them.
  package func digest() async throws -> DiaryDigest {
    try await read { try DiaryDigest.ofEverything(in: $0.db) }
  }

  /// The digest of everything that was worked out from readings, and can be again.
  package func digestOfDerived() async throws -> DiaryDigest {
    try await read { try DiaryDigest.ofDerived(in: $0.db) }
  }
}

/// A table of the diary, and what of it goes into a digest.
struct DigestedTable {
  var name: String
  /// Nil for every column, in the table's order.
  var columns: [String]?

  init(_ name: String, _ columns: [String]? = nil) {
    self.name = name
    self.columns = columns
  }

  /// What a recomputation works out.
  static let derived = [
    DigestedTable(
      "measure", ["touch_id", "channel", "raw", "value", "spread", "reason", "calibration_id"]),
    DigestedTable(
      "air", ["time_utc_us", "offered", "flags", "raw"] + AirColumn.all.map(\.name)),
    DigestedTable("air_hour"), DigestedTable("air_day"), DigestedTable("air_part_day"),
    DigestedTable("air_slot"), DigestedTable("epoch"), DigestedTable("slot_value"),
  ]

  /// Its columns and the order of its rows, as a statement has them.
  func selection(in db: Database) throws -> (columns: [String], sql: String) {
    let info = try Row.fetchAll(
      db, sql: "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", arguments: [name])
    let columns = columns ?? info.map { $0[0] as String }
    let keys = info.filter { ($0[1] as Int) > 0 }.sorted { ($0[1] as Int) < ($1[1] as Int) }
    let order = keys.isEmpty ? ["rowid"] : keys.map { Self.quoted($0[0]) }
    let list = columns.map { Self.quoted($0) }.joined(separator: ", ")
    return (
      columns, "SELECT \(list) FROM \(Self.quoted(name)) ORDER BY \(order.joined(separator: ", "))"
    )
  }

  private static func quoted(_ name: String) -> String { "\"\(name)\"" }
}
