import GRDB
import Readings

/// Puts events, scores and touches from elsewhere into the diary, line by line.
///
/// What was withdrawn is not there: a line that says the same is taken as a new entry.
final class ImportedEntries {
  let writer: DiaryWriter
  let duplicates: ImportOptions.Duplicates
  private let stamp: Stamp
  /// The session whose lines are still coming.
  var session: ImportedSession?
  /// The slots that sessions were added to.
  var changed: Set<PersonSlot> = []

  init(_ writer: DiaryWriter, _ duplicates: ImportOptions.Duplicates, at stamp: Stamp) {
    self.writer = writer
    self.duplicates = duplicates
    self.stamp = stamp
  }

  /// What became of a line.
  enum Fate {
    case taken, replaced, known
    case refused(column: String?, reason: String)
  }

  func take(
    _ entries: [ImportEntry], _ counts: inout ImportCounts, _ refused: inout [ImportRefusal]
  ) throws {
    for entry in entries {
      switch entry.content {
      case .event(let event, let id):
        count(try fate(of: event, id: id), event.time, entry.line, &counts, &refused)
      case .score(let score):
        let start = writer.options.plan.start(of: SlotKey(date: score.date, slot: .morning))
        count(try fate(of: score), start, entry.line, &counts, &refused)
      case .touch(let touch):
        if session?.includes(touch) != true { try finishSession(&counts, &refused) }
        session = session ?? ImportedSession(touch)
        session?.add(touch, line: entry.line)
      }
    }
  }

  /// Saves the last session, and derives every slot that sessions were added to.
  func finish(_ counts: inout ImportCounts, _ refused: inout [ImportRefusal]) throws {
    try finishSession(&counts, &refused)
    try writer.deriveSlots(changed)
    changed = []
  }

  func count(
    _ fate: Fate, _ time: Timestamp, _ line: Int, _ counts: inout ImportCounts,
    _ refused: inout [ImportRefusal]
  ) {
    switch fate {
    case .taken:
      counts.taken += 1
      counts.cover(time)
    case .replaced:
      counts.taken += 1
      counts.replaced += 1
      counts.cover(time)
    case .known: counts.known += 1
    case .refused(let column, let reason):
      counts.refused += 1
      refused.append(
        ImportRefusal(
          line: line, column: column, reason: reason,
          mend: "--duplicates keep leaves what the diary has, --duplicates replace takes the line's"
        ))
    }
  }

  private func fate(of event: SkinEvent, id: Int64?) throws -> Fate {
    let there = try writer.row(
      """
      SELECT event_id, weight, note FROM v1_event WHERE person = ? AND time_utc_us = ? AND kind = ?
      """, [event.person.rawValue, event.time.microseconds, event.kind])
    guard let there else {
      try insert(event, id: id)
      return .taken
    }
    if there[1] == event.weight && there[2] == event.note || duplicates == .keep { return .known }
    guard duplicates == .replace else {
      return .refused(
        column: "weight", reason: "the diary has this event with another weight or note")
    }
    try writer.run(
      "UPDATE event SET weight = ?, note = ? WHERE event_id = ?",
      [event.weight, event.note, there[0] as Int64])
    try writer.deriveSlots(after: event.kind, of: event.person, at: event.time)
    return .replaced
  }

  /// Keeps the event's number where nobody else has it.
  private func insert(_ event: SkinEvent, id: Int64?) throws {
    try writer.meet(event.person, .imported(stamp.utc, stamp.trust))
    let isFree = try writer.row("SELECT 1 FROM event WHERE event_id = ?", [id]) == nil
    try writer.run(
      """
      INSERT INTO event (event_id, person, local_date, event_utc_us, kind, weight, note,
        time_utc_us, boot, boot_us, clock) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        isFree ? id : nil, event.person.rawValue, writer.plans.key(at: event.time).date.description,
        event.time.microseconds, event.kind, event.weight, event.note,
      ] + writer.columns(of: .imported(event.time, .synced)))
    try writer.deriveSlots(after: event.kind, of: event.person, at: event.time)
  }

  private func fate(of score: Score) throws -> Fate {
    let there = try writer.row(
      """
      SELECT value FROM v1_score WHERE person = ? AND local_date = ? AND dimension = ?
      """, [score.person.rawValue, score.date.description, score.dimension.rawValue])
    if let there {
      if there[0] == score.value || duplicates == .keep { return .known }
      guard duplicates == .replace else {
        return .refused(
          column: "value", reason: "the diary's score of that day is \(there[0] as Double)")
      }
    }
    // Like any later score, it takes the earlier one's place; both are kept.
    try writer.save(score, at: .imported(stamp.utc, stamp.trust))
    return there == nil ? .taken : .replaced
  }
}
