import GRDB
import Readings

extension DiaryReader {
  /// What a slot's value of the air comes from: the mean over the 12 h before its session or end.
  func airOrigin(_ name: ValueName) throws -> ValueOrigin {
    let reference = try Int64.fetchOne(
      db,
      sql: """
        SELECT reference_utc_us FROM air_slot WHERE person = ? AND local_date = ? AND slot = ?
        """, arguments: arguments(name.person, name.key)
    ).map { Timestamp(microseconds: $0) }
    guard let reference, let column = AirColumn(name.channel) else { return ValueOrigin() }
    var window = AirWindow(
      from: reference - DiaryWriter.airWindow, to: reference, samples: 0, leftOut: [:],
      isGone: false)
    window.isGone = try window.from < airBegins(column.channel)
    let entry = try add(column, to: &window)
    var origin = ValueOrigin(air: window, time: reference)
    if !window.isGone, entry.count > 0 {
      origin.derived = DerivedSlotValue(
        value: entry.mean, spread: nil, count: entry.count, quality: .ok, reason: nil,
        normalised: .none)
    }
    return origin
  }

  /// Adds up the valid values of a window in the order of time, and counts the others.
  private func add(_ column: AirColumn, to window: inout AirWindow) throws -> AirTally.Entry {
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(column.name), flags ->> '$."\(column.channel.rawValue)"' FROM air
        WHERE time_utc_us >= ? AND time_utc_us < ? AND offered & ? ORDER BY time_utc_us
        """, arguments: [window.from.microseconds, window.to.microseconds, column.mask])
    var tally = AirTally()
    let index = AirColumn.all.firstIndex { $0.channel == column.channel } ?? 0
    while let row = try cursor.next() {
      window.samples += 1
      if let value = try row.decode(Double?.self, atIndex: 0),
        (try row.decode(String?.self, atIndex: 1)) == nil
      {
        tally.add(value, to: index)
      } else {
        window.leftOut[try row.decode(atIndex: 1) ?? Absence.notReady.rawValue, default: 0] += 1
      }
    }
    let entry = tally.entries[index]
    if entry.count > 0 { (window.least, window.greatest) = (entry.least, entry.greatest) }
    return entry
  }

  /// From when on the values of a channel are there: earlier ones were removed.
  func airBegins(_ channel: Channel) throws -> Timestamp {
    let begins = try String.fetchAll(
      db, sql: "SELECT value FROM meta WHERE key IN (?, ?)",
      arguments: ["air_begins_utc_us", "air_begins_utc_us:" + channel.rawValue])
    return Timestamp(microseconds: begins.compactMap { Int64($0) }.max() ?? 0)
  }
}
