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
    let hour = Self.hour(of: time)
    guard hour > samplesBegin else { return 0 }
    try run("DELETE FROM air WHERE time_utc_us < ?", [hour])
    let removed = db.changesCount
    try setMeta("air_begins_utc_us", "\(hour)")
    try recallAirBegins()
    return removed
  }
}
