import GRDB
import GRDBSQLite
import Readings

/// A sample as the table `air` has it.
struct AirRow {
  /// The first columns, in the table's order: time, nudge, part, boot, time since boot, clock,
  /// channels offered.
  private(set) var integers: [Int64]
  /// What it says of its channels.
  var content: AirContent

  init(_ sample: AirSample, part: Int64, boot: Int64) {
    let stamp = sample.stamp
    content = AirContent(sample)
    integers = [
      stamp.utc.microseconds, 0, part, boot, stamp.bootMicroseconds, stamp.trust.number,
      content.offered,
    ]
  }

  /// Files the sample a microsecond later.
  mutating func nudge() {
    integers[0] += 1
    integers[1] += 1
  }

  /// Part, boot and time since boot: the same sample, however often it is given.
  var identity: ArraySlice<Int64> { integers[2...4] }
}

extension DiaryWriter {
  private static let insertion = """
    INSERT INTO air (time_utc_us, nudged_us, part, boot, boot_us, clock, offered, flags,
      raw, \(AirColumn.names)) VALUES (\(marks)) ON CONFLICT DO NOTHING
    """

  private static let marks =
    [String](repeating: "?", count: 9 + AirColumn.count).joined(separator: ", ")

  /// Inserts a sample; one that is there already, after a commit that nobody heard of, stays once.
  ///
  /// - Parameter row: The sample.
  /// - Returns: Whether it is new.
  /// - Throws: GRDB's errors.
  func insert(_ row: AirRow) throws -> Bool {
    let statement = try db.cachedStatement(sql: Self.insertion)
    var row = row
    while try !insert(row, with: statement.sqliteStatement) {
      if try isKept(row) { return false }
      row.nudge()
    }
    return true
  }

  /// Whether the row at a sample's microsecond is that very sample.
  private func isKept(_ row: AirRow) throws -> Bool {
    let there = try self.row(
      "SELECT part, boot, boot_us FROM air WHERE time_utc_us = ?", [row.integers[0]])
    return there.map { row.identity.elementsEqual([$0[0], $0[1], $0[2]]) } ?? false
  }

  /// Binds by hand and steps once: there is a sample a minute for ever.
  ///
  /// - Parameters:
  ///   - row: The sample.
  ///   - statement: The insertion.
  /// - Returns: Whether there was room at its microsecond.
  /// - Throws: GRDB's errors.
  private func insert(_ row: AirRow, with statement: OpaquePointer) throws -> Bool {
    for (index, integer) in row.integers.enumerated() {
      sqlite3_bind_int64(statement, CInt(index + 1), integer)
    }
    for (index, value) in row.content.values.enumerated() {
      let position = CInt(index + 10)
      if let value {
        sqlite3_bind_double(statement, position, value)
      } else {
        sqlite3_bind_null(statement, position)
      }
    }
    let code = step(statement, [row.content.flags, row.content.raw])
    guard code == SQLITE_DONE else { throw lastError(code) }
    return sqlite3_changes(db.sqliteConnection) == 1
  }

  /// What SQLite said of a step made by hand.
  func lastError(_ code: CInt) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code),
      message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
  }

  /// Binds the texts, flags and raw values, and steps.
  private func step(_ statement: OpaquePointer, _ texts: [String?], at index: Int = 0) -> CInt {
    guard index < texts.count else {
      defer { sqlite3_reset(statement) }
      return sqlite3_step(statement)
    }
    let position = CInt(8 + index)
    guard let text = texts[index] else {
      sqlite3_bind_null(statement, position)
      return step(statement, texts, at: index + 1)
    }
    return text.withCString { bytes in
      // Not copied: the text outlives the step, and is bound anew before the next.
      sqlite3_bind_text(statement, position, bytes, -1, nil)
      return step(statement, texts, at: index + 1)
    }
  }
}

extension ClockTrust {
  /// As the table `air` keeps it.
  var number: Int64 {
    switch self {
    case .synced: 0
    case .unsynced: 1
    case .restamped: 2
    }
  }

  /// The trust of a number of the table `air`.
  init?(number: Int64) {
    switch number {
    case 0: self = .synced
    case 1: self = .unsynced
    case 2: self = .restamped
    default: return nil
    }
  }
}
