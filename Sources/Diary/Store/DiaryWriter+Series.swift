import GRDB
import Normalisation
import Readings

/// A value as a row of `slot_value` has it.
private struct StoredValue {
  var epoch: Int64
  var point: SeriesPoint
  var value: DerivedValue
}

extension DiaryWriter {
  /// Makes a slot's values the given ones, and normalises anew exactly what depends on a change.
  ///
  /// - Parameters:
  ///   - person: Whose slot.
  ///   - key: Which slot.
  ///   - derived: What it comes to.
  ///   - kept: Channels whose values stay as they are.
  ///   - changed: Hears of each value that is other than before; nil where series are normalised
  ///     here and now, and not by the caller.
  /// - Returns: The given values, each with its epoch.
  /// - Throws: GRDB's errors.
  @discardableResult
  func replaceValues(
    of person: Person, _ key: SlotKey, with derived: [DerivedValue], keeping kept: Set<Channel>,
    changed: ((ChangedValue) -> Void)? = nil
  ) throws -> [(epoch: Int64, value: DerivedValue)] {
    let stored = try storedValues(of: person, key).filter { !kept.contains($0.value.channel) }
    var old = Dictionary(uniqueKeysWithValues: stored.map { ($0.epoch, $0) })
    var current: [(epoch: Int64, value: DerivedValue)] = []
    for value in derived {
      let epoch = try epoch(
        person, value.channel, value.site, at: value.time, opening: "first reading")
      let before = old.removeValue(forKey: epoch)
      current.append((epoch, value))
      if before.map({ $0.value.isSame(as: value) }) == true { continue }
      try write(value, epoch: epoch, key)
      changed?(ChangedValue(person: person, key: key, old: before?.value, new: value))
      guard changed == nil else { continue }
      let point = SeriesPoint(date: key.date, value: value.value, quality: value.quality)
      try renormalise(
        Series(epoch: epoch, slot: key.slot, floor: floor(of: value.channel)),
        old: before?.point, new: point, at: key.date)
    }
    for (epoch, before) in old.sorted(by: { $0.key < $1.key }) {
      try run(
        "DELETE FROM slot_value WHERE epoch = ? AND slot = ? AND local_date = ?",
        [epoch, key.slot.rawValue, key.date.description])
      changed?(ChangedValue(person: person, key: key, old: before.value, new: nil))
      guard changed == nil else { continue }
      try renormalise(try series(epoch, key.slot), old: before.point, new: nil, at: key.date)
    }
    // Whoever hears of the changes settles the epochs, too.
    guard changed == nil else { return current }
    for epoch in current.map(\.epoch) + old.keys.sorted() {
      try settle(epoch, ifBeginningBy: key.date)
    }
    return current
  }

  private func storedValues(of person: Person, _ key: SlotKey) throws -> [StoredValue] {
    try rows(
      """
      SELECT v.epoch, v.value, v.quality, e.channel, e.site, v.spread, v.count, v.session_id,
        v.reason
      FROM epoch AS e JOIN slot_value AS v USING (epoch)
      WHERE e.person = ? AND v.local_date = ? AND v.slot = ?
      """, arguments(person, key)
    ).compactMap { row in
      let point = try point(row, date: key.date, from: 1)
      guard let channel = Channel(rawValue: row[3]) else { return nil }
      let site = row[4] as String
      return StoredValue(
        epoch: row[0], point: point,
        value: DerivedValue(
          channel: channel, site: site.isEmpty ? nil : Site(site), value: point.value,
          spread: row[5], count: row[6], quality: point.quality, reason: row[8],
          sessionID: row[7], time: Timestamp(microseconds: 0)))
    }
  }

  private func write(_ value: DerivedValue, epoch: Int64, _ key: SlotKey) throws {
    try run(
      """
      INSERT INTO slot_value (epoch, slot, local_date, value, spread, count, quality, session_id,
        reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET value = excluded.value, spread = excluded.spread,
        count = excluded.count, quality = excluded.quality, session_id = excluded.session_id,
        reason = excluded.reason
      """,
      [
        epoch, key.slot.rawValue, key.date.description, value.value, value.spread, value.count,
        value.quality.rawValue, value.sessionID, value.reason,
      ])
  }

  func slotValue(
    _ value: DerivedValue, epoch: Int64, of person: Person, _ key: SlotKey
  ) throws -> SlotValue {
    let row = try row(
      """
      SELECT ma7, z7, n7, z30, n30, baseline_state FROM slot_value
      WHERE epoch = ? AND slot = ? AND local_date = ?
      """, [epoch, key.slot.rawValue, key.date.description])
    return SlotValue(
      person: person, key: key, channel: value.channel, site: value.site, value: value.value,
      spread: value.spread, count: value.count, quality: value.quality, reason: value.reason,
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
      _ = try write(value, series, affected)
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

  /// Normalises every value of every series anew, and writes what is other than before.
  func normaliseEverything(_ ledger: ChangeLedger) throws {
    let all = try rows("SELECT DISTINCT epoch, slot FROM slot_value ORDER BY epoch, slot")
    for row in all {
      guard let slot = Slot(rawValue: row[1]) else { continue }
      let series = try series(row[0], slot)
      let points = try points(of: series, "TRUE", [], limit: -1)
      let normaliser = Normaliser(floor: series.floor)
      for point in points {
        guard let value = normaliser.normalise(point.date, in: points) else { continue }
        if try write(value, series, point.date) { ledger.noteComparison() }
      }
    }
  }

  /// Writes how a value compares, where that is other than before.
  private func write(
    _ value: NormalisedValue, _ series: Series, _ date: LocalDate
  ) throws -> Bool {
    try run(
      """
      UPDATE slot_value SET ma7 = ?1, z7 = ?2, n7 = ?3, z30 = ?4, n30 = ?5, baseline_state = ?6
      WHERE epoch = ?7 AND slot = ?8 AND local_date = ?9
        AND (ma7, z7, n7, z30, n30, baseline_state) IS NOT (?1, ?2, ?3, ?4, ?5, ?6)
      """,
      [
        value.mean7, value.z7, value.n7, value.z30, value.n30, value.baseline.rawValue,
        series.epoch, series.slot.rawValue, date.description,
      ])
    return db.changesCount > 0
  }
}
