import GRDB
import Readings

extension DiaryWriter {
  /// Moves a boot's unsynced samples, and derives anew what is said of them, and the hours they leave
  /// and come to.
  ///
  /// - Parameter boot: The boot, and when its clock stood at zero.
  /// - Returns: How many samples moved, and the slots whose air they were or are.
  /// - Throws: GRDB's errors.
  func restampAir(of boot: KnownBoot) throws -> (samples: Int, dirty: Set<PersonSlot>) {
    let moves = try rows(
      "SELECT time_utc_us, boot_us FROM air WHERE boot = ? AND clock = 1 ORDER BY time_utc_us",
      [boot.number]
    ).map { (from: $0[0] as Int64, to: boot.zero.microseconds + ($0[1] as Int64)) }
    guard let first = moves.first else { return (0, []) }
    // The samples ahead make room for those behind.
    for (from, to) in first.to > first.from ? moves.reversed() : moves {
      try moveSample(from: from, to: to)
    }
    var hours = Set(
      moves.flatMap { [$0.from, $0.to] }.map { Self.hour(of: Timestamp(microseconds: $0)) })
    // What came after the places that they left, or came to, is checked against another past.
    checkers = [:]
    for times in [moves.map(\.from), moves.map(\.to)] {
      guard let first = times.min(), let last = times.max() else { continue }
      let changed = try deriveAir(from: first, to: last + books.limits.memory + 1)
      hours.formUnion(changed.map { Self.hour(of: Timestamp(microseconds: $0)) })
    }
    let last = try row("SELECT max(time_utc_us) FROM air")?[0] as Int64? ?? 0
    let open = Self.hour(of: Timestamp(microseconds: last))
    if rollupEnd > open {
      // The samples may have left the hours after it. It gets its rollup when they leave it, as ever.
      try run("DELETE FROM air_hour WHERE hour_utc_us >= ?", [open])
      hours.insert(open)
      try setRollupEnd(open)
      try deriveDays(of: hours)
    }
    try rollUp(hours)
    return (moves.count, try airSlots(touching: hours))
  }

  private func moveSample(from: Int64, to: Int64) throws {
    var nudge: Int64 = 0
    repeat {
      try run(
        """
        UPDATE OR IGNORE air SET time_utc_us = ?, nudged_us = ?, clock = 2 WHERE time_utc_us = ?
        """, [to + nudge, nudge, from])
      nudge += 1
    } while db.changesCount == 0
  }
}
