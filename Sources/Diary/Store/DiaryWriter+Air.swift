import GRDB
import GRDBSQLite
import Readings

/// One hour in microseconds.
let microsecondsPerHour: Int64 = 3_600_000_000

extension DiaryWriter {
  /// Saves samples, the rollups of the hours they complete or change, and the slots they change.
  func append(_ samples: [AirSample]) throws {
    guard let first = samples.first else { return }
    try insert(samples)
    if openHour == nil { try finishHours(includingLast: false) }
    var changed: Set<Int64> = []
    for sample in samples {
      let hour = Self.hour(of: sample.stamp.utc)
      guard let open = openHour, hour != open else { continue }
      // An hour that the samples leave behind is complete; one they come back to has changed.
      changed.insert(Swift.min(hour, open))
      openHour = Swift.max(hour, open)
    }
    for hour in changed.sorted() { try deriveHour(hour) }
    let times = samples.map(\.stamp.utc)
    let earliest = times.min() ?? first.stamp.utc
    guard let lastAirReference, earliest < lastAirReference else { return }
    try rederiveAirSlots(samplesFrom: earliest, through: times.max() ?? earliest)
  }

  /// The start of the hour a moment is in.
  static func hour(of time: Timestamp) -> Int64 {
    time.microseconds.flooringDivision(by: microsecondsPerHour) * microsecondsPerHour
  }

  /// Derives the rollup of every hour since the last one that has one.
  ///
  /// - Parameter includingLast: Whether the hour of the last sample, which may not be complete, is
  ///   among them.
  /// - Throws: GRDB's errors.
  func finishHours(includingLast: Bool = true) throws {
    guard let last = try row("SELECT max(time_utc_us) FROM air")?[0] as Int64? else { return }
    let from = try row("SELECT max(hour_utc_us) FROM air_hour")?[0] as Int64? ?? .min
    let open = Self.hour(of: Timestamp(microseconds: last))
    openHour = open
    for hour in try hoursWithSamples(from: from, to: includingLast ? .max : open) {
      try deriveHour(hour)
    }
  }

  /// The hours that hold samples, from one moment to another, ascending.
  func hoursWithSamples(from: Int64, to: Int64) throws -> [Int64] {
    var hours: [Int64] = []
    var next = from
    let sql = "SELECT min(time_utc_us) FROM air WHERE time_utc_us >= ? AND time_utc_us < ?"
    while let time = try row(sql, [next, to])?[0] as Int64? {
      let hour = Self.hour(of: Timestamp(microseconds: time))
      hours.append(hour)
      next = hour + microsecondsPerHour
    }
    return hours
  }

  /// Works out an hour's rollup from its samples, or removes it where there are none.
  func deriveHour(_ hour: Int64) throws {
    guard hour >= airBegins.microseconds else { return }
    try run("DELETE FROM air_hour WHERE hour_utc_us = ?", [hour])
    let tally = try tally(from: hour, to: hour + microsecondsPerHour)
    for (channel, entry) in tally.measured {
      try run(
        """
        INSERT INTO air_hour (hour_utc_us, channel, mean, min, max, n) VALUES (?, ?, ?, ?, ?, ?)
        """,
        [hour, channel.rawValue, entry.mean, entry.least, entry.greatest, entry.count])
    }
  }

  private static let selection = """
    SELECT flags, \(AirColumn.names) FROM air
    WHERE time_utc_us >= ? AND time_utc_us < ? ORDER BY time_utc_us
    """

  /// Adds up the valid values of the samples from one moment to another, in order of time.
  func tally(from: Int64, to: Int64) throws -> AirTally {
    let statement = try db.cachedStatement(sql: Self.selection).sqliteStatement
    defer { sqlite3_reset(statement) }
    sqlite3_bind_int64(statement, 1, from)
    sqlite3_bind_int64(statement, 2, to)
    var tally = AirTally()
    var code = sqlite3_step(statement)
    while code == SQLITE_ROW {
      tally.add(statement)
      code = sqlite3_step(statement)
    }
    guard code == SQLITE_DONE else { throw lastError(code) }
    return tally
  }
}

extension AirTally {
  /// Adds a row of flags and values, read by hand: a slot's air is 720 of them.
  fileprivate mutating func add(_ statement: OpaquePointer) {
    let flags = sqlite3_column_text(statement, 0).map { String(cString: $0) }
    for index in 0..<AirColumn.count {
      let position = CInt(index + 1)
      guard sqlite3_column_type(statement, position) != SQLITE_NULL else { continue }
      if let flags, flags.contains("\"\(AirColumn.all[index].channel.rawValue)\":") { continue }
      add(sqlite3_column_double(statement, position), to: index)
    }
  }
}
