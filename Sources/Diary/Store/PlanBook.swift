import GRDB
import Readings

/// Every day plan of the diary, and which is in force when.
struct PlanBook {
  /// Ascending; the first also serves everything before it.
  private var entries: [(from: Timestamp, plan: DayPlan)]

  /// A book without a plan: everything is UTC.
  init() { entries = [] }

  /// Reads every plan.
  init(_ db: Database) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT time_utc_us, zone, morning_start_minute, evening_start_minute FROM day_plan
        ORDER BY time_utc_us, day_plan
        """)
    entries = try rows.map { row in
      let zone = try ZoneRules(named: try row.decode(atIndex: 1))
      let (morning, evening) = (
        try row.decode(Int.self, atIndex: 2), try row.decode(Int.self, atIndex: 3)
      )
      guard 0 <= morning, morning < evening, evening < 1440 else {
        throw DatabaseError(
          resultCode: .SQLITE_CORRUPT, message: "no day begins at minute \(morning), \(evening)")
      }
      return (
        Timestamp(microseconds: try row.decode(atIndex: 0)),
        DayPlan(zone: zone, morningStart: morning, eveningStart: evening)
      )
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// The plan in force at a moment.
  func plan(at time: Timestamp) -> DayPlan {
    let entry = entries.last { $0.from <= time } ?? entries.first
    return entry?.plan ?? DayPlan(zone: .utc)
  }

  /// The slot a moment belongs to.
  func key(at time: Timestamp) -> SlotKey { plan(at: time).slot(at: time) }

  /// The local date of the calendar at a moment.
  func date(at time: Timestamp) -> LocalDate { plan(at: time).local(time).date }

  /// The times that have a local date, ascending, in microseconds.
  ///
  /// Whoever travels may have some of a day twice, or none of it.
  func spans(of date: LocalDate) -> [Range<Int64>] {
    let plans = entries.isEmpty ? [(from: .seconds(0), plan: plan(at: .seconds(0)))] : entries
    return plans.enumerated().compactMap { index, entry in
      let zone = entry.plan.zone
      let begin = zone.timestamp(date: date, minute: 0).microseconds
      let end = zone.timestamp(date: date + 1, minute: 0).microseconds
      let from = index == 0 ? begin : max(begin, entry.from.microseconds)
      let to = index + 1 < plans.count ? min(end, plans[index + 1].from.microseconds) : end
      return from < to ? from..<to : nil
    }
  }

  /// When a slot ends: by the last plan that was in force at its end.
  func end(of key: SlotKey) -> Timestamp {
    let entry = entries.last { $0.from < $0.plan.end(of: key) } ?? entries.first
    return (entry?.plan ?? DayPlan(zone: .utc)).end(of: key)
  }
}
