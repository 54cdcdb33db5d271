import GRDB
import Readings

extension DiaryWriter {
  /// Removes what an erasure names, and works out anew what was worked out from it.
  ///
  /// - Parameters:
  ///   - erasure: What.
  ///   - stamp: When it is done.
  /// - Returns: How many rows went, by table.
  /// - Throws: GRDB's errors.
  func erase(_ erasure: Erasure, at stamp: Stamp) throws -> [String: Int] {
    let scope = EraseScope(erasure, plans)
    var rows: [String: Int] = [:]
    for deletion in scope.deletions {
      try db.execute(
        sql: "DELETE FROM \(deletion.table) WHERE \(deletion.condition)",
        arguments: scope.arguments)
      if db.changesCount > 0 { rows[deletion.table, default: 0] += db.changesCount }
    }
    for rewording in scope.rewordings {
      try db.execute(sql: rewording, arguments: scope.arguments)
    }
    if erasure.isOfWholePerson, let person = erasure.person { _ = try erase(person) }
    try recall()
    _ = try recompute(since: nil, at: stamp) { _ in }
    try run(
      """
      INSERT INTO erasure (from_utc_us, to_utc_us, what, rows, time_utc_us, boot, boot_us, clock)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        scope.span?.lowerBound, scope.span?.upperBound,
        erasure.parts.map(\.rawValue).sorted().joined(separator: ","),
        rows.values.reduce(0, +),
      ] + columns(of: stamp))
    return rows
  }
}

/// An erasure as statements: `?1` and `?2` are the dates, `?3` the person, `?4` and `?5` the moments
/// from and to before which the dates last; each null where it does not bind.
struct EraseScope {
  var erasure: Erasure
  /// In microseconds.
  var span: Range<Int64>?

  /// A table, and which of its rows go.
  struct Deletion {
    var table: String
    var condition: String
  }

  init(_ erasure: Erasure, _ plans: PlanBook) {
    self.erasure = erasure
    let spans = (erasure.dates.map { [$0.lowerBound, $0.upperBound] } ?? []).flatMap {
      plans.spans(of: $0)
    }
    if let from = spans.map(\.lowerBound).min(), let to = spans.map(\.upperBound).max() {
      span = from..<to
    }
  }

  var arguments: StatementArguments {
    [
      erasure.dates?.lowerBound.description, erasure.dates?.upperBound.description,
      erasure.person?.rawValue, span?.lowerBound, span?.upperBound,
    ]
  }

  private static let dated = "(?1 IS NULL OR local_date BETWEEN ?1 AND ?2)"
  private static let owned = "(?3 IS NULL OR person = ?3)"
  private static let timed = "(?4 IS NULL OR (time_utc_us >= ?4 AND time_utc_us < ?5))"
  private static let noticed = "(?3 IS NULL OR fields ->> '$.PERSON' = ?3)"
  /// Every statement takes all five, whether it needs them or not.
  private static let all = "coalesce(?1, ?2, ?3, ?4, ?5) IS NOT NULL"

  /// In an order in which nothing refers to what is gone.
  var deletions: [Deletion] {
    tapDeletions + eventDeletions + scoreDeletions + airDeletions + logDeletions
  }

  private func deletion(_ table: String, _ condition: String) -> Deletion {
    Deletion(table: table, condition: "\(Self.all) AND \(condition)")
  }

  private var tapDeletions: [Deletion] {
    guard erasure.parts.contains(.taps) else { return [] }
    let sessions = "SELECT session_id FROM session WHERE \(Self.dated) AND \(Self.owned)"
    let touches = "SELECT touch_id FROM touch WHERE session_id IN (\(sessions))"
    return [
      deletion("notice", "CAST(fields ->> '$.SESSION' AS INTEGER) IN (\(sessions))"),
      deletion("session_air", "session_id IN (\(sessions))"),
      deletion("measure", "touch_id IN (\(touches))"),
      deletion("touch", "session_id IN (\(sessions))"),
      deletion("session", "\(Self.dated) AND \(Self.owned)"),
      deletion("choice", "\(Self.timed) AND \(Self.owned)"),
      deletion("notice", "kind LIKE 'tap%' AND \(Self.timed) AND \(Self.noticed)"),
    ]
  }

  private var eventDeletions: [Deletion] {
    guard erasure.parts.contains(.events) else { return [] }
    let events = "SELECT event_id FROM event WHERE \(Self.dated) AND \(Self.owned)"
    return [
      deletion("notice", "CAST(fields ->> '$.EVENT' AS INTEGER) IN (\(events))"),
      deletion("notice", "kind = 'eventSaved' AND \(Self.timed) AND \(Self.noticed)"),
      deletion("withdrawal", "event IN (\(events))"),
      deletion("event", "\(Self.dated) AND \(Self.owned)"),
    ]
  }

  private var scoreDeletions: [Deletion] {
    guard erasure.parts.contains(.scores) else { return [] }
    let scores = "SELECT score FROM score WHERE \(Self.dated) AND \(Self.owned)"
    return [
      // Its date stands in the text; it may have been entered, or withdrawn, on another.
      deletion(
        "notice",
        """
        (kind = 'scoreSaved' OR (kind = 'entryWithdrawn' AND fields ->> '$.EVENT' IS NULL))
          AND \(Self.noticed) AND (\(Self.timed) OR EXISTS (SELECT 1
          FROM score AS s WHERE instr(text, s.local_date) > 0 AND s.local_date BETWEEN ?1 AND ?2))
        """),
      deletion("withdrawal", "score IN (\(scores))"),
      deletion("score", "\(Self.dated) AND \(Self.owned)"),
    ]
  }

  private var airDeletions: [Deletion] {
    guard erasure.parts.contains(.air) else { return [] }
    let sessions =
      "SELECT session_id FROM session WHERE ?4 IS NULL OR (started_utc_us >= ?4 AND started_utc_us < ?5)"
    let hours = "(?4 IS NULL OR (hour_utc_us > ?4 - 3600000000 AND hour_utc_us < ?5))"
    // A slot's air reaches back twelve hours; where it can be worked out again, it is.
    let slots = """
      epoch IN (SELECT epoch FROM epoch WHERE site = '') AND (?1 IS NULL OR EXISTS (
        SELECT 1 FROM epoch AS e JOIN air_slot AS a ON a.person = e.person
        WHERE e.epoch = slot_value.epoch AND a.local_date = slot_value.local_date
          AND a.slot = slot_value.slot AND a.reference_utc_us > ?4
          AND a.reference_utc_us < ?5 + 43200000000))
      """
    return [
      ("air", Self.timed), ("air_hour", hours), ("air_day", Self.dated),
      ("air_part_day", Self.dated), ("slot_value", slots),
      ("session_air", "session_id IN (\(sessions))"),
      ("notice", "kind = 'tapSaved' AND \(Self.timed)"),
    ].map { Deletion(table: $0, condition: "\(Self.all) AND \($1)") }
  }

  private var logDeletions: [Deletion] {
    guard erasure.parts.contains(.log) else { return [] }
    let notices = Deletion(
      table: "notice", condition: "\(Self.all) AND \(Self.timed) AND \(Self.noticed)")
    // What the parts did, and how much was written, is about no person.
    guard erasure.person == nil else { return [notices] }
    return [
      notices,
      Deletion(
        table: "part_health",
        condition: "\(Self.all) AND hour_utc_us > ?4 - 3600000000 AND hour_utc_us < ?5"),
      Deletion(table: "disk_day", condition: "\(Self.all) AND \(Self.dated)"),
    ]
  }

  /// Words of a person that stay in rows which are needed still.
  var rewordings: [String] {
    guard erasure.parts.contains(.log) || erasure.parts.contains(.taps) else { return [] }
    return [
      """
      UPDATE epoch SET cause = 'erased' WHERE \(Self.all) AND boot IS NOT NULL AND \(Self.timed)
        AND \(Self.owned) AND NOT EXISTS (
          SELECT 1 FROM part AS p WHERE substr(cause, 1, length(p.name)) = p.name)
      """
    ]
  }
}
