import GRDB
import Normalisation
import Readings

/// A value as a row of `slot_value` has it.
private struct StoredValue {
  var epoch: Int64
  var isAir: Bool
  var point: SeriesPoint
}

extension DiaryWriter {
  /// Makes a slot's values the given ones, and normalises anew exactly what depends on a change.
  func replaceValues(
    of person: Person, _ key: SlotKey, with derived: [DerivedValue], keepingAir: Bool
  ) throws -> [SlotValue] {
    let stored = try storedValues(of: person, key).filter { !(keepingAir && $0.isAir) }
    var old = Dictionary(uniqueKeysWithValues: stored.map { ($0.epoch, $0.point) })
    var current: [(epoch: Int64, value: DerivedValue)] = []
    for value in derived {
      let epoch = try epoch(
        person, value.channel, value.site, at: value.time, opening: "first reading")
      let point = SeriesPoint(date: key.date, value: value.value, quality: value.quality)
      try write(value, epoch: epoch, key)
      try renormalise(
        Series(epoch: epoch, slot: key.slot, floor: floor(of: value.channel)),
        old: old.removeValue(forKey: epoch), new: point, at: key.date)
      current.append((epoch, value))
    }
    for (epoch, point) in old.sorted(by: { $0.key < $1.key }) {
      try run(
        "DELETE FROM slot_value WHERE epoch = ? AND slot = ? AND local_date = ?",
        [epoch, key.slot.rawValue, key.date.description])
      try renormalise(try series(epoch, key.slot), old: point, new: nil, at: key.date)
    }
    for epoch in current.map(\.epoch) + old.keys.sorted() {
      try settle(epoch, ifBeginningBy: key.date)
    }
    return try current.map { try slotValue($1, epoch: $0, of: person, key) }
  }

  private func storedValues(of person: Person, _ key: SlotKey) throws -> [StoredValue] {
    try rows(
      """
      SELECT v.epoch, e.site = '', v.value, v.quality FROM epoch AS e JOIN slot_value AS v USING (epoch)
      WHERE e.person = ? AND v.local_date = ? AND v.slot = ?
      """, arguments(person, key)
    ).map { StoredValue(epoch: $0[0], isAir: $0[1], point: try point($0, date: key.date, from: 2)) }
  }

  private func write(_ value: DerivedValue, epoch: Int64, _ key: SlotKey) throws {
    try run(
      """
      INSERT INTO slot_value (epoch, slot, local_date, value, spread, count, quality, session_id)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET value = excluded.value, spread = excluded.spread,
        count = excluded.count, quality = excluded.quality, session_id = excluded.session_id
      """,
      [
        epoch, key.slot.rawValue, key.date.description, value.value, value.spread, value.count,
        value.quality.rawValue, value.sessionID,
      ])
  }

  private func slotValue(
    _ value: DerivedValue, epoch: Int64, of person: Person, _ key: SlotKey
  ) throws -> SlotValue {
    let row = try row(
      """
      SELECT ma7, z7, n7, z30, n30, baseline_state FROM slot_value
      WHERE epoch = ? AND slot = ? AND local_date = ?
      """, [epoch, key.slot.rawValue, key.date.description])
    return SlotValue(
      person: person, key: key, channel: value.channel, site: value.site, value: value.value,
      spread: value.spread, count: value.count, quality: value.quality,
      sessionID: value.sessionID, epoch: epoch,
      normalised: NormalisedValue(
        mean7: row?[0], z7: row?[1], n7: row?[2] ?? 0, z30: row?[3], n30: row?[4] ?? 0,
        baseline: row.flatMap { BaselineState(rawValue: $0[5]) } ?? .forming))
  }
}

/// One series: an epoch (which has a person, a channel and a site) in one slot.
private struct Series {
  var epoch: Int64
  var slot: Slot
  var floor: Double
}

extension DiaryWriter {
  private func series(_ epoch: Int64, _ slot: Slot) throws -> Series {
    let name = try row("SELECT channel FROM epoch WHERE epoch = ?", [epoch])?[0] as String?
    let channel = name.flatMap { Channel(rawValue: $0) }
    return Series(epoch: epoch, slot: slot, floor: channel.map(floor(of:)) ?? 1)
  }

  /// Normalises anew what depends on the point of one date, already written or deleted.
  private func renormalise(
    _ series: Series, old: SeriesPoint?, new: SeriesPoint?, at date: LocalDate
  ) throws {
    guard old != new else { return }
    let after = try points(of: series, around: date)
    var before = after.filter { $0.date != date }
    if let old { before.insert(old, at: before.firstIndex { date < $0.date } ?? before.endIndex) }
    let normaliser = Normaliser(floor: series.floor)
    for affected in Normaliser.affectedDates(by: date, before: before, after: after) {
      guard let value = normaliser.normalise(affected, in: after) else { continue }
      try run(
        """
        UPDATE slot_value SET ma7 = ?, z7 = ?, n7 = ?, z30 = ?, n30 = ?, baseline_state = ?
        WHERE epoch = ? AND slot = ? AND local_date = ?
        """,
        [
          value.mean7, value.z7, value.n7, value.z30, value.n30, value.baseline.rawValue,
          series.epoch, series.slot.rawValue, affected.description,
        ])
    }
  }

  /// As much of a series as the values that depend on a date depend on.
  ///
  /// Where the date comes after a full baseline that is its first thirty values and the days
  /// around the date; else the whole series.
  private func points(of series: Series, around date: LocalDate) throws -> [SeriesPoint] {
    let baseline = try points(
      of: series, "quality = 'ok' AND local_date < ?", [date.description],
      limit: Normaliser.baselineSize)
    guard baseline.count == Normaliser.baselineSize, let last = baseline.last else {
      return try points(of: series, "TRUE", [], limit: -1)
    }
    let days = Normaliser.windowDays
    // From the window's first day, or from the baseline's end where that is later.
    let from = max(date - days, last.date + 1)
    let near = try points(
      of: series, "local_date BETWEEN ? AND ?", [from.description, (date + days).description],
      limit: -1)
    return baseline + near
  }

  private func points(
    of series: Series, _ condition: String, _ arguments: StatementArguments, limit: Int
  ) throws -> [SeriesPoint] {
    let cursor = try Row.fetchCursor(
      try db.cachedStatement(
        sql: """
          SELECT local_date, value, quality FROM slot_value
          WHERE epoch = ? AND slot = ? AND \(condition) ORDER BY local_date LIMIT ?
          """), arguments: [series.epoch, series.slot.rawValue] + arguments + [limit])
    var points: [SeriesPoint] = []
    while let row = try cursor.next() {
      guard let date = LocalDate(row[0] as String) else { continue }
      points.append(try point(row, date: date, from: 1))
    }
    return points
  }

  private func point(_ row: Row, date: LocalDate, from index: Int) throws -> SeriesPoint {
    SeriesPoint(
      date: date, value: row[index], quality: Quality(rawValue: row[index + 1]) ?? .bad)
  }
}
