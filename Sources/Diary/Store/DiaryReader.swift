import GRDB
import Readings

/// What can be asked of a diary inside one read.
///
/// Rows that a later version wrote with words this one does not know are left out.
struct DiaryReader {
  let db: Database

  func slotValues(from: LocalDate, to: LocalDate) throws -> [SlotValue] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT * FROM v1_slot WHERE epoch IN (SELECT epoch FROM epoch)
          AND slot IN ('morning', 'evening') AND local_date BETWEEN ? AND ?
        ORDER BY local_date, slot = 'evening', person, channel, site
        """, arguments: [from.description, to.description])
    return try rows.compactMap { try SlotValue($0) }
  }

  func events(from: Timestamp, to: Timestamp) throws -> [SavedEvent] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT person, time_utc_us, kind, weight, note, event_id, local_date FROM v1_event
        WHERE time_utc_us >= ? AND time_utc_us < ? ORDER BY time_utc_us, event_id
        """, arguments: [from.microseconds, to.microseconds]
    ).compactMap { try SavedEvent($0) }
  }

  func scores(from: LocalDate, to: LocalDate) throws -> [Score] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT person, local_date, dimension, value FROM v1_score
        WHERE person IN (SELECT person FROM person) AND local_date BETWEEN ? AND ?
        ORDER BY local_date, person, dimension
        """, arguments: [from.description, to.description]
    ).compactMap { row in
      guard let date = LocalDate(try row.decode(String.self, atIndex: 1)),
        let dimension = Score.Dimension(rawValue: try row.decode(atIndex: 2))
      else { return nil }
      return Score(
        person: Person(try row.decode(atIndex: 0)), date: date, dimension: dimension,
        value: try row.decode(atIndex: 3))
    }
  }

  func chosenPerson() throws -> Person? {
    try String.fetchOne(db, sql: "SELECT person FROM choice ORDER BY choice DESC LIMIT 1")
      .map { Person($0) }
  }

  func parts() throws -> [PartIdentity] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT p.name, i.product, i.serial, i.firmware, i.status, i.channels
        FROM part_identity AS i JOIN part AS p USING (part) WHERE i.identity =
          (SELECT max(l.identity) FROM part_identity AS l WHERE l.part = i.part) ORDER BY p.name
        """
    ).map { try PartIdentity($0, in: db) }
  }

  /// The size of the diary; samples are counted by the day, but for the last hours.
  func summary() throws -> ArchiveSummary {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT (SELECT count(*) FROM session), (SELECT coalesce(sum(samples), 0) FROM air_part_day)
            + (SELECT count(*) FROM air WHERE time_utc_us >= coalesce((SELECT
              CAST(value AS INTEGER) FROM meta WHERE key = 'air_rolled_up_to_utc_us'), 0)),
          (SELECT min(local_date) FROM session), (SELECT max(local_date) FROM session),
          (SELECT page_count FROM pragma_page_count()) * (SELECT page_size FROM pragma_page_size())
        """)
    return ArchiveSummary(
      sessions: row?[0] ?? 0, airSamples: row?[1] ?? 0,
      firstDate: (row?[2] as String?).flatMap { LocalDate($0) },
      lastDate: (row?[3] as String?).flatMap { LocalDate($0) }, bytes: row?[4] ?? 0)
  }
}

extension Stamp {
  /// Reads UTC, boot id, time since boot and trust from four columns.
  init(_ row: Row, at index: Int) throws {
    self.init(
      utc: Timestamp(microseconds: try row.decode(atIndex: index)),
      bootID: try row.decode(atIndex: index + 1),
      bootMicroseconds: try row.decode(atIndex: index + 2),
      trust: ClockTrust(rawValue: try row.decode(atIndex: index + 3)) ?? .unsynced)
  }
}

extension SavedEvent {
  /// Reads person, time, kind, weight, note, number and local date from the first seven columns.
  init?(_ row: Row) throws {
    guard let date = LocalDate(try row.decode(String.self, atIndex: 6)) else { return nil }
    self.init(
      number: try row.decode(atIndex: 5), date: date,
      event: SkinEvent(
        person: Person(try row.decode(atIndex: 0)),
        time: Timestamp(microseconds: try row.decode(atIndex: 1)), kind: try row.decode(atIndex: 2),
        weight: try row.decode(atIndex: 3), note: try row.decode(atIndex: 4)))
  }
}

extension PartIdentity {
  /// Reads name, product, serial, firmware, status and channels from the first six columns.
  init(_ row: Row, in db: Database) throws {
    let channels = try String.fetchAll(
      db, sql: "SELECT value FROM json_each(?)",
      arguments: [try row.decode(String.self, atIndex: 5)])
    self.init(
      part: try row.decode(atIndex: 0), product: try row.decode(atIndex: 1),
      serial: try row.decode(atIndex: 2), firmware: try row.decode(atIndex: 3),
      status: try row.decode(atIndex: 4),
      channels: channels.compactMap { Channel(rawValue: $0) })
  }
}

extension SlotValue {
  /// A row of `v1_slot`.
  init?(_ row: Row) throws {
    guard let date = LocalDate(try row.decode(String.self, forColumn: "local_date")),
      let slot = Slot(rawValue: try row.decode(forColumn: "slot")),
      let channel = Channel(rawValue: try row.decode(forColumn: "channel")),
      let quality = Quality(rawValue: try row.decode(forColumn: "quality")),
      let baseline = BaselineState(rawValue: try row.decode(forColumn: "baseline_state"))
    else { return nil }
    self.init(
      person: Person(try row.decode(forColumn: "person")), key: SlotKey(date: date, slot: slot),
      channel: channel,
      site: (try row.decode(String?.self, forColumn: "site")).map { Site($0) },
      value: try row.decode(forColumn: "value"), spread: try row.decode(forColumn: "spread"),
      count: try row.decode(forColumn: "n_touches"), quality: quality,
      reason: try row.decode(forColumn: "reason"),
      sessionID: try row.decode(forColumn: "session_id"), epoch: try row.decode(forColumn: "epoch"),
      normalised: NormalisedValue(
        mean7: try row.decode(forColumn: "ma7"), z7: try row.decode(forColumn: "z7"),
        n7: try row.decode(forColumn: "n7"), z30: try row.decode(forColumn: "z30"),
        n30: try row.decode(forColumn: "n30"),
        baseline: baseline))
  }
}
