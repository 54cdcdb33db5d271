import FoundationEssentials
import GRDB
import Readings

extension DiaryWriter {
  /// Keeps limits where they are others than the last.
  func adopt(_ limits: Limits, from stamp: Stamp) throws -> Bool {
    let last = try row("SELECT rules FROM limits ORDER BY limits DESC LIMIT 1")?[0] as String?
    let rules = try limits.json()
    guard last != rules else { return false }
    try run(
      """
      INSERT INTO limits (valid_from_utc_us, rules, time_utc_us, boot, boot_us, clock)
      VALUES (?, ?, ?, ?, ?, ?)
      """, [stamp.utc.microseconds, rules] + columns(of: stamp))
    try recallBooks()
    try deriveAgain(from: stamp.utc)
    return true
  }

  /// Adds counts to the rows of their hours.
  func append(_ health: [PartHealth]) throws {
    for part in health {
      try run(
        """
        INSERT INTO part_health VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET samples = samples + excluded.samples,
          corrupted = corrupted + excluded.corrupted,
          not_acknowledged = not_acknowledged + excluded.not_acknowledged,
          other_failures = other_failures + excluded.other_failures,
          recoveries = recoveries + excluded.recoveries, restarts = restarts + excluded.restarts,
          warm_up_seconds = warm_up_seconds + excluded.warm_up_seconds,
          uptime_seconds = uptime_seconds + excluded.uptime_seconds,
          status = coalesce(excluded.status, status)
        """,
        [
          part.hour.microseconds, try number(ofPart: part.part), part.samples, part.corrupted,
          part.notAcknowledged, part.otherFailures, part.recoveries, part.restarts,
          part.warmUpSeconds, part.uptimeSeconds, part.status,
        ])
    }
  }
}

extension DiaryWriter {
  /// Notes how much was written on a local date, over all.
  func noteBytesWritten(_ bytes: Int64, on date: LocalDate) throws {
    try run(
      """
      INSERT INTO disk_day VALUES (?, ?)
      ON CONFLICT DO UPDATE SET bytes_written = excluded.bytes_written
      """, [date.description, bytes])
  }
}

extension Limits {
  /// As the diary keeps them: the same limits give the same text.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
