import GRDB
import Readings

extension DiaryWriter {
  /// Removes samples before a moment, once their hours have their rollup; the hours stay.
  ///
  /// - Parameter time: Rounded down to a whole hour.
  /// - Returns: How many samples were removed.
  /// - Throws: GRDB's errors.
  func removeAir(before time: Timestamp) throws -> Int {
    try finishHours()
    let ends = AirColumn.all.map { ($0.channel, time) }
    return try prune(before: Dictionary(uniqueKeysWithValues: ends), budget: .max).removed
  }

  /// Removes some of what need not be kept any longer: values first, and a sample once it has none.
  ///
  /// - Parameters:
  ///   - ends: By channel the moment before which its samples go; for ever where there is none.
  ///   - budget: About how many samples to change at most.
  /// - Returns: What was done.
  /// - Throws: GRDB's errors.
  func prune(before ends: [Channel: Timestamp], budget: Int) throws -> Pruning {
    var pruning = Pruning()
    // What has no rollup yet stays until it has.
    let ends = AirColumn.all.map { column in
      ends[column.channel].map { min(Self.hour(of: $0), rollupEnd) } ?? .min
    }
    while pruning.changed < budget {
      guard let slice = try nextSlice(ends) else {
        pruning.isDone = true
        break
      }
      try remove(slice, &pruning)
    }
    return pruning
  }

  /// The earliest hour that holds something to be removed, and of which channels.
  private func nextSlice(_ ends: [Int64]) throws -> PruneSlice? {
    let due = AirColumn.all.filter { airBegins[$0.bit] < ends[$0.bit] }
    guard let from = due.map({ airBegins[$0.bit] }).min() else { return nil }
    let row = try row("SELECT min(time_utc_us) FROM air WHERE time_utc_us >= ?", [from])
    guard let first = row?[0] as Int64? else { return nil }
    // Where there are no samples there is nothing to be done.
    let begin = max(from, Self.hour(of: Timestamp(microseconds: first)))
    let columns = due.filter { airBegins[$0.bit] <= begin && begin < ends[$0.bit] }
    guard !columns.isEmpty else {
      // Samples of other channels lie between.
      try note(due.filter { ends[$0.bit] <= begin }.map { ($0, ends[$0.bit]) })
      return try nextSlice(ends)
    }
    return PruneSlice(columns: columns, from: begin, to: begin + microsecondsPerHour)
  }

  private func remove(_ slice: PruneSlice, _ pruning: inout Pruning) throws {
    try run(slice.update, [slice.from, slice.to])
    pruning.changed += db.changesCount
    for (key, count) in try emptied(slice) {
      try run(
        "UPDATE air_part_day SET samples = samples - ? WHERE local_date = ? AND part = ?",
        [count, key.date.description, key.part])
    }
    try run(
      "DELETE FROM air WHERE time_utc_us >= ? AND time_utc_us < ? AND offered = 0",
      [slice.from, slice.to])
    pruning.removed += db.changesCount
    try note(slice.columns.map { ($0, slice.to) })
  }

  /// How many samples of each day and part have nothing left.
  private func emptied(_ slice: PruneSlice) throws -> [PartDay: Int] {
    let rows = try rows(
      """
      SELECT time_utc_us, part FROM air
      WHERE time_utc_us >= ? AND time_utc_us < ? AND offered = 0
      """, [slice.from, slice.to])
    return rows.reduce(into: [:]) { counts, row in
      let date = plans.date(at: Timestamp(microseconds: row[0]))
      counts[PartDay(date: date, part: row[1]), default: 0] += 1
    }
  }

  private func note(_ begins: [(column: AirColumn, begin: Int64)]) throws {
    for (column, begin) in begins {
      airBegins[column.bit] = begin
      try setMeta("air_begins_utc_us:" + column.channel.rawValue, "\(begin)")
    }
  }
}

/// A day of a part.
private struct PartDay: Hashable {
  var date: LocalDate
  var part: Int64
}

/// What of a stretch of samples goes.
private struct PruneSlice {
  var columns: [AirColumn]
  var from: Int64
  var to: Int64

  /// Takes the columns' values, and whatever was said of them.
  var update: String {
    let mask = columns.map(\.mask).reduce(0, |)
    let paths = columns.map { "'$.\"\($0.channel.rawValue)\"'" }.joined(separator: ", ")
    return """
      UPDATE air SET \(columns.map { $0.name + " = NULL" }.joined(separator: ", ")),
        offered = offered & ~\(mask), flags = nullif(json_remove(flags, \(paths)), '{}'),
        raw = nullif(json_remove(raw, \(paths)), '{}')
      WHERE time_utc_us >= ? AND time_utc_us < ? AND offered & \(mask)
      """
  }
}
