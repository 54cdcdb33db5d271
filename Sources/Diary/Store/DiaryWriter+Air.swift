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
    if openHour == nil { try finishHours() }
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

  /// Derives the rollup of every hour since the last one that has one, the unfinished included.
  func finishHours() throws {
    guard let last = try row("SELECT max(time_utc_us) FROM air")?[0] as Int64? else { return }
    let from = try row("SELECT max(hour_utc_us) FROM air_hour")?[0] as Int64? ?? .min
    openHour = Self.hour(of: Timestamp(microseconds: last))
    for hour in try hoursWithSamples(from: from, to: .max) { try deriveHour(hour) }
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
    try run("DELETE FROM air_hour WHERE hour_utc_us = ?", [hour])
    let tally = try tally(from: hour, to: hour + microsecondsPerHour)
    for (channel, entry) in tally.measured {
      try run(
        "INSERT INTO air_hour VALUES (?, ?, ?, ?, ?, ?)",
        [hour, channel.rawValue, entry.mean, entry.least, entry.greatest, entry.count])
    }
  }

  /// Adds up the valid values of the samples from one moment to another, in order of time.
  func tally(from: Int64, to: Int64) throws -> AirTally {
    let statement = try db.cachedStatement(
      sql: """
        SELECT flags, \(AirColumn.all.map(\.name).joined(separator: ", ")) FROM air
        WHERE time_utc_us >= ? AND time_utc_us < ? ORDER BY time_utc_us, part, boot, boot_us
        """)
    var tally = AirTally()
    let cursor = try Row.fetchCursor(statement, arguments: [from, to])
    while let row = try cursor.next() {
      let flags = row[0] as String?
      for index in 0..<AirColumn.count {
        guard let value = row[index + 1] as Double? else { continue }
        if let flags, flags.contains("\"\(AirColumn.all[index].channel.rawValue)\":") { continue }
        tally.add(value, to: index)
      }
    }
    return tally
  }

  private func insert(_ samples: [AirSample]) throws {
    let names = AirColumn.all.map(\.name).joined(separator: ", ")
    let marks = [String](repeating: "?", count: 7 + AirColumn.count).joined(separator: ", ")
    // The same sample again, after a commit whose success was not known, is the same row.
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO air (time_utc_us, part, boot, boot_us, clock, offered, flags, \(names))
        VALUES (\(marks)) ON CONFLICT DO NOTHING
        """)
    for sample in samples {
      let part = try number(ofPart: sample.part)
      let boot = try number(ofBoot: sample.stamp.bootID)
      try AirRow(sample, part: part, boot: boot).insert(with: statement.sqliteStatement, db)
    }
  }
}

/// A sample as the table has it, bound by hand: there is one a minute for ever.
private struct AirRow {
  var integers: [Int64]
  var flags = AirFlags()
  var values = [Double?](repeating: nil, count: AirColumn.count)

  init(_ sample: AirSample, part: Int64, boot: Int64) {
    let stamp = sample.stamp
    integers = [
      stamp.utc.microseconds, part, boot, stamp.bootMicroseconds, stamp.trust.number, 0,
    ]
    for reading in sample.readings {
      guard let column = AirColumn.by[reading.channel] else {
        preconditionFailure("\(reading.channel.rawValue) is no channel of the air")
      }
      integers[5] |= column.mask
      note(reading, at: column.bit)
    }
  }

  private mutating func note(_ reading: AirReading, at index: Int) {
    switch reading.state {
    case .absent(let absence): flags.note(reading.channel, absence)
    // SQLite would keep NaN as a null without a reason.
    case .value(let value, _, _) where !value.isFinite: flags.note(reading.channel, .outOfRange)
    case .value(let value, let quality, let reason):
      values[index] = value
      if quality != .ok { flags.note(reading.channel, quality, reason: reason) }
    }
  }

  func insert(with statement: OpaquePointer, _ db: Database) throws {
    for (index, integer) in integers.enumerated() {
      sqlite3_bind_int64(statement, CInt(index + 1), integer)
    }
    for (index, value) in values.enumerated() {
      let position = CInt(index + 8)
      if let value {
        sqlite3_bind_double(statement, position, value)
      } else {
        sqlite3_bind_null(statement, position)
      }
    }
    let code = stepBindingFlags(statement)
    guard code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code),
        message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
    }
  }

  private func stepBindingFlags(_ statement: OpaquePointer) -> CInt {
    defer { sqlite3_reset(statement) }
    guard let text = flags.text else {
      sqlite3_bind_null(statement, 7)
      return sqlite3_step(statement)
    }
    return text.withCString { pointer in
      // Static: the text outlives the step, and the binding is replaced before the next.
      sqlite3_bind_text(statement, 7, pointer, -1, nil)
      return sqlite3_step(statement)
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
