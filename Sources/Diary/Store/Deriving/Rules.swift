import GRDB
import Readings

/// The limits, day plans and events of a boot that a re-stamping moves: what they rule over, before
/// and after, is worked out anew.
struct Rules {
  private let boot: KnownBoot
  private let plans: PlanBook
  /// Limits that began when they were noted.
  private let limits: [Int64]
  /// The earliest moment that a limit or a plan begins at, before or after.
  private let limitsFrom: Timestamp?
  private let plansFrom: Timestamp?
  private let cleansings: [(event: Int64, person: Person, time: Timestamp)]

  /// Looks at them before they move.
  init(of boot: KnownBoot, in writer: DiaryWriter) throws {
    self.boot = boot
    plans = writer.plans
    limits = try writer.rows(
      """
      SELECT limits FROM limits
      WHERE boot = ? AND clock = 'unsynced' AND valid_from_utc_us = time_utc_us
      """, [boot.number]
    ).map { $0[0] }
    limitsFrom = try Self.earliest(of: "limits", boot, writer)
    plansFrom = try Self.earliest(of: "day_plan", boot, writer)
    cleansings = try writer.rows(
      """
      SELECT event_id, person, event_utc_us FROM event
      WHERE boot = ? AND clock = 'unsynced' AND kind = 'cleansed'
      """, [boot.number]
    ).map { ($0[0], Person($0[1]), Timestamp(microseconds: $0[2])) }
  }

  private static func earliest(
    of table: String, _ boot: KnownBoot, _ writer: DiaryWriter
  ) throws -> Timestamp? {
    let row = try writer.row(
      """
      SELECT min(min(time_utc_us, ?2 + boot_us)) FROM \(table)
      WHERE boot = ?1 AND clock = 'unsynced'
      """, boot.arguments)
    return (row?[0] as Int64?).map { Timestamp(microseconds: $0) }
  }

  /// Works out anew what they ruled over and rule over now, once everything has moved.
  func deriveAgain(_ writer: DiaryWriter) throws {
    for number in limits {
      try writer.run(
        "UPDATE limits SET valid_from_utc_us = time_utc_us WHERE limits = ?", [number])
    }
    if let limitsFrom {
      try writer.recallBooks()
      try writer.deriveAgain(from: limitsFrom)
    }
    if let plansFrom { try writer.deriveAgain(planFrom: plansFrom, before: plans) }
    for (event, person, old) in cleansings {
      let row = try writer.row("SELECT event_utc_us FROM event WHERE event_id = ?", [event])
      for time in [old, Timestamp(microseconds: row?[0] ?? old.microseconds)] {
        try writer.deriveSlots(after: "cleansed", of: person, at: time)
      }
    }
  }
}
