import GRDB
import Readings

extension DiaryWriter {
  /// Works out anew everything that was read in an interval: its calibration or limits are others.
  ///
  /// Nearly always there is nothing: both begin now.
  ///
  /// - Parameters:
  ///   - from: The first moment.
  ///   - to: The moment after the last; nil for no end.
  /// - Throws: GRDB's errors.
  func deriveAgain(from: Timestamp, to: Timestamp? = nil) throws {
    let end = to?.microseconds ?? .max
    // A session may have begun before and gone on.
    let early: Timestamp = from - .seconds(86_400)
    var dirty = try deriveTouches(
      where: "started_utc_us >= ? AND started_utc_us < ?", [early.microseconds, end])
    dirty.formUnion(try slots(since: from))
    let changed = try deriveAir(from: from.microseconds, to: end)
    var hours = Set(changed.map { Self.hour(of: Timestamp(microseconds: $0)) })
    // Limits also say how many samples there should have been.
    hours.formUnion(try hoursWithSamples(from: Self.hour(of: from), to: min(end, rollupEnd)))
    try deriveRollups(of: hours.filter { $0 < rollupEnd })
    try deriveDays(since: from)
    dirty.formUnion(try airSlots(touching: hours))
    try deriveSlots(dirty)
  }

  /// Derives the days that go on at a moment or later, whether or not a sample has come since.
  private func deriveDays(since time: Timestamp) throws {
    // Whoever travels may have begun tomorrow already.
    let rows = try rows(
      "SELECT DISTINCT local_date FROM air_part_day WHERE local_date >= ?",
      [(plans.date(at: time) - 1).description])
    for row in rows {
      if let date = LocalDate(row[0] as String) { try deriveDay(date) }
    }
  }

  /// Works out anew the days, and the ends of slots, that another day plan bears on.
  ///
  /// - Parameters:
  ///   - from: When the plan begins.
  ///   - old: The plans as they were.
  /// - Throws: GRDB's errors.
  func deriveAgain(planFrom from: Timestamp, before old: PlanBook) throws {
    // The day that goes on, and the slot that has just ended, may end at another time now.
    let from = from - .seconds(2 * 86_400)
    var dates: Set<LocalDate> = []
    for hour in try hoursWithSamples(from: Self.hour(of: from), to: rollupEnd) {
      let time = Timestamp(microseconds: hour)
      for plans in [plans, old] {
        dates.formUnion([plans.date(at: time), plans.date(at: time + .seconds(3599))])
      }
    }
    for date in dates.sorted() { try deriveDay(date) }
    let rows = try rows(
      "SELECT person, local_date, slot FROM air_slot WHERE reference_utc_us >= ?",
      [from.microseconds])
    try deriveSlots(rows.compactMap { PersonSlot($0) })
  }
}
