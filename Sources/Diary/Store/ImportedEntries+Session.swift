import GRDB
import Readings

/// The lines of one session, gathered touch by touch.
struct ImportedSession {
  /// Without numbers in the file, touches that are no further apart belong to one session.
  private static let longestPause = Duration.seconds(600)

  var first: ImportedTouch
  var ended: Stamp
  var touches: [(id: Int64?, touch: Touch)] = []
  /// The line of each measure, in the order of touches and measures.
  var lines: [[Int]] = []

  init(_ first: ImportedTouch) {
    self.first = first
    ended = first.sessionEnded
  }

  var person: Person { first.person }
  var started: Stamp { first.sessionStarted }

  /// Whether a line belongs to the session.
  func includes(_ line: ImportedTouch) -> Bool {
    guard line.person == person else { return false }
    if line.sessionID != nil || first.sessionID != nil {
      return line.sessionID == first.sessionID && line.sessionStarted == started
    }
    let last = touches.last?.touch.started.utc ?? started.utc
    let pause = line.touch.started.utc - last
    return pause >= .zero && pause <= Self.longestPause
  }

  mutating func add(_ line: ImportedTouch, line number: Int) {
    if line.sessionEnded.utc > ended.utc { ended = line.sessionEnded }
    if let index = touches.indices.last, isSame(touches[index], as: line) {
      touches[index].touch.measures += line.touch.measures
      lines[index].append(number)
    } else {
      var touch = line.touch
      touch.number = touches.count + 1
      touches.append((line.touchID, touch))
      lines.append([number])
    }
  }

  /// Another channel of the same touch.
  private func isSame(_ there: (id: Int64?, touch: Touch), as line: ImportedTouch) -> Bool {
    let channels = line.touch.measures.map(\.channel)
    return there.id == line.touchID && there.touch.started.utc == line.touch.started.utc
      && there.touch.site == line.touch.site
      && !there.touch.measures.contains { channels.contains($0.channel) }
  }

  var verdict: TapSession.Verdict {
    first.verdict ?? (touches.contains { $0.touch.isAccepted } ? .saved : .refused)
  }
}

extension ImportedEntries {
  /// Saves the session whose lines have all come.
  func finishSession(_ counts: inout ImportCounts, _ refused: inout [ImportRefusal]) throws {
    guard let session else { return }
    self.session = nil
    let there =
      try writer.row(
        "SELECT session_id FROM session WHERE person = ? AND started_utc_us = ?",
        [session.person.rawValue, session.started.utc.microseconds])?[0] as Int64?
    let fates = try there.map { try self.fates(of: session, there: $0) }
    let isOther = fates?.joined().contains { if case .refused = $0 { true } else { false } }
    if let there, isOther == true, duplicates == .replace {
      try writer.run("DELETE FROM session WHERE session_id = ?", [there])
    }
    let isSaved = there == nil || isOther == true && duplicates == .replace
    if isSaved { try save(session) }
    for (index, touch) in session.touches.enumerated() {
      for (measure, line) in session.lines[index].enumerated() {
        let fate: Fate =
          isSaved ? (there == nil ? .taken : .replaced) : fates?[index][measure] ?? .known
        count(fate, touch.touch.started.utc, line, &counts, &refused)
      }
    }
  }

  /// What becomes of the lines of a session that the diary has already.
  private func fates(of session: ImportedSession, there id: Int64) throws -> [[Fate]] {
    try session.touches.map { _, touch in
      try touch.measures.map { measure in
        let row = try writer.row(
          """
          SELECT m.raw, m.value, m.reason FROM touch AS t JOIN measure AS m USING (touch_id)
          WHERE t.session_id = ? AND t.time_utc_us = ? AND t.site = ? AND m.channel = ?
          """,
          [
            id, touch.started.utc.microseconds, touch.site.rawValue, measure.channel.rawValue,
          ])
        let isSame = row.map {
          $0[0] == measure.raw && $0[1] == measure.value && $0[2] == measure.refusal?.rawValue
        }
        if isSame == true || duplicates == .keep { return .known }
        let what = row == nil ? "without this touch" : "with another reading"
        return .refused(column: nil, reason: "the diary has this session \(what)")
      }
    }
  }

  private func save(_ session: ImportedSession) throws {
    try writer.meet(session.person, session.started)
    let key = writer.plans.key(at: session.started.utc)
    let id = try freeID(session.first.sessionID, in: "session", "session_id")
    try writer.run(
      """
      INSERT INTO session (session_id, person, local_date, slot, started_utc_us, started_boot_us,
        ended_utc_us, ended_boot_us, boot, clock, ended_clock, verdict)
      VALUES (?, ?, ?, ?, ?, 0, ?, 0, ?, ?, ?, ?)
      """,
      [
        id, session.person.rawValue, key.date.description, key.slot.rawValue,
        session.started.utc.microseconds, session.ended.utc.microseconds,
        try writer.number(ofBoot: Stamp.importBootID), session.started.trust.rawValue,
        session.ended.trust.rawValue, session.verdict.rawValue,
      ])
    let saved = writer.db.lastInsertedRowID
    for (id, touch) in session.touches {
      try save(writer.derived(touch, on: key.date), id: id, session: saved)
    }
    changed.insert(PersonSlot(person: session.person, key: key))
  }

  private func save(_ touch: Touch, id: Int64?, session: Int64) throws {
    try writer.run(
      """
      INSERT INTO touch (touch_id, session_id, number, site, contact_us, time_utc_us, boot, boot_us,
        clock) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        try freeID(id, in: "touch", "touch_id"), session, touch.number, touch.site.rawValue,
        touch.contact?.wholeMicroseconds,
      ] + writer.columns(of: touch.started))
    let saved = writer.db.lastInsertedRowID
    for measure in touch.measures { try save(measure, touch: saved, at: touch.started.utc) }
  }

  private func save(_ measure: Touch.Measure, touch: Int64, at time: Timestamp) throws {
    try writer.run(
      """
      INSERT INTO measure (touch_id, channel, raw, raw_unit, value, spread, samples, reason, part,
        calibration_id, fault) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        touch, measure.channel.rawValue, measure.raw, measure.rawUnit.rawValue, measure.value,
        measure.spread, SampleBlob.encode(measure.samples), measure.refusal?.rawValue,
        try writer.number(ofPart: measure.part),
        writer.books.conversions.id(of: measure.part, measure.channel, at: time),
        measure.fault?.rawValue,
      ])
  }

  /// The number a row had elsewhere, where nobody has it here.
  private func freeID(_ id: Int64?, in table: String, _ column: String) throws -> Int64? {
    let there = try writer.row("SELECT 1 FROM \(table) WHERE \(column) = ?", [id])
    return there == nil ? id : nil
  }
}
