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
    return rows.compactMap { SlotValue($0) }
  }

  func events(from: Timestamp, to: Timestamp) throws -> [SkinEvent] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT person, time_utc_us, kind, weight, note FROM v1_event
        WHERE time_utc_us >= ? AND time_utc_us < ? ORDER BY time_utc_us, event_id
        """, arguments: [from.microseconds, to.microseconds]
    ).map { row in
      SkinEvent(
        person: Person(row[0]), time: Timestamp(microseconds: row[1]), kind: row[2],
        weight: row[3], note: row[4])
    }
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
      guard let date = LocalDate(row[1] as String),
        let dimension = Score.Dimension(rawValue: row[2])
      else { return nil }
      return Score(person: Person(row[0]), date: date, dimension: dimension, value: row[3])
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
  init(_ row: Row, at index: Int) {
    self.init(
      utc: Timestamp(microseconds: row[index]), bootID: row[index + 1],
      bootMicroseconds: row[index + 2], trust: ClockTrust(rawValue: row[index + 3]) ?? .unsynced)
  }
}

extension PartIdentity {
  /// Reads name, product, serial, firmware, status and channels from the first six columns.
  init(_ row: Row, in db: Database) throws {
    let channels = try String.fetchAll(
      db, sql: "SELECT value FROM json_each(?)", arguments: [row[5] as String])
    self.init(
      part: row[0], product: row[1], serial: row[2], firmware: row[3], status: row[4],
      channels: channels.compactMap { Channel(rawValue: $0) })
  }
}

extension SlotValue {
  /// A row of `v1_slot`.
  init?(_ row: Row) {
    guard let date = LocalDate(row["local_date"] as String), let slot = Slot(rawValue: row["slot"]),
      let channel = Channel(rawValue: row["channel"]),
      let quality = Quality(rawValue: row["quality"]),
      let baseline = BaselineState(rawValue: row["baseline_state"])
    else { return nil }
    self.init(
      person: Person(row["person"]), key: SlotKey(date: date, slot: slot), channel: channel,
      site: (row["site"] as String?).map { Site($0) }, value: row["value"], spread: row["spread"],
      count: row["n_touches"], quality: quality, reason: row["reason"],
      sessionID: row["session_id"], epoch: row["epoch"],
      normalised: NormalisedValue(
        mean7: row["ma7"], z7: row["z7"], n7: row["n7"], z30: row["z30"], n30: row["n30"],
        baseline: baseline))
  }
}
