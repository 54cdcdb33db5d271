import GRDB
import Readings

extension Salvager {
  /// Adds the sessions that are not there, each with its touches, and what was read at them.
  func addTaps() throws {
    let lastSession = try greatest(.session)
    let lastTouch = try greatest(.touch)
    var known = try identities(of: .session)
    var added: Set<Int64> = []
    var sessions = try walk(.session)
    try sessions.run(from: 0) { row in
      guard Self.isSound(row) else { return self.report.refused += 1 }
      try self.meet(row)
      guard let number = try self.add(row, to: .session, &known) else { return }
      added.insert(number)
      try self.addAir(of: row["session_id"], to: number)
    }
    var touches = try walk(.touch)
    var knownTouches: [[DatabaseValue]: Int64] = [:]
    var lost: [Int64] = []
    try touches.run(from: 0) { row in
      // A session that was there has its touches.
      guard let old = row["session_id"] as Int64?,
        let session = self.numbers["session"]?[old], added.contains(session),
        let touch = try self.add(row, to: .touch, &knownTouches)
      else { return }
      if try !self.addMeasures(of: row["touch_id"], to: touch) { lost.append(row["touch_id"]) }
    }
    try note(sessions.gaps.filter { $0.before > lastSession + 1 }, .session)
    try note(touches.gaps.filter { $0.before > lastTouch + 1 }, .touch)
    try note(lost.map { (after: $0 - 1, before: $0 + 1) }, .touch)
  }

  /// Whether a session's times can be true: random bytes hardly are.
  private static func isSound(_ row: Row) -> Bool {
    guard let started = row["started_utc_us"] as Int64?, let ended = row["ended_utc_us"] as Int64?
    else { return false }
    return started <= ended && ended - started < 86_400_000_000
  }

  private func greatest(_ table: SalvagedTable) throws -> Int64 {
    try writer.row("SELECT max(\(table.key)) FROM \(table.name)")?[0] as Int64? ?? 0
  }

  /// Adds what each channel made of a touch; false where it could not be read.
  private func addMeasures(of old: Int64, to touch: Int64) throws -> Bool {
    guard
      let rows = try? Row.fetchAll(
        self.old, sql: "SELECT * FROM measure WHERE touch_id = ?", arguments: [old])
    else { return false }
    for row in rows {
      var values = Dictionary(uniqueKeysWithValues: row.map { ($0, $1) })
      values["touch_id"] = touch.databaseValue
      for (column, table) in [("part", "part"), ("calibration_id", "calibration")] {
        guard let number = row[column] as Int64? else { continue }
        values[column] = try self.number(number, in: table).databaseValue
      }
      _ = try insert(values, into: "measure")
    }
    return true
  }

  /// Adds the air at a session; it is not asked for twice where it cannot be read.
  private func addAir(of old: Int64, to session: Int64) throws {
    let rows = try? Row.fetchAll(
      self.old, sql: "SELECT * FROM session_air WHERE session_id = ?", arguments: [old])
    for row in rows ?? [] {
      var values = Dictionary(uniqueKeysWithValues: row.map { ($0, $1) })
      values["session_id"] = session.databaseValue
      _ = try insert(values, into: "session_air")
    }
  }

  /// Notes the times around numbers that could not be read.
  private func note(_ gaps: [(after: Int64, before: Int64)], _ table: SalvagedTable) throws {
    guard let time = table.time else { return }
    for gap in gaps {
      let from = try writer.row(
        "SELECT max(\(time)) FROM \(table.name) WHERE \(table.key) <= ?", [gap.after])
      let to = try writer.row(
        "SELECT min(\(time)) FROM \(table.name) WHERE \(table.key) >= ?", [gap.before])
      let missing = Salvage.Gap(
        table: "session", from: (from?[0] as Int64?).map { Timestamp(microseconds: $0) },
        to: (to?[0] as Int64?).map { Timestamp(microseconds: $0) })
      if !report.missing.contains(missing) { report.missing.append(missing) }
    }
  }
}

extension Salvager {
  /// How many samples go into one transaction.
  private static let batch = 10_000

  /// Adds the samples of the air that are newer than those that are there.
  func addAir(transact: (() throws -> Void) throws -> Void) throws {
    let last = try writer.row("SELECT max(time_utc_us) FROM air")?[0] as Int64?
    // Samples of the last days may have been re-stamped since.
    let first = last.map { $0 - 3 * 86_400_000_000 } ?? 0
    let now = writer.options.now().utc.microseconds
    var walk = RowWalk(
      old, table: "air", key: "time_utc_us", grain: 1_000_000, end: now + 2 * 86_400_000_000)
    var batch: [Row] = []
    try walk.run(from: first) { row in
      batch.append(row.copy())
      guard batch.count >= Self.batch else { return }
      try transact { for row in batch { try self.addSample(row) } }
      batch = []
    }
    try transact { for row in batch { try self.addSample(row) } }
    for gap in walk.gaps where gap.before > last ?? 0 {
      report.missing.append(
        Salvage.Gap(
          table: "air", from: Timestamp(microseconds: max(gap.after, last ?? 0)),
          to: gap.before >= now ? nil : Timestamp(microseconds: gap.before)))
    }
  }

  private func addSample(_ row: Row) throws {
    var values = Dictionary(uniqueKeysWithValues: row.map { ($0, $1) })
    for column in ["boot", "part"] {
      guard let number = row[column] as Int64? else { return report.refused += 1 }
      values[column] = try self.number(number, in: column).databaseValue
    }
    guard let time = row["time_utc_us"] as Int64? else { return }
    let identity: StatementArguments = [values["boot"], values["boot_us"], values["part"]]
    // The copy may have it as it was before the clock was set.
    try writer.run(
      "DELETE FROM air WHERE clock = 1 AND boot = ? AND boot_us = ? AND part = ?", identity)
    let isThere = try writer.row("SELECT 1 FROM air WHERE time_utc_us = ?", [time]) != nil
    // Its place was its own in the damaged diary: who stands there is the same.
    guard !isThere, try insert(values, into: "air") else { return }
    earliest = min(earliest ?? time, time)
    hours.insert(DiaryWriter.hour(of: Timestamp(microseconds: time)))
  }
}
