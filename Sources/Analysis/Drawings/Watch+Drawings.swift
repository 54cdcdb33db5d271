package import Curves
package import Figures
internal import Readings
package import Watch

extension SeriesFigure {
  /// Days of readings before the earliest begin, and after the evening on which it was noticed.
  private static let (before, after) = (45, 21)

  /// The readings about an alarm, with the days on one of which the change began; nil without the curve.
  package init?(_ alarm: Alarm, in history: History) {
    guard let curve = history.curves.first(where: { $0.name == alarm.curve }) else { return nil }
    func day(_ date: LocalDate) -> Int { date.daysSince1970 - history.firstDate.daysSince1970 }
    let start = max(0, day(alarm.beganEarliest) - Self.before)
    let end = min(history.days, max(day(alarm.noticedOn), day(alarm.beganLatest)) + Self.after + 1)
    guard start < end, end * Grid.perDay <= curve.values.count else { return nil }
    self.init(
      title: .heading(.alarm(outcome: alarm.curve, noticed: alarm.noticedOn)), unit: curve.unit,
      firstDate: history.firstDate + start,
      values: Array(curve.values[(start * Grid.perDay)..<(end * Grid.perDay)]))
    func place(_ date: LocalDate, _ slot: Slot) -> Int {
      Grid.index(day: day(date) - start, slot: slot)
    }
    began = place(alarm.beganEarliest, .morning)...place(alarm.beganLatest, .evening)
    marks = [
      Mark(
        place: place(alarm.beganLikely, .morning), kind: .alarm,
        label: .changeFrom(alarm.beganLikely))
    ]
  }
}
