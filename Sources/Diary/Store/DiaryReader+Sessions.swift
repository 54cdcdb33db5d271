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
    guard let date = LocalDate(try row.decode(String.self, atIndex: 2)),
      let slot = Slot(rawValue: try row.decode(atIndex: 3)),
      let verdict = TapSession.Verdict(rawValue: try row.decode(atIndex: 4))
    else { return nil }
    let id: Int64 = try row.decode(atIndex: 0)
    let values = try Row.fetchAll(
      db,
      sql: """
        SELECT * FROM v1_slot WHERE person = ? AND local_date = ? AND slot = ? AND session_id = ?
        ORDER BY channel, site
        """,
      arguments: [
        try row.decode(String.self, atIndex: 1), try row.decode(String.self, atIndex: 2),
        try row.decode(String.self, atIndex: 3), id,
      ])
    return SavedSession(
      id: id, key: SlotKey(date: date, slot: slot),
      session: TapSession(
        person: Person(try row.decode(atIndex: 1)), started: try Stamp(row, at: 5),
        ended: try Stamp(row, at: 9),
        touches: try touches(of: id), air: try air(of: id), verdict: verdict),
      values: try values.compactMap { try SlotValue($0) })
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
        number: try row.decode(atIndex: 1), site: Site(try row.decode(atIndex: 2)),
        started: try Stamp(row, at: 4),
        contact: (try row.decode(Int64?.self, atIndex: 3)).map { .microseconds($0) },
        measures: try measures(of: try row.decode(atIndex: 0)))
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
      guard let channel = Channel(rawValue: try row.decode(atIndex: 0)),
        let unit = Touch.RawUnit(rawValue: try row.decode(atIndex: 2))
      else { return nil }
      return Touch.Measure(
        channel: channel, raw: try row.decode(atIndex: 1), rawUnit: unit,
        value: try row.decode(atIndex: 3), spread: try row.decode(atIndex: 4),
        samples: SampleBlob.decode(try row.decode(Data.self, atIndex: 5)),
        scale: try Touch.RawScale(row, at: 8),
        fault: (try row.decode(String?.self, atIndex: 11)).map {
          Absence(rawValue: $0) ?? .notReady
        },
        // A reason this version does not know still says that the touch does not count.
        refusal: (try row.decode(String?.self, atIndex: 6)).map {
          TouchRefusal(rawValue: $0) ?? .interrupted
        },
        part: try row.decode(atIndex: 7))
    }
  }

  private func air(of session: Int64) throws -> [Channel: AirReading] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT channel, value, quality, reason FROM session_air WHERE session_id = ?",
      arguments: [session])
    let readings = try rows.compactMap { row in
      AirReading(
        channel: try row.decode(atIndex: 0), value: try row.decode(atIndex: 1),
        quality: try row.decode(atIndex: 2), reason: try row.decode(atIndex: 3))
    }
    return Dictionary(readings.map { ($0.channel, $0) }, uniquingKeysWith: { first, _ in first })
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
      try Row.fetchAll(
        db, sql: "SELECT key, value FROM json_each(?)",
        arguments: [try row.decode(String?.self, atIndex: 5)]
      ).map { (try $0.decode(String.self, atIndex: 0), try $0.decode(String.self, atIndex: 1)) },
      uniquingKeysWith: { first, _ in first })
    let offered: Int64 = try row.decode(atIndex: 4)
    let readings = try AirColumn.all.filter { offered & $0.mask != 0 }.compactMap { column in
      let word = flags[column.channel.rawValue]
      let value = try row.decode(Double?.self, atIndex: 6 + column.bit)
      let parts = word?.split(separator: ":", maxSplits: 1).map { String($0) } ?? []
      return AirReading(
        channel: column.channel.rawValue, value: value,
        quality: value == nil ? "absent" : parts.first ?? "ok",
        reason: value == nil ? word : parts.dropFirst().first)
    }
    return AirSample(
      stamp: Stamp(
        utc: Timestamp(microseconds: try row.decode(atIndex: 0)),
        bootID: try row.decode(atIndex: 1), bootMicroseconds: try row.decode(atIndex: 2),
        trust: ClockTrust(number: try row.decode(atIndex: 3)) ?? .unsynced),
      part: part, readings: readings)
  }
}

extension Touch.RawScale {
  /// Reads units a code, offset and greatest code from three columns; nil where they are null.
  init?(_ row: Row, at index: Int) throws {
    guard let unitsPerCode = try row.decode(Double?.self, atIndex: index),
      let offset = try row.decode(Double?.self, atIndex: index + 1),
      let greatestCode = try row.decode(Int32?.self, atIndex: index + 2)
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
