import GRDB
import GRDBSQLite
import Readings

/// Hours and days cover the samples before `rollupEnd`: the hours that the samples have left, and
/// the one they are in where the diary was closed or opened in it.
extension DiaryWriter {
  /// Brings the rollups up to date after samples came, moved or changed.
  ///
  /// - Parameter touched: The hours that hold or held such samples.
  /// - Throws: GRDB's errors.
  func rollUp(_ touched: Set<Int64>) throws {
    guard let last = try row("SELECT max(time_utc_us) FROM air")?[0] as Int64? else { return }
    let open = Self.hour(of: Timestamp(microseconds: last))
    var hours = touched
    if rollupEnd < open {
      hours.formUnion(try hoursWithSamples(from: rollupEnd, to: open))
      try setRollupEnd(open)
    }
    try deriveRollups(of: hours.filter { $0 < rollupEnd })
  }

  /// Derives the rollups up to the last sample, whose hour may not be complete.
  func finishHours() throws {
    guard let last = try row("SELECT max(time_utc_us) FROM air")?[0] as Int64? else { return }
    let end = Self.hour(of: Timestamp(microseconds: last)) + microsecondsPerHour
    guard rollupEnd < end else { return }
    let hours = try hoursWithSamples(from: rollupEnd, to: end)
    try setRollupEnd(end)
    try deriveRollups(of: Set(hours))
  }

  func setRollupEnd(_ end: Int64) throws {
    rollupEnd = end
    try setMeta("air_rolled_up_to_utc_us", "\(end)")
  }

  /// Derives hours, and the days they are of.
  func deriveRollups(of hours: Set<Int64>) throws {
    for hour in hours.sorted() { try deriveHour(hour) }
    try deriveDays(of: hours)
  }

  /// Derives the days that some hours are of.
  func deriveDays(of hours: Set<Int64>) throws {
    var dates: Set<LocalDate> = []
    for hour in hours {
      // Where the zone is no whole hours from UTC an hour is of two days.
      for moment in [hour, hour + microsecondsPerHour - 1] {
        for plans in [plans, formerPlans ?? plans] {
          dates.insert(plans.date(at: Timestamp(microseconds: moment)))
        }
      }
    }
    for date in dates.sorted() { try deriveDay(date) }
  }

  /// Works out an hour's rollup from its samples, or removes it where there are none.
  private func deriveHour(_ hour: Int64) throws {
    let end = hour + microsecondsPerHour
    let rollup = AirRollup(
      tally: try tally(from: hour, to: end),
      expected: books.limits.expectedSamples(from: hour, to: end))
    try replace(rollup, in: .hour, at: hour.databaseValue, from: hour)
  }

  /// Works out a day's rollup from its samples, or removes it where there are none.
  func deriveDay(_ date: LocalDate) throws {
    let spans = plans.spans(of: date)
    // A day that travelling has left out has no span, and no rows.
    let begin = spans.first?.lowerBound ?? .max
    var rollup = AirRollup()
    for span in spans {
      rollup.expected += books.limits.expectedSamples(from: span.lowerBound, to: span.upperBound)
      let end = min(span.upperBound, rollupEnd)
      guard span.lowerBound < end else { continue }
      try addUp(&rollup.tally, from: span.lowerBound, to: end)
      try count(&rollup.parts, from: span.lowerBound, to: end)
    }
    try replace(rollup, in: .day, at: date.description.databaseValue, from: begin)
    if begin >= samplesBegin { try replace(rollup.parts, on: date) }
  }

  /// Counts by hand: a grouping in SQL would sort the day's samples, once an hour.
  private func count(_ parts: inout [Int64: Int], from: Int64, to: Int64) throws {
    let statement = try db.cachedStatement(
      sql: "SELECT part FROM air WHERE time_utc_us >= ? AND time_utc_us < ?"
    ).sqliteStatement
    defer { sqlite3_reset(statement) }
    sqlite3_bind_int64(statement, 1, from)
    sqlite3_bind_int64(statement, 2, to)
    var code = sqlite3_step(statement)
    while code == SQLITE_ROW {
      parts[sqlite3_column_int64(statement, 0), default: 0] += 1
      code = sqlite3_step(statement)
    }
    guard code == SQLITE_DONE else { throw lastError(code) }
  }
}

/// What an hour or a day of the air comes to.
struct AirRollup {
  var tally = AirTally()
  /// How many samples there should have been.
  var expected = ExpectedSamples()
  /// How many samples each part gave; of days only.
  var parts: [Int64: Int] = [:]

  /// A table of rollups.
  enum Kind: String {
    case hour = "air_hour"
    case day = "air_day"

    var key: String {
      switch self {
      case .hour: "hour_utc_us"
      case .day: "local_date"
      }
    }
  }
}

extension DiaryWriter {
  /// Makes the rows of an hour or a day what they should be; writes only what is other.
  ///
  /// - Parameters:
  ///   - rollup: What it came to.
  ///   - kind: Hour or day.
  ///   - key: Which one.
  ///   - begin: When it begins: where samples of it were removed, its rows stay.
  /// - Returns: How many rows are other than before.
  /// - Throws: GRDB's errors.
  @discardableResult
  func replace(
    _ rollup: AirRollup, in kind: AirRollup.Kind, at key: DatabaseValue, from begin: Int64
  ) throws -> Int {
    var stored: [String: Row] = [:]
    let columns = "channel, mean, min, max, n, expected"
    let old = try rows("SELECT \(columns) FROM \(kind.rawValue) WHERE \(kind.key) = ?", [key])
    for row in old { stored[row[0]] = row }
    var changes = 0
    for column in AirColumn.all where begin >= airBegins[column.bit] {
      let name = column.channel.rawValue
      let old = stored.removeValue(forKey: name)
      let entry = rollup.tally.entries[column.bit]
      let expected = rollup.expected[column.channel]
      guard entry.count > 0 else {
        guard old != nil else { continue }
        try run("DELETE FROM \(kind.rawValue) WHERE \(kind.key) = ? AND channel = ?", [key, name])
        changes += 1
        continue
      }
      if let old, entry.isSame(as: old), (old[5] as Int?) == expected { continue }
      try run(
        """
        INSERT INTO \(kind.rawValue) (\(kind.key), channel, mean, min, max, n, expected)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET mean = excluded.mean,
          min = excluded.min, max = excluded.max, n = excluded.n, expected = excluded.expected
        """,
        [
          key, name, entry.mean, entry.least, entry.greatest, entry.count, expected,
        ])
      changes += 1
    }
    return changes
  }

  /// Makes the counts of a day's samples what they should be.
  @discardableResult
  func replace(_ parts: [Int64: Int], on date: LocalDate) throws -> Int {
    let stored = try rows(
      "SELECT part, samples FROM air_part_day WHERE local_date = ?", [date.description])
    let old = Dictionary(uniqueKeysWithValues: stored.map { ($0[0] as Int64, $0[1] as Int) })
    guard old != parts else { return 0 }
    try run("DELETE FROM air_part_day WHERE local_date = ?", [date.description])
    for (part, samples) in parts.sorted(by: { $0.key < $1.key }) {
      try run("INSERT INTO air_part_day VALUES (?, ?, ?)", [date.description, part, samples])
    }
    return 1
  }
}

extension AirTally.Entry {
  /// Whether a row of `channel, mean, min, max, n` says the same.
  fileprivate func isSame(as row: Row) -> Bool {
    row[1] == mean && row[2] == least && row[3] == greatest && row[4] == count
  }
}
