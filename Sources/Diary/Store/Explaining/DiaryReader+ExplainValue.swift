import GRDB
import Normalisation
import Readings

extension DiaryReader {
  /// Which value of a slot is asked for.
  struct ValueName {
    var person: Person
    var key: SlotKey
    var channel: Channel
    /// Nil for a channel of the air.
    var site: Site?
  }

  /// A slot's value, from what was read to how it compares; nil where nothing is known of it.
  func explain(_ name: ValueName) throws -> ValueExplanation? {
    let stored = try storedValue(name)
    let found = try name.channel.isAir ? airOrigin(name) : skinOrigin(name)
    guard stored != nil || !found.sessions.isEmpty || found.derived != nil else { return nil }
    let time = found.time ?? Timestamp(microseconds: 0)
    let series = ComparedSeries(
      name: name, epoch: try epoch(name, stored: stored?.epoch, at: time),
      floor: try floor(of: name.channel))
    let derived = try found.derived.map { try normalised($0, in: series) }
    let value = derived?.value ?? stored?.value
    return ValueExplanation(
      person: name.person, key: name.key, channel: name.channel, site: name.site,
      stored: stored, derived: derived,
      sessions: found.sessions, touches: found.touches, air: found.air, checks: found.checks,
      limits: try limits(at: time, on: name.key.date), epoch: series.epoch, floor: series.floor,
      week: try week(of: value, in: series), baseline: try baseline(of: value, in: series),
      restamps: try found.bootID.map { try restamps(ofBoot: $0) } ?? [])
  }

  /// The values a slot has, by channel and site.
  func valueNames(of person: Person?, _ key: SlotKey) throws -> [ValueName] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT person, channel, site FROM v1_slot
        WHERE local_date = ? AND slot = ? AND person IN (SELECT person FROM person
          WHERE ?3 IS NULL OR person = ?3)
        """, arguments: [key.date.description, key.slot.rawValue, person?.rawValue]
    ).compactMap { row in
      try Channel(rawValue: row.decode(atIndex: 1)).map { channel in
        ValueName(
          person: Person(try row.decode(atIndex: 0)), key: key, channel: channel,
          site: (try row.decode(String?.self, atIndex: 2)).map { Site($0) })
      }
    }
  }

  private func storedValue(_ name: ValueName) throws -> SlotValue? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT * FROM v1_slot WHERE person = ? AND local_date = ? AND slot = ? AND channel = ?
          AND site IS ?
        """,
      arguments: arguments(name.person, name.key) + [name.channel.rawValue, name.site?.rawValue])
    return try row.flatMap { try SlotValue($0) }
  }

  private func epoch(
    _ name: ValueName, stored: Int64?, at time: Timestamp
  ) throws -> EpochThen? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT epoch, time_utc_us, cause, clock FROM epoch
        WHERE person = ?1 AND channel = ?2 AND site = ?3 AND (?4 IS NULL OR epoch = ?4)
        ORDER BY time_utc_us <= ?5 DESC, CASE WHEN time_utc_us <= ?5 THEN -time_utc_us
          ELSE time_utc_us END, epoch DESC LIMIT 1
        """,
      arguments: [
        name.person.rawValue, name.channel.rawValue, name.site?.rawValue ?? "", stored,
        time.microseconds,
      ]
    ).map { row in
      EpochThen(
        number: try row.decode(atIndex: 0),
        began: Timestamp(microseconds: try row.decode(atIndex: 1)),
        cause: try row.decode(atIndex: 2),
        clock: ClockTrust(rawValue: try row.decode(atIndex: 3)) ?? .unsynced)
    }
  }
}

/// What a slot's value comes from, worked out anew, before it is compared with its series.
struct ValueOrigin {
  var sessions: [ValueExplanation.Candidate] = []
  var touches: [TouchExplanation] = []
  var air: AirWindow?
  var checks: [Check] = []
  var derived: DerivedSlotValue?
  /// When it was taken.
  var time: Timestamp?
  var bootID: String?
}
