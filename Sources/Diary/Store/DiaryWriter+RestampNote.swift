import GRDB
import Readings

extension DiaryWriter {
  /// Keeps what a re-stamping moved, and from when to when.
  func note(_ report: RestampReport, of boot: KnownBoot, at stamp: Stamp) throws {
    try run(
      """
      INSERT INTO restamp (restamped_boot, boot_time_zero_utc_us, sessions, air_samples, others,
        from_utc_us, to_utc_us, moved_us, time_utc_us, boot, boot_us, clock)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      boot.arguments + [
        report.sessions, report.airSamples, report.others, report.move?.earliest.microseconds,
        report.move?.latest.microseconds, report.move?.by.wholeMicroseconds,
      ] + columns(of: stamp))
  }

  /// From when to when a boot's unsynced rows were, and how far the first of them will move.
  func move(of boot: KnownBoot) throws -> RestampReport.Move? {
    let row = try row(
      """
      WITH moving AS (
        SELECT started_utc_us AS time_utc_us, started_boot_us AS boot_us FROM session
          WHERE boot = ?1 AND clock = 'unsynced'
        UNION ALL SELECT time_utc_us, boot_us FROM notice WHERE boot = ?1 AND clock = 'unsynced'
        UNION ALL SELECT time_utc_us, boot_us FROM air WHERE boot = ?1 AND clock = 1)
      SELECT time_utc_us, (SELECT max(time_utc_us) FROM moving), ?2 + boot_us - time_utc_us
      FROM moving ORDER BY time_utc_us LIMIT 1
      """, boot.arguments)
    return row.map { row in
      RestampReport.Move(
        earliest: Timestamp(microseconds: row[0]), latest: Timestamp(microseconds: row[1]),
        by: .microseconds(row[2] as Int64))
    }
  }
}
