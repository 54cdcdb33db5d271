import GRDB
import Readings

extension DiaryWriter {
  /// Checks samples that came in their thousands, and derives hours, days and slots, in one pass.
  ///
  /// - Parameter hours: Those in which samples were added or changed.
  /// - Throws: GRDB's errors.
  func deriveImportedAir(of hours: Set<Int64>) throws {
    guard let first = hours.min(),
      let last = try row("SELECT max(time_utc_us) FROM air")?[0] as Int64?
    else { return }
    // What is remembered for the next sample may be another now.
    checkers = [:]
    let begin = rollupEnd == .min ? first : min(first, rollupEnd)
    let open = Self.hour(of: Timestamp(microseconds: last))
    if rollupEnd < open { try setRollupEnd(open) }
    var pass = AirPass(from: begin, windows: [], in: self, ChangeLedger())
    try pass.run { _ in }
    try deriveSlots(try airSlots(touching: hours))
  }
}
