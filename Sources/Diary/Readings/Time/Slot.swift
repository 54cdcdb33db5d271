/// The half of the person's day a tap belongs to.
///
/// Mornings are compared with mornings only.
package enum Slot: String, Hashable, Sendable, CaseIterable, Codable {
  case morning, evening
}

/// One slot of one local date.
///
/// An evening carries the date it began on.
package struct SlotKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  package var date: LocalDate
  package var slot: Slot

  package init(date: LocalDate, slot: Slot) {
    self.date = date
    self.slot = slot
  }

  package static func < (a: SlotKey, b: SlotKey) -> Bool {
    a.date == b.date ? a.slot == .morning && b.slot == .evening : a.date < b.date
  }

  /// Date and slot: `2026-11-21 evening`.
  package var description: String { "\(date) \(slot.rawValue)" }

  /// The slot that begins when this one ends.
  package var next: SlotKey {
    switch slot {
    case .morning: SlotKey(date: date, slot: .evening)
    case .evening: SlotKey(date: date + 1, slot: .morning)
    }
  }
}

/// How a person's days are cut into slots: a time zone and two times of day.
package struct DayPlan: Hashable, Sendable {
  package var zone: ZoneRules
  /// Minutes after local midnight at which the morning begins; default 240 (04:00).
  package var morningStart: Int
  /// Minutes after local midnight at which the evening begins; default 840 (14:00).
  package var eveningStart: Int

  package init(zone: ZoneRules, morningStart: Int = 240, eveningStart: Int = 840) {
    precondition(0 <= morningStart && morningStart < eveningStart && eveningStart < 1440)
    self.zone = zone
    self.morningStart = morningStart
    self.eveningStart = eveningStart
  }

  /// The local date and the minute of the local day at a moment.
  package func local(_ time: Timestamp) -> (date: LocalDate, minute: Int) {
    let seconds = time.seconds + Int64(zone.offsetSeconds(at: time.seconds))
    let days = seconds.flooringDivision(by: 86_400)
    return (LocalDate(daysSince1970: Int(days)), Int((seconds - days * 86_400) / 60))
  }

  /// The slot a moment belongs to: a tap at 00:30 belongs to the evening before.
  package func slot(at time: Timestamp) -> SlotKey {
    let (date, minute) = local(time)
    if minute < morningStart { return SlotKey(date: date - 1, slot: .evening) }
    return SlotKey(date: date, slot: minute < eveningStart ? .morning : .evening)
  }

  /// When a slot begins; it ends when the next one begins.
  package func start(of key: SlotKey) -> Timestamp {
    let minute = key.slot == .morning ? morningStart : eveningStart
    return zone.timestamp(date: key.date, minute: minute)
  }

  /// When a slot ends, exclusive.
  package func end(of key: SlotKey) -> Timestamp { start(of: key.next) }
}
