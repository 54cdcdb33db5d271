package import Readings

/// The person's clock: words a moment.
package struct LocalClock: Hashable, Sendable {
  package var plan: DayPlan
  package var now: Timestamp

  package init(plan: DayPlan, now: Timestamp) {
    self.plan = plan
    self.now = now
  }

  /// The day of the plan: before the morning begins, still the day before.
  package var today: LocalDate { plan.slot(at: now).date }

  /// A time of day: `22:14`.
  package func time(_ moment: Timestamp) -> String {
    let minute = plan.local(moment).minute
    return "\((minute / 60).padded(to: 2)):\((minute % 60).padded(to: 2))"
  }

  /// Date and time: `2026-11-20 22:14`.
  package func dateTime(_ moment: Timestamp) -> String {
    "\(plan.local(moment).date) \(time(moment))"
  }

  /// Date and time to the second: `2026-11-20 22:14:03`.
  package func dateTimeSeconds(_ moment: Timestamp) -> String {
    // No zone of this century has an offset with seconds in it.
    let second = moment.seconds - moment.seconds.flooringDivision(by: 60) * 60
    return "\(dateTime(moment)):\(Int(second).padded(to: 2))"
  }
}
