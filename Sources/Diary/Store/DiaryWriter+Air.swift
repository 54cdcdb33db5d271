import GRDB
import GRDBSQLite
import Readings

/// One hour in microseconds.
let microsecondsPerHour: Int64 = 3_600_000_000

extension DiaryWriter {
  /// Saves samples, corrected and checked, the rollups they complete or change, and the slots they
  /// change.
  func append(_ samples: [AirSample]) throws {
    var touched: Set<Int64> = []
    var late = LateSamples()
    let begins = checksBegin
    for sample in samples {
      let part = try number(ofPart: sample.part)
      var row = AirRow(sample, part: part, boot: try number(ofBoot: sample.stamp.bootID))
      let time = sample.stamp.utc.microseconds
      let checker = try checker(ofPart: part, called: sample.part)
      if time > checker.last {
        _ = checker.derive(&row.content, at: time, from: begins)
        _ = try insert(row)
      } else if try insert(row) {
        late.note(part, at: time)
      }
      touched.insert(Self.hour(of: sample.stamp.utc))
    }
    touched.formUnion(try derive(late))
    try rollUp(touched)
    guard let earliest = samples.map(\.stamp.utc).min(), let lastAirReference,
      min(earliest, late.first ?? earliest) < lastAirReference
    else { return }
    try rederiveAirSlots(touching: touched)
  }

  /// The start of the hour a moment is in.
  static func hour(of time: Timestamp) -> Int64 {
    time.microseconds.flooringDivision(by: microsecondsPerHour) * microsecondsPerHour
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

  private static let selection = """
    SELECT flags, \(AirColumn.names) FROM air
    WHERE time_utc_us >= ? AND time_utc_us < ? ORDER BY time_utc_us
    """

  /// Adds up the valid values of the samples from one moment to another, in order of time.
  func tally(from: Int64, to: Int64) throws -> AirTally {
    var tally = AirTally()
    try addUp(&tally, from: from, to: to)
    return tally
  }

  /// Adds the valid values of the samples from one moment to another, in order of time.
  func addUp(_ tally: inout AirTally, from: Int64, to: Int64) throws {
    let statement = try db.cachedStatement(sql: Self.selection).sqliteStatement
    defer { sqlite3_reset(statement) }
    sqlite3_bind_int64(statement, 1, from)
    sqlite3_bind_int64(statement, 2, to)
    var code = sqlite3_step(statement)
    while code == SQLITE_ROW {
      tally.add(statement)
      code = sqlite3_step(statement)
    }
    guard code == SQLITE_DONE else { throw lastError(code) }
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
