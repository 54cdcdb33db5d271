import FoundationEssentials
import GRDB

extension Archive {
  /// The answer to a question in SQL.
  package struct Table: Hashable, Sendable {
    package var columns: [String]
    package var rows: [[Cell]]
  }

  /// One cell of an answer, as SQLite has it.
  package enum Cell: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
  }

  /// Asks the diary anything: the way to the views for exports and for analysis.
  ///
  /// - Parameter sql: One statement that reads; the connection can do nothing else.
  /// - Returns: Columns and rows, in the statement's order.
  /// - Throws: `StoreError`
  package func query(_ sql: String) async throws -> Table { try await query(sql, []) }

  /// Asks the diary anything, with what is asked about apart.
  ///
  /// - Parameters:
  ///   - sql: One statement that reads; the connection can do nothing else.
  ///   - arguments: One for each `?` of it.
  /// - Returns: Columns and rows, in the statement's order.
  /// - Throws: `StoreError`
  package func query(_ sql: String, _ arguments: [Cell]) async throws -> Table {
    try await read { reader in
      let statement = try reader.db.cachedStatement(sql: sql)
      try statement.setArguments(StatementArguments(arguments.map(\.value)))
      let columns = statement.columnNames
      var rows: [[Cell]] = []
      let cursor = try Row.fetchCursor(statement)
      while let row = try cursor.next() { rows.append(row.databaseValues.map { Cell($0) }) }
      return Table(columns: columns, rows: rows)
    }
  }
}

extension Archive.Cell {
  init(_ value: DatabaseValue) {
    switch value.storage {
    case .null: self = .null
    case .int64(let integer): self = .integer(integer)
    case .double(let real): self = .real(real)
    case .string(let text): self = .text(text)
    case .blob(let bytes): self = .blob([UInt8](bytes))
    }
  }

  fileprivate var value: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let integer): integer.databaseValue
    case .real(let real): real.databaseValue
    case .text(let text): text.databaseValue
    case .blob(let bytes): Data(bytes).databaseValue
    }
  }
}
