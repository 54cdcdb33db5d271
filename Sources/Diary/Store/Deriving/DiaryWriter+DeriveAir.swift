import GRDB
import GRDBSQLite
import Readings

/// Samples that came after later ones of their part, and so bear on what is said of those.
struct LateSamples {
  /// By part, from the first to the last of them.
  private(set) var spans: [Int64: ClosedRange<Int64>] = [:]

  var first: Timestamp? {
    spans.values.map(\.lowerBound).min().map { Timestamp(microseconds: $0) }
  }

  mutating func note(_ part: Int64, at time: Int64) {
    let span = spans[part] ?? time...time
    spans[part] = min(span.lowerBound, time)...max(span.upperBound, time)
  }
}

/// Where a sample is in the table, and whose it is.
struct AirPlace {
  /// When it is filed, in microseconds: the table's key.
  var filed: Int64
  /// When it was taken.
  var taken: Int64
  var part: Int64
}

extension DiaryWriter {
  /// The checker of a part, with the memory of its last samples.
  func checker(ofPart part: Int64, called name: String) throws -> PartChecker {
    if let known = checkers[part] { return known }
    let checker = PartChecker(part: name, books: books)
    checkers[part] = checker
    guard let last = try row("SELECT max(time_utc_us) FROM air")?[0] as Int64? else {
      return checker
    }
    // A sample up to `memory` before the last is still given all that it needs.
    let memory = books.limits.memory
    checker.begin(at: last - memory)
    try remember(from: last - 2 * memory, to: .max, of: part, in: checker)
    return checker
  }

  /// Works out anew what is said of a part's samples since the first of the late ones.
  ///
  /// - Parameter late: What came late, and is filed.
  /// - Returns: The hours in which a value changed.
  /// - Throws: GRDB's errors.
  func derive(_ late: LateSamples) throws -> Set<Int64> {
    var hours: Set<Int64> = []
    for (part, span) in late.spans.sorted(by: { $0.key < $1.key }) {
      // What is remembered for the next sample may be another now.
      checkers[part] = nil
      let end = span.upperBound + books.limits.memory + 1
      let changed = try deriveAir(from: span.lowerBound, to: end, of: part)
      hours.formUnion(changed.map { Self.hour(of: Timestamp(microseconds: $0)) })
    }
    return hours
  }

  /// Works out anew what is said of samples, and writes what is other than before.
  ///
  /// - Parameters:
  ///   - from: The first moment, in microseconds.
  ///   - to: The moment after the last.
  ///   - part: Whose samples; nil for every part's.
  /// - Returns: When the samples are filed of which something is said that was not before.
  /// - Throws: GRDB's errors.
  func deriveAir(from: Int64, to: Int64, of part: Int64? = nil) throws -> [Int64] {
    let checkers = try seededCheckers(at: from, of: part)
    var changed: [Int64] = []
    try eachSample(from: from, to: to, of: part) { place, content in
      guard let checker = checkers[place.part],
        checker.derive(&content, at: place.taken, from: checksBegin)
      else { return }
      try write(content, at: place.filed)
      changed.append(place.filed)
    }
    return changed
  }

  /// A checker a part, with the memory of what was before a moment.
  func seededCheckers(at time: Int64, of part: Int64? = nil) throws -> [Int64: PartChecker] {
    var checkers: [Int64: PartChecker] = [:]
    for row in try rows("SELECT part, name FROM part WHERE ?1 IS NULL OR part = ?1", [part]) {
      checkers[row[0]] = PartChecker(part: row[1], books: books)
    }
    let (start, _) = time.subtractingReportingOverflow(books.limits.memory)
    try eachSample(from: min(start, time), to: time, of: part) { place, content in
      checkers[place.part]?.remember(content, at: place.taken)
    }
    return checkers
  }

  private func remember(
    from: Int64, to: Int64, of part: Int64, in checker: PartChecker
  ) throws {
    try eachSample(from: from, to: to, of: part) { place, content in
      checker.remember(content, at: place.taken)
    }
  }
}

extension DiaryWriter {
  private static let samples = """
    SELECT time_utc_us, nudged_us, part, offered, flags, raw, \(AirColumn.names) FROM air
    WHERE time_utc_us >= ?1 AND time_utc_us < ?2 AND (?3 IS NULL OR part = ?3)
    ORDER BY time_utc_us
    """

  /// Goes through samples in the order in which they are filed, read by hand: there are millions.
  ///
  /// - Parameters:
  ///   - from: The first moment, in microseconds.
  ///   - to: The moment after the last.
  ///   - part: Whose samples; nil for every part's.
  ///   - body: Gets each sample; may write into its row, and must not go through samples itself.
  /// - Throws: GRDB's errors; whatever the body throws.
  func eachSample(
    from: Int64, to: Int64, of part: Int64? = nil,
    _ body: (AirPlace, inout AirContent) throws -> Void
  ) throws {
    let statement = try db.cachedStatement(sql: Self.samples).sqliteStatement
    defer { sqlite3_reset(statement) }
    sqlite3_bind_int64(statement, 1, from)
    sqlite3_bind_int64(statement, 2, to)
    if let part { sqlite3_bind_int64(statement, 3, part) } else { sqlite3_bind_null(statement, 3) }
    var content = AirContent()
    var code = sqlite3_step(statement)
    while code == SQLITE_ROW {
      let filed = sqlite3_column_int64(statement, 0)
      content.read(statement)
      try body(
        AirPlace(
          filed: filed, taken: filed - sqlite3_column_int64(statement, 1),
          part: sqlite3_column_int64(statement, 2)), &content)
      code = sqlite3_step(statement)
    }
    guard code == SQLITE_DONE else { throw lastError(code) }
  }

  private static let correction = """
    UPDATE air SET flags = ?, raw = ?,
      \(AirColumn.all.map { $0.name + " = ?" }.joined(separator: ", ")) WHERE time_utc_us = ?
    """

  /// Writes what is said of a sample now.
  func write(_ content: AirContent, at filed: Int64) throws {
    let values = content.values.map { $0 as (any DatabaseValueConvertible)? }
    try run(
      Self.correction, [content.flags, content.raw] + StatementArguments(values) + [filed])
  }
}

extension AirContent {
  /// Reads offered channels, flags, raw values and values of a row of `DiaryWriter.samples`.
  fileprivate mutating func read(_ statement: OpaquePointer) {
    offered = sqlite3_column_int64(statement, 3)
    for index in 0..<AirColumn.count {
      let position = CInt(6 + index)
      values[index] =
        sqlite3_column_type(statement, position) == SQLITE_NULL
        ? nil : sqlite3_column_double(statement, position)
    }
    read(
      flags: sqlite3_column_text(statement, 4).map { String(cString: $0) },
      raw: sqlite3_column_text(statement, 5).map { String(cString: $0) })
  }
}
