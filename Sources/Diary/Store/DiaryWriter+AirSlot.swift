import GRDB
import Readings

extension DiaryWriter {
  /// Gives every person's ended slots their air, from the last closed one on.
  func closeSlots(before now: Timestamp) throws {
    guard let last = try row("SELECT max(time_utc_us) FROM air")?[0] as Int64? else { return }
    let people = try rows(
      "SELECT person, time_utc_us, closed_date, closed_slot FROM person ORDER BY person")
    for row in people {
      let closed = (row[2] as String?).flatMap { LocalDate($0) }.map { date in
        SlotKey(date: date, slot: Slot(rawValue: row[3]) ?? .evening)
      }
      try closeSlots(
        of: Person(row[0]),
        from: closed?.next ?? plans.key(at: Timestamp(microseconds: row[1])), before: now,
        lastSample: Timestamp(microseconds: last))
    }
  }

  private func closeSlots(
    of person: Person, from first: SlotKey, before now: Timestamp, lastSample: Timestamp
  ) throws {
    var key = first
    while true {
      let end = plans.end(of: key)
      // A slot that no sample reaches yet waits: the samples may still be in somebody's hands.
      guard end <= now, end - Self.airWindow <= lastSample else { break }
      try run(
        "UPDATE person SET closed_date = ?, closed_slot = ? WHERE person = ?",
        [key.date.description, key.slot.rawValue, person.rawValue])
      if try airReference(of: person, key) == nil { try deriveSlot(of: person, key) }
      key = key.next
    }
  }

  /// Gives air to slots before the first that was closed, of a person who turns out to have been
  /// known longer.
  func closeSlots(of person: Person, from: Timestamp, to: Timestamp) throws {
    var key = plans.key(at: from)
    let last = plans.key(at: to)
    while try key < last && isClosed(key, of: person) {
      if try airReference(of: person, key) == nil { try deriveSlot(of: person, key) }
      key = key.next
    }
  }

  /// Gives air to the slots between the moment a person is known from now and was before.
  func closeSlotsAnew(of person: Person, knownBefore: Int64) throws {
    let row = try row("SELECT time_utc_us FROM person WHERE person = ?", [person.rawValue])
    try closeSlots(
      of: person, from: Timestamp(microseconds: row?[0] ?? knownBefore),
      to: Timestamp(microseconds: knownBefore))
  }

  /// Opens slots again that a fast clock closed before they had ended.
  func reopenSlots(endingAfter now: Timestamp) throws {
    let open = plans.key(at: now)
    for row in try rows("SELECT person, closed_date, closed_slot FROM person") {
      guard let closed = PersonSlot(row), open <= closed.key else { continue }
      // The next closing goes through them all from the first, and finds most of them done.
      try run(
        "UPDATE person SET closed_date = NULL, closed_slot = NULL WHERE person = ?",
        [closed.person.rawValue])
    }
    let early = try rows(
      "SELECT person, local_date, slot FROM air_slot WHERE reference_utc_us > ?",
      [now.microseconds])
    try deriveSlots(Set(early.compactMap { PersonSlot($0) }))
  }

  /// Notes before which moment a slot's air is taken: its session's start; its own end where it
  /// was closed without one; nothing where neither is there.
  func noteAirReference(_ session: Timestamp?, of person: Person, _ key: SlotKey) throws {
    let reference = try session ?? (isClosed(key, of: person) ? plans.end(of: key) : nil)
    guard let reference else {
      try run(
        "DELETE FROM air_slot WHERE person = ? AND local_date = ? AND slot = ?",
        arguments(person, key))
      return
    }
    try run(
      """
      INSERT INTO air_slot (person, local_date, slot, reference_utc_us) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET reference_utc_us = excluded.reference_utc_us
      WHERE reference_utc_us <> excluded.reference_utc_us
      """, arguments(person, key) + [reference.microseconds])
    lastAirReference = max(lastAirReference ?? reference, reference)
  }

  /// The moment before which a slot's air is taken, where it is known.
  func airReference(of person: Person, _ key: SlotKey) throws -> Timestamp? {
    try row(
      "SELECT reference_utc_us FROM air_slot WHERE person = ? AND local_date = ? AND slot = ?",
      arguments(person, key)
    ).map { Timestamp(microseconds: $0[0]) }
  }

  /// Derives anew the slots whose air holds samples of some hours.
  func rederiveAirSlots(touching hours: Set<Int64>) throws {
    try deriveSlots(try airSlots(touching: hours))
  }

  /// The slots whose air holds samples of some hours.
  func airSlots(touching hours: Set<Int64>) throws -> Set<PersonSlot> {
    guard let first = hours.min(), let last = hours.max() else { return [] }
    return try airSlots(
      samplesFrom: Timestamp(microseconds: first),
      through: Timestamp(microseconds: last + microsecondsPerHour))
  }

  /// The slots whose air holds samples of an interval.
  func airSlots(samplesFrom: Timestamp, through: Timestamp) throws -> Set<PersonSlot> {
    let rows = try rows(
      """
      SELECT person, local_date, slot FROM air_slot
      WHERE reference_utc_us > ? AND reference_utc_us <= ?
      """, [samplesFrom.microseconds, (through + Self.airWindow).microseconds])
    return Set(rows.compactMap { PersonSlot($0) })
  }

  private func isClosed(_ key: SlotKey, of person: Person) throws -> Bool {
    let row = try row(
      "SELECT closed_date, closed_slot FROM person WHERE person = ?", [person.rawValue])
    guard let row, let date = (row[0] as String?).flatMap({ LocalDate($0) }),
      let slot = (row[1] as String?).flatMap({ Slot(rawValue: $0) })
    else { return false }
    return key <= SlotKey(date: date, slot: slot)
  }
}
