import FoundationEssentials
import GRDB
import GRDBSQLite
import Readings

/// The bytes by which erased readings would be known in a file: texts, unusual numbers, samples.
struct Traces {
  /// By their first eight bytes; each is at least so long.
  private(set) var patterns: [UInt64: [Data]] = [:]
  private(set) var count = 0

  /// More than so many prove no more.
  private static let enough = 50_000

  /// Where texts and numbers of readings stand, and which rows of an erasure hold them.
  private static let places: [(table: String, columns: [String])] = [
    ("measure", ["raw", "value", "spread", "samples"]), ("session_air", ["value"]),
    ("event", ["kind", "note"]), ("notice", ["text"]),
    ("slot_value", ["value", "ma7", "z7", "z30"]),
    ("air", AirColumn.all.map(\.name)), ("air_hour", ["mean"]), ("air_day", ["mean"]),
  ]

  /// Gathers what the rows hold that an erasure will remove.
  init(of scope: EraseScope, in db: Database) throws {
    for deletion in scope.deletions {
      for place in Self.places where place.table == deletion.table {
        let sql =
          "SELECT \(place.columns.joined(separator: ", ")) FROM \(place.table)"
          + " WHERE \(deletion.condition)"
        let cursor = try Row.fetchCursor(db, sql: sql, arguments: scope.arguments)
        while count < Self.enough, let row = try cursor.next() {
          for (_, value) in row { add(value) }
        }
      }
    }
    if scope.erasure.isOfWholePerson, let person = scope.erasure.person {
      add(text: person.rawValue)
    }
  }

  /// Forgets what other rows hold too: a note that was written twice, a common temperature.
  mutating func subtract(what db: Database) throws {
    for place in Self.places {
      for column in place.columns {
        let statement = try db.cachedStatement(
          sql: "SELECT \(column) FROM \(place.table) WHERE \(column) IS NOT NULL")
        let cursor = try DatabaseValue.fetchCursor(statement)
        while !patterns.isEmpty, let value = try cursor.next() { remove(value) }
      }
    }
  }

  private mutating func add(_ value: DatabaseValue) {
    guard let bytes = Self.bytes(of: value) else { return }
    let key = Self.key(bytes)
    guard patterns[key]?.contains(bytes) != true else { return }
    patterns[key, default: []].append(bytes)
    count += 1
  }

  private mutating func add(text: String) { add(text.databaseValue) }

  private mutating func remove(_ value: DatabaseValue) {
    guard let bytes = Self.bytes(of: value) else { return }
    let key = Self.key(bytes)
    guard let there = patterns[key] else { return }
    let left = there.filter { $0 != bytes }
    count -= there.count - left.count
    patterns[key] = left.isEmpty ? nil : left
  }

  /// A value as SQLite's file has it, where nobody would meet the same by chance.
  private static func bytes(of value: DatabaseValue) -> Data? {
    switch value.storage {
    case .string(let text): text.utf8.count >= 8 ? Data(text.utf8) : nil
    case .blob(let bytes): bytes.count >= 16 ? bytes : nil
    // Whole numbers are kept as such; a short fraction is anybody's.
    case .double(let number):
      number.bitPattern & 0xFF_FFFF == 0
        ? nil : withUnsafeBytes(of: number.bitPattern.bigEndian) { Data($0) }
    case .null, .int64: nil
    }
  }

  private static func key(_ bytes: Data) -> UInt64 {
    bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// How many of them are in some files, looked for at every byte.
  ///
  /// - Parameter files: Those that are not there are passed over.
  /// - Returns: How many patterns were found, and how many bytes were read.
  func search(_ files: [String]) -> (found: Int, bytes: Int64) {
    var found: Set<Data> = []
    var total: Int64 = 0
    for file in files {
      // Mapped: a diary may be larger than the board's memory.
      guard let bytes = try? Data(contentsOf: URL(filePath: file), options: .alwaysMapped) else {
        continue
      }
      total += Int64(bytes.count)
      search(bytes, &found)
    }
    return (found.count, total)
  }

  private func search(_ bytes: Data, _ found: inout Set<Data>) {
    guard !patterns.isEmpty else { return }
    // A bit for each last byte pair: most places are passed by without a look into the table.
    var hints = [Bool](repeating: false, count: 1 << 16)
    for key in patterns.keys { hints[Int(key & 0xFFFF)] = true }
    bytes.withUnsafeBytes { raw in
      var window: UInt64 = 0
      for (index, byte) in raw.enumerated() {
        window = window << 8 | UInt64(byte)
        guard index >= 7, hints[Int(window & 0xFFFF)], let candidates = patterns[window] else {
          continue
        }
        let start = index - 7
        for pattern in candidates where start + pattern.count <= raw.count {
          let there = UnsafeRawBufferPointer(rebasing: raw[start..<start + pattern.count])
          if pattern.elementsEqual(there) { found.insert(pattern) }
        }
      }
    }
  }
}
