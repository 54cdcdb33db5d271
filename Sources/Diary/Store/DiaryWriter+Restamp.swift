import GRDB
import Readings

/// A boot whose clock is now known.
struct KnownBoot {
  var number: Int64
  /// The moment at which its clock stood at zero.
  var zero: Timestamp

  /// `?1` and `?2` of the statements below.
  var arguments: StatementArguments { [number, zero.microseconds] }
}

/// A moment of a table that a re-stamping moves.
private struct StampedColumn {
  var table: String
  var time = "time_utc_us"
  var sinceBoot = "boot_us"
  var clock = "clock"

  /// Moves every unsynced moment of boot `?1` to `?2` plus its time since boot.
  var update: String {
    """
    UPDATE \(table) SET \(time) = ?2 + \(sinceBoot), \(clock) = 'restamped'
    WHERE boot = ?1 AND \(clock) = 'unsynced'
    """
  }

  /// Moved with the readings, but not counted as entries.
  static let taps = [
    StampedColumn(
      table: "session", time: "ended_utc_us", sinceBoot: "ended_boot_us", clock: "ended_clock"),
    StampedColumn(table: "session", time: "started_utc_us", sinceBoot: "started_boot_us"),
    StampedColumn(table: "touch"),
  ]

  static let entries = [
    "event", "score", "withdrawal", "notice", "choice", "person", "part_identity", "day_plan",
    "epoch", "restamp", "recomputation", "erasure", "import", "limits",
  ].map { StampedColumn(table: $0) }
}

extension DiaryWriter {
  /// Moves what a boot recorded before its clock was set, and derives anew what that changes.
  func restamp(
    bootID: String, bootTimeZero: Timestamp, at stamp: Stamp
  ) throws -> RestampReport {
    let boot = KnownBoot(number: try number(ofBoot: bootID), zero: bootTimeZero)
    let sessions = try numbers(
      "SELECT session_id FROM session WHERE boot = ? AND clock = 'unsynced'", boot)
    let people = try rows(
      "SELECT person, time_utc_us FROM person WHERE boot = ? AND clock = 'unsynced'",
      [boot.number])
    let move = try move(of: boot)
    var dirty = try slots(ofSessions: sessions).union(try slotsBetweenEpochs(of: boot))
    let rules = try Rules(of: boot, in: self)
    formerPlans = plans
    defer { formerPlans = nil }
    let others = try moveEntries(of: boot)
    for column in StampedColumn.taps { try run(column.update, boot.arguments) }
    try fileAnew(sessions)
    dirty.formUnion(try slots(ofSessions: sessions))
    let air = try restampAir(of: boot)
    dirty.formUnion(air.dirty)
    _ = try deriveTouches(
      where: "boot = ? AND clock = 'restamped' AND ended_clock = 'restamped'", [boot.number])
    try deriveSlots(dirty)
    try rules.deriveAgain(self)
    for row in people { try closeSlotsAnew(of: Person(row[0]), knownBefore: row[1]) }
    try reopenSlots(endingAfter: stamp.utc)
    try settleFirstEpoch()
    let report = RestampReport(
      sessions: sessions.count, airSamples: air.samples, others: others, move: move)
    if report.sessions + report.airSamples + report.others > 0 {
      try note(report, of: boot, at: stamp)
    }
    return report
  }

  /// Moves everything that is neither a tap nor air; an event entered as of now, and a score
  /// entered for today, go with the moment they were entered at.
  private func moveEntries(of boot: KnownBoot) throws -> Int {
    let events = try numbers(
      """
      SELECT event_id FROM event
      WHERE boot = ? AND clock = 'unsynced' AND event_utc_us = time_utc_us
      """, boot)
    let scores = try rows(
      "SELECT score, time_utc_us, local_date FROM score WHERE boot = ? AND clock = 'unsynced'",
      [boot.number]
    ).filter { row in
      plans.key(at: Timestamp(microseconds: row[1])).date.description == row[2] as String
    }.map { $0[0] as Int64 }
    var moved = 0
    for column in StampedColumn.entries {
      try run(column.update, boot.arguments)
      moved += db.changesCount
    }
    plans = try PlanBook(db)
    for event in events {
      try run("UPDATE event SET event_utc_us = time_utc_us WHERE event_id = ?", [event])
    }
    try dateAnew("event", key: "event_id", time: "event_utc_us", events)
    try dateAnew("score", key: "score", time: "time_utc_us", scores)
    return moved
  }

  private func dateAnew(_ table: String, key: String, time: String, _ numbers: [Int64]) throws {
    for number in numbers {
      guard let row = try row("SELECT \(time) FROM \(table) WHERE \(key) = ?", [number]) else {
        continue
      }
      let date = plans.key(at: Timestamp(microseconds: row[0])).date
      try run(
        "UPDATE \(table) SET local_date = ? WHERE \(key) = ?", [date.description, number])
    }
  }

  /// Gives sessions the slot that their new time belongs to.
  private func fileAnew(_ sessions: [Int64]) throws {
    for id in sessions {
      guard let row = try row("SELECT started_utc_us FROM session WHERE session_id = ?", [id])
      else { continue }
      let key = plans.key(at: Timestamp(microseconds: row[0]))
      try run(
        "UPDATE session SET local_date = ?, slot = ? WHERE session_id = ?",
        [key.date.description, key.slot.rawValue, id])
    }
  }

  private func slots(ofSessions sessions: [Int64]) throws -> Set<PersonSlot> {
    Set(
      try sessions.compactMap { id in
        try row("SELECT person, local_date, slot FROM session WHERE session_id = ?", [id])
          .flatMap { PersonSlot($0) }
      })
  }

  /// The slots between where an epoch of a boot begins now and where it will.
  private func slotsBetweenEpochs(of boot: KnownBoot) throws -> Set<PersonSlot> {
    let row = try row(
      """
      SELECT min(min(time_utc_us, ?2 + boot_us)) FROM epoch WHERE boot = ?1 AND clock = 'unsynced'
      """, boot.arguments)
    guard let first = row?[0] as Int64? else { return [] }
    return try slots(since: Timestamp(microseconds: first))
  }

  private func numbers(_ sql: String, _ boot: KnownBoot) throws -> [Int64] {
    try rows(sql, [boot.number]).map { $0[0] }
  }
}
