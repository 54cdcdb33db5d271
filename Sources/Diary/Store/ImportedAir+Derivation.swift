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

  /// Lets the limits of an interval expect samples with another period; before and after it, and
  /// where another part measured in it, nothing is other than it was.
  ///
  /// - Parameters:
  ///   - seconds: From one sample to the next.
  ///   - from: The first sample.
  ///   - through: The last one.
  ///   - parts: Whose samples they are.
  /// - Throws: GRDB's errors.
  func expectSamples(
    every seconds: Double, from: Timestamp, through: Timestamp, of parts: [Int64]
  ) throws {
    let others = try row(
      """
      SELECT 1 FROM air WHERE time_utc_us BETWEEN ? AND ?
        AND part NOT IN (SELECT value FROM json_each(?)) LIMIT 1
      """, [from.microseconds, through.microseconds, "\(parts)"])
    let start = Timestamp(microseconds: Self.hour(of: from))
    let end = Timestamp(microseconds: Self.hour(of: through) + microsecondsPerHour)
    guard others == nil, books.limits.limits(at: start).airPeriodSeconds != seconds else { return }
    // The limits noted last rule from their beginning on: what comes after is noted once more.
    let ends =
      [end]
      + books.limits.changes.filter { $0 > end.microseconds }.sorted()
      .map { Timestamp(microseconds: $0) }
    let later = ends.map { ($0, books.limits.limits(at: $0)) }
    var limits = books.limits.limits(at: start)
    limits.airPeriodSeconds = seconds
    for (time, rules) in [(start, limits)] + later {
      try run(
        """
        INSERT INTO limits (valid_from_utc_us, rules, time_utc_us, boot, boot_us, clock)
        VALUES (?, ?, ?, ?, ?, ?)
        """, [time.microseconds, try rules.json()] + columns(of: .imported(time, .synced)))
    }
    try recallBooks()
  }
}
