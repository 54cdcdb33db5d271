import FoundationEssentials
import GRDB
import Readings

extension DiaryReader {
  /// Sessions of the interval, latest first, whole.
  func sessions(from: Timestamp, to: Timestamp, limit: Int) throws -> [SavedSession] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        \(Self.sessionColumns) WHERE s.started_utc_us >= ? AND s.started_utc_us < ?
        ORDER BY s.started_utc_us DESC, s.session_id DESC LIMIT ?
        """, arguments: [from.microseconds, to.microseconds, limit])
    return try rows.compactMap { try session($0) }
  }

  /// A session by its number, whole.
  func session(id: Int64) throws -> SavedSession? {
    try Row.fetchOne(
      db, sql: "\(Self.sessionColumns) WHERE s.session_id = ?", arguments: [id]
    ).flatMap { try session($0) }
  }

  /// The slots of some dates in which somebody tapped, and it was not refused.
  func tappedSlots(from: LocalDate, to: LocalDate) throws -> [PersonSlot] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT person, local_date, slot FROM session AS s
        WHERE person IN (SELECT person FROM person) AND local_date BETWEEN ? AND ?
          AND verdict <> 'refused'
        """, arguments: [from.description, to.description]
    ).compactMap { PersonSlot($0) }
  }

  private static let sessionColumns = """
    SELECT s.session_id, s.person, s.local_date, s.slot, s.verdict,
      s.started_utc_us, b.boot_id, s.started_boot_us, s.clock,
      s.ended_utc_us, b.boot_id, s.ended_boot_us, s.ended_clock
    FROM session AS s JOIN boot AS b USING (boot)
    """

  private func session(_ row: Row) throws -> SavedSession? {
    guard let date = LocalDate(row[2] as String), let slot = Slot(rawValue: row[3]),
      let verdict = TapSession.Verdict(rawValue: row[4])
    else { return nil }
    let id: Int64 = row[0]
    let values = try Row.fetchAll(
      db,
      sql: """
        SELECT * FROM v1_slot WHERE person = ? AND local_date = ? AND slot = ? AND session_id = ?
        ORDER BY channel, site
        """, arguments: [row[1] as String, row[2] as String, row[3] as String, id])
    return SavedSession(
      id: id, key: SlotKey(date: date, slot: slot),
      session: TapSession(
        person: Person(row[1]), started: Stamp(row, at: 5), ended: Stamp(row, at: 9),
        touches: try touches(of: id), air: try air(of: id), verdict: verdict),
      values: values.compactMap { SlotValue($0) })
  }

  private func touches(of session: Int64) throws -> [Touch] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT t.touch_id, t.number, t.site, t.contact_us, t.time_utc_us, b.boot_id, t.boot_us,
          t.clock FROM touch AS t JOIN boot AS b USING (boot) WHERE session_id = ? ORDER BY number
        """, arguments: [session]
    ).map { row in
      Touch(
        number: row[1], site: Site(row[2]), started: Stamp(row, at: 4),
        contact: (row[3] as Int64?).map { .microseconds($0) }, measures: try measures(of: row[0]))
    }
  }

  private func measures(of touch: Int64) throws -> [Touch.Measure] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT m.channel, m.raw, m.raw_unit, m.value, m.spread, m.samples, m.reason, p.name,
          m.units_per_code, m.offset, m.greatest_code, m.fault
        FROM measure AS m JOIN part AS p USING (part) WHERE touch_id = ? ORDER BY channel
        """, arguments: [touch]
    ).compactMap { row in
      guard let channel = Channel(rawValue: row[0]), let unit = Touch.RawUnit(rawValue: row[2])
      else { return nil }
      return Touch.Measure(
        channel: channel, raw: row[1], rawUnit: unit, value: row[3], spread: row[4],
        samples: SampleBlob.decode(row[5] as Data), scale: Touch.RawScale(row, at: 8),
        fault: (row[11] as String?).map { Absence(rawValue: $0) ?? .notReady },
        // A reason this version does not know still says that the touch does not count.
        refusal: (row[6] as String?).map { TouchRefusal(rawValue: $0) ?? .interrupted },
        part: row[7])
    }
  }

  private func air(of session: Int64) throws -> [Channel: AirReading] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT channel, value, quality, reason FROM session_air WHERE session_id = ?",
      arguments: [session])
    let readings = rows.compactMap { row in
      AirReading(channel: row[0], value: row[1], quality: row[2], reason: row[3])
    }
    return Dictionary(uniqueKeysWithValues: readings.map { ($0.channel, $0) })
  }

  /// The latest sample of each part, in the last month of samples.
  ///
  /// Samples are filed by time only: a part that has been gone for years is not looked for in all
  /// of them.
  func latestAir() throws -> [AirSample] {
    let parts = try Row.fetchAll(
      db,
      sql: """
        SELECT part, name, EXISTS (SELECT 1 FROM part_identity AS i
          WHERE i.part = p.part AND i.channels LIKE '%"air.%') FROM part AS p ORDER BY name
        """)
    return try parts.compactMap { part in
      let row =
        try latestSample(of: part[0], days: 1)
        ?? ((part[2] as Bool) ? try latestSample(of: part[0], days: 31) : nil)
      return try row.map { try sample($0, part: part[1]) }
    }
  }

  private func latestSample(of part: Int64, days: Int64) throws -> Row? {
    try Row.fetchOne(
      db,
      sql: """
        \(Self.sampleColumns) FROM air AS a JOIN boot AS b USING (boot)
        WHERE a.part = ? AND a.time_utc_us > (SELECT max(time_utc_us) FROM air) - ?
        ORDER BY a.time_utc_us DESC LIMIT 1
        """, arguments: [part, days * 24 * microsecondsPerHour])
  }

  /// What `sample` reads, in its order.
  static let sampleColumns = """
    SELECT a.time_utc_us - a.nudged_us, b.boot_id, a.boot_us, a.clock, a.offered, a.flags,
      \(AirColumn.all.map { "a." + $0.name }.joined(separator: ", "))
    """

  /// A sample of a row that begins with `sampleColumns`.
  func sample(_ row: Row, part: String) throws -> AirSample {
    let flags = Dictionary(
      uniqueKeysWithValues: try Row.fetchAll(
        db, sql: "SELECT key, value FROM json_each(?)", arguments: [row[5] as String?]
      ).map { ($0[0] as String, $0[1] as String) })
    let offered: Int64 = row[4]
    let readings = AirColumn.all.filter { offered & $0.mask != 0 }.compactMap { column in
      let word = flags[column.channel.rawValue]
      let value = row[6 + column.bit] as Double?
      let parts = word?.split(separator: ":", maxSplits: 1).map { String($0) } ?? []
      return AirReading(
        channel: column.channel.rawValue, value: value,
        quality: value == nil ? "absent" : parts.first ?? "ok",
        reason: value == nil ? word : parts.dropFirst().first)
    }
    return AirSample(
      stamp: Stamp(
        utc: Timestamp(microseconds: row[0]), bootID: row[1], bootMicroseconds: row[2],
        trust: ClockTrust(number: row[3]) ?? .unsynced),
      part: part, readings: readings)
  }
}

extension Touch.RawScale {
  /// Reads units a code, offset and greatest code from three columns; nil where they are null.
  init?(_ row: Row, at index: Int) {
    guard let unitsPerCode = row[index] as Double?, let offset = row[index + 1] as Double?,
      let greatestCode = row[index + 2] as Int32?
    else { return nil }
    self.init(unitsPerCode: unitsPerCode, offset: offset, greatestCode: greatestCode)
  }
}

extension AirReading {
  /// A reading as `v1_air` and `session_air` word it.
  init?(channel: String, value: Double?, quality: String, reason: String?) {
    guard let channel = Channel(rawValue: channel) else { return nil }
    if let value {
      self.init(channel, .value(value, Quality(rawValue: quality) ?? .bad, reason: reason))
    } else {
      self.init(channel, .absent(reason.flatMap { Absence(rawValue: $0) } ?? .notPresent))
    }
  }
}
