import GRDB
import Readings

/// What was in force at a moment: limits, parts, calibrations, clocks.
extension DiaryReader {
  /// The limits in force at a moment; the usual ones where the diary has none.
  ///
  /// - Parameters:
  ///   - time: When.
  ///   - date: The local date of what is checked; nil for the air.
  ///   - book: Every set of limits, where it was read already.
  /// - Returns: The limits, and which they are.
  /// - Throws: GRDB's errors.
  func limits(
    at time: Timestamp, on date: LocalDate? = nil, in book: LimitsBook? = nil
  ) throws -> LimitsInForce {
    let rows = try Row.fetchAll(
      db, sql: "SELECT limits, valid_from_utc_us, since_date FROM limits ORDER BY limits")
    let begun = try rows.lastIndex { row in
      guard try row.decode(Int64.self, atIndex: 1) <= time.microseconds else { return false }
      guard let since = (try row.decode(String?.self, atIndex: 2)).flatMap({ LocalDate($0) }),
        let date
      else {
        return true
      }
      return since <= date
    }
    let index = begun ?? rows.startIndex
    let book = try book ?? LimitsBook(db)
    var inForce = LimitsInForce(limits: book.limits(at: time, on: date))
    guard index < rows.endIndex else { return inForce }
    inForce.number = rows[index][0]
    inForce.from = begun.map { Timestamp(microseconds: rows[$0][1]) }
    inForce.since = (rows[index][2] as String?).flatMap { LocalDate($0) }
    inForce.until = rows[(index + 1)...].map { $0[1] as Int64 }
      .filter { $0 > time.microseconds }.min().map { Timestamp(microseconds: $0) }
    return inForce
  }

  /// Who a part was at a moment; before it was first asked, who it said it was then.
  func part(_ name: String, at time: Timestamp) throws -> PartThen? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT p.name, i.product, i.serial, i.firmware, i.status, i.channels, i.time_utc_us
        FROM part AS p JOIN part_identity AS i USING (part) WHERE p.name = ?
        ORDER BY i.time_utc_us <= ? DESC, CASE WHEN i.time_utc_us <= ? THEN -i.time_utc_us
          ELSE i.time_utc_us END, i.identity DESC LIMIT 1
        """, arguments: [name, time.microseconds, time.microseconds])
    return try row.map { row in
      PartThen(
        identity: try PartIdentity(row, in: db),
        since: Timestamp(microseconds: try row.decode(atIndex: 6)),
        health: try health(of: name, at: time))
    }
  }

  /// What was counted of a part in the hour of a moment.
  private func health(of part: String, at time: Timestamp) throws -> PartHealth? {
    try Row.fetchOne(
      db,
      sql: "SELECT * FROM v1_health WHERE hour_utc_us = ? AND part = ?",
      arguments: [DiaryWriter.hour(of: time), part]
    ).map { row in
      PartHealth(
        part: try row.decode(forColumn: "part"),
        hour: Timestamp(microseconds: try row.decode(forColumn: "hour_utc_us")),
        samples: try row.decode(forColumn: "samples"),
        corrupted: try row.decode(forColumn: "corrupted"),
        notAcknowledged: try row.decode(forColumn: "not_acknowledged"),
        otherFailures: try row.decode(forColumn: "other_failures"),
        recoveries: try row.decode(forColumn: "recoveries"),
        restarts: try row.decode(forColumn: "restarts"),
        warmUpSeconds: try row.decode(forColumn: "warm_up_seconds"),
        uptimeSeconds: try row.decode(forColumn: "uptime_seconds"),
        status: try row.decode(forColumn: "status"))
    }
  }

  /// When a boot's clock became known, and what that moved; oldest first.
  func restamps(ofBoot id: String) throws -> [Restamp] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT r.restamp, r.boot_time_zero_utc_us, r.sessions, r.air_samples, r.others,
          r.time_utc_us, n.boot_id, r.boot_us, r.clock, r.from_utc_us, r.to_utc_us, r.moved_us
        FROM restamp AS r JOIN boot AS b ON b.boot = r.restamped_boot JOIN boot AS n
          ON n.boot = r.boot
        WHERE b.boot_id = ? ORDER BY r.restamp
        """, arguments: [id]
    ).map { row in
      Restamp(
        number: try row.decode(atIndex: 0), stamp: try Stamp(row, at: 5), bootID: id,
        bootTimeZero: Timestamp(microseconds: try row.decode(atIndex: 1)),
        report: RestampReport(
          sessions: try row.decode(atIndex: 2), airSamples: try row.decode(atIndex: 3),
          others: try row.decode(atIndex: 4),
          move: try RestampReport.Move(row, at: 9)))
    }
  }

  /// The least scale of a channel's deviations.
  func floor(of channel: Channel) throws -> Double {
    try Double.fetchOne(
      db, sql: "SELECT floor FROM channel WHERE channel = ?", arguments: [channel.rawValue])
      ?? channel.defaultFloor
  }
}

extension RestampReport.Move {
  /// Reads the earliest and the latest time and the shift from three columns; nil where they are
  /// null, as an older version left them.
  fileprivate init?(_ row: Row, at index: Int) throws {
    guard let earliest = try row.decode(Int64?.self, atIndex: index),
      let latest = try row.decode(Int64?.self, atIndex: index + 1),
      let moved = try row.decode(Int64?.self, atIndex: index + 2)
    else { return nil }
    self.init(
      earliest: Timestamp(microseconds: earliest), latest: Timestamp(microseconds: latest),
      by: .microseconds(moved))
  }
}
