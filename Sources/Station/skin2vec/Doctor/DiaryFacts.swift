import Readings
import Store

/// What a report tells of the diary, and the names it must not tell.
struct DiaryFacts {
  private(set) var version: [String] = []
  private(set) var tables: [String] = []
  private(set) var parts: [PartIdentity] = []
  private(set) var notices: [Notice] = []
  private(set) var people: [String] = []
  private(set) var sites: [String] = []
  private(set) var serials: [String] = []

  /// How many lines of the station are told.
  static let mostNotices = 500

  /// Reads what can be read; what cannot is said to be so.
  init(path: String) async {
    do {
      let archive = try Archive(path: path)
      version = try await Self.version(of: archive)
      tables = try await Self.tables(of: archive)
      people = try await Self.names(
        in: archive,
        "SELECT person FROM v1_session UNION SELECT person FROM v1_event UNION "
          + "SELECT person FROM v1_score")
      sites = try await Self.names(in: archive, "SELECT DISTINCT site FROM v1_touch")
      parts = try await archive.parts()
      serials = parts.compactMap(\.serial)
      notices = try await archive.notices(
        from: Timestamp(microseconds: .min), to: Timestamp(microseconds: .max),
        limit: Self.mostNotices)
    } catch let error as StoreError where error.kind == .missing {
      tables = ["there is none"]
    } catch let error as StoreError {
      tables.append("cannot be read: \(error.kind)")
    } catch {
      tables.append("cannot be read")
    }
  }

  private static func version(of archive: Archive) async throws -> [String] {
    let schema = try await archive.query("PRAGMA user_version").words
    let sqlite = try await archive.query("SELECT sqlite_version()").words
    return ["diary schema of the file: \(schema)", "SQLite: \(sqlite)"]
  }

  private static func tables(of archive: Archive) async throws -> [String] {
    let check = try await archive.query("PRAGMA quick_check(1)").words
    let size = try await archive.query(
      "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    ).words
    var lines = ["quick_check: \(check)", "size: \(size) bytes"]
    let names = try await archive.query(
      "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    for row in names.rows {
      guard case .text(let name)? = row.first else { continue }
      // The names are the schema's own.
      lines.append("\(name): \(try await archive.query("SELECT count(*) FROM \"\(name)\"").words)")
    }
    return lines
  }

  private static func names(in archive: Archive, _ sql: String) async throws -> [String] {
    try await archive.query(sql).rows.compactMap { row in
      if case .text(let name)? = row.first { name } else { nil }
    }
  }
}

extension Archive.Table {
  /// The first cell in words.
  fileprivate var words: String {
    switch rows.first?.first {
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text): text
    case .blob, .null, nil: "not known"
    }
  }
}
