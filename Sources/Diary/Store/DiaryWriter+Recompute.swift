import GRDB
import Readings

extension DiaryWriter {
  /// Works out everything derived anew: the same rows as before, if all is well.
  func recompute() throws {
    // The last hour has a rollup only where the diary was closed in it.
    let last = try row("SELECT max(hour_utc_us) FROM air_hour")?[0] as Int64? ?? .min
    try run("DELETE FROM air_hour WHERE hour_utc_us >= ?", [airBegins.microseconds])
    for hour in try hoursWithSamples(
      from: airBegins.microseconds, to: max(openHour ?? .max, last + 1))
    {
      try deriveHour(hour)
    }
    let slots = try rows(
      """
      SELECT person, local_date, slot FROM session
      UNION SELECT person, local_date, slot FROM air_slot
      UNION SELECT e.person, v.local_date, v.slot FROM slot_value AS v JOIN epoch AS e USING (epoch)
      """
    ).compactMap { PersonSlot($0) }
    // Values of a time whose samples are gone cannot be worked out again, only kept.
    try run(
      """
      DELETE FROM slot_value AS v WHERE EXISTS (SELECT 1 FROM epoch AS e
        WHERE e.epoch = v.epoch AND (e.site <> '' OR coalesce((SELECT a.reference_utc_us
          FROM air_slot AS a WHERE a.person = e.person AND a.local_date = v.local_date
          AND a.slot = v.slot), ?1) - ?2 >= ?1))
      """, [airBegins.microseconds, Self.airWindow.wholeMicroseconds])
    try deriveSlots(slots)
    try settleFirstEpoch()
  }

  /// Removes samples before a moment, once their hours have their rollup; the hours stay.
  ///
  /// - Parameter time: Rounded down to a whole hour.
  /// - Returns: How many samples were removed.
  /// - Throws: GRDB's errors.
  func removeAir(before time: Timestamp) throws -> Int {
    try finishHours()
    let hour = Timestamp(microseconds: Self.hour(of: time))
    guard hour > airBegins else { return 0 }
    try run("DELETE FROM air WHERE time_utc_us < ?", [hour.microseconds])
    let removed = db.changesCount
    airBegins = hour
    try setMeta("air_begins_utc_us", "\(hour.microseconds)")
    return removed
  }

  /// Removes everything about a person; the room's air stays, being nobody's.
  ///
  /// - Parameter person: Who.
  /// - Returns: How many sessions were removed.
  /// - Throws: GRDB's errors.
  func erase(_ person: Person) throws -> Int {
    let name: StatementArguments = [person.rawValue]
    let sessions: Int =
      try row("SELECT count(*) FROM session WHERE person = ?", name)?[0] ?? 0
    try run(
      "DELETE FROM slot_value WHERE epoch IN (SELECT epoch FROM epoch WHERE person = ?)", name)
    try run("DELETE FROM notice WHERE fields ->> '$.PERSON' = ?", name)
    for table in ["epoch", "air_slot", "session", "event", "score", "choice", "person"] {
      try run("DELETE FROM \(table) WHERE person = ?", name)
    }
    return sessions
  }
}
