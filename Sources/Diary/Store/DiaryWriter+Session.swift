import GRDB
import Readings

extension DiaryWriter {
  /// Saves a session, derives its touches and its slot, and keeps the notice about it.
  func save(
    _ session: TapSession, announcing announce: (SavedSession) -> Notice
  ) throws -> (SavedSession, Notice) {
    try meet(session.person, session.started)
    let key = plans.key(at: session.started.utc)
    let session = derived(session, on: key.date)
    let id = try insert(session, key: key)
    for touch in session.touches { try insert(touch, session: id) }
    for (channel, reading) in session.air.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      try insert(reading, of: channel, session: id)
    }
    let values = try deriveSlot(of: session.person, key)
    let saved = SavedSession(
      id: id, key: key, session: session, values: values.filter { $0.sessionID == id })
    var notice = announce(saved)
    if notice.stamp == nil { notice.stamp = session.ended }
    try append(notice)
    return (saved, notice)
  }

  /// Notes that a person is known, from the earliest moment on.
  func meet(_ person: Person, _ stamp: Stamp) throws {
    let known =
      try row(
        "SELECT time_utc_us FROM person WHERE person = ?", [person.rawValue])?[0] as Int64?
    if let known, known <= stamp.utc.microseconds { return }
    try run(
      """
      INSERT INTO person (person, time_utc_us, boot, boot_us, clock) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET time_utc_us = excluded.time_utc_us, boot = excluded.boot,
        boot_us = excluded.boot_us, clock = excluded.clock
      """, [person.rawValue] + columns(of: stamp))
    guard let known else { return }
    try closeSlots(of: person, from: stamp.utc, to: Timestamp(microseconds: known))
  }

  private func insert(_ session: TapSession, key: SlotKey) throws -> Int64 {
    let (started, ended) = (session.started, session.ended)
    try run(
      """
      INSERT INTO session (person, local_date, slot, started_utc_us, started_boot_us, ended_utc_us,
        ended_boot_us, boot, clock, ended_clock, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        session.person.rawValue, key.date.description, key.slot.rawValue,
        started.utc.microseconds, started.bootMicroseconds,
        ended.utc.microseconds, ended.bootMicroseconds,
        try number(ofBoot: started.bootID), started.trust.rawValue, ended.trust.rawValue,
        session.verdict.rawValue,
      ])
    return db.lastInsertedRowID
  }

  private func insert(_ touch: Touch, session: Int64) throws {
    try run(
      """
      INSERT INTO touch (session_id, number, site, contact_us, time_utc_us, boot, boot_us, clock)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [session, touch.number, touch.site.rawValue, touch.contact?.wholeMicroseconds]
        + columns(of: touch.started))
    let id = db.lastInsertedRowID
    for measure in touch.measures {
      try run(
        """
        INSERT INTO measure (touch_id, channel, raw, raw_unit, value, spread, samples, reason, part,
          calibration_id, units_per_code, offset, greatest_code, fault)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          id, measure.channel.rawValue, measure.raw, measure.rawUnit.rawValue, measure.value,
          measure.spread, SampleBlob.encode(measure.samples), measure.refusal?.rawValue,
          try number(ofPart: measure.part),
          books.conversions.id(of: measure.part, measure.channel, at: touch.started.utc),
          measure.scale?.unitsPerCode, measure.scale?.offset, measure.scale?.greatestCode,
          measure.fault?.rawValue,
        ])
    }
  }

  private func insert(_ reading: AirReading, of channel: Channel, session: Int64) throws {
    let columns: StatementArguments =
      switch reading.state {
      case .absent(let absence): [nil, "absent", absence.rawValue]
      case .value(let value, _, _) where !value.isFinite:
        [nil, "absent", Absence.outOfRange.rawValue]
      case .value(let value, let quality, let reason): [value, quality.rawValue, reason]
      }
    try run(
      "INSERT INTO session_air (session_id, channel, value, quality, reason) VALUES (?, ?, ?, ?, ?)",
      [session, channel.rawValue] + columns)
  }
}

extension Duration {
  /// Whole microseconds, rounded towards zero.
  var wholeMicroseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  }
}
