import GRDB

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

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
    let schema = DigestedTable("sqlite_schema", ["type", "name", "sql"])
    tables = try ([schema] + names.map { DigestedTable($0) }).map { table in
      try watch()
      return try Self.table(table, db)
    }
    var hash = SHA256()
    for table in tables {
      (table.name + table.digest).withCString { word in
        hash.update(UnsafeRawBufferPointer(start: word, count: strlen(word)))
      }
    }
    digest = DiaryDigest(bytes: hash.finish()).description
  }

  private static func table(_ table: DigestedTable, _ db: Database) throws -> Table {
    let rows = try Int64.fetchOne(db, sql: "SELECT count(*) FROM \"\(table.name)\"") ?? 0
    let digest = try DiaryDigest.of([table], in: db)
    return Table(name: table.name, rows: rows, digest: digest.description)
  }
}
