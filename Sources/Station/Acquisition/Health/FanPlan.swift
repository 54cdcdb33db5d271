package import Readings

/// When a part's fan is blown free: at a time of the station's choosing, away from the taps.
package struct FanPlan: Sendable {
  /// From one cleaning to the next.
  package var every: Duration
  /// When it was last done; nil where nobody knows.
  package var last: Timestamp?
  /// How the days are cut at present.
  package var days: @Sendable () -> DayPlan
  /// Through what the decision is heard.
  package var relay: Relay

  /// Makes a plan.
  ///
  /// - Parameters:
  ///   - every: From one cleaning to the next.
  ///   - last: When it was last done.
  ///   - days: How the days are cut at present.
  ///   - relay: Through what the decision is heard.
  package init(
    every: Duration, last: Timestamp?, days: @escaping @Sendable () -> DayPlan,
    relay: Relay = .direct
  ) {
    self.every = every
    self.last = last
    self.days = days
    self.relay = relay
  }

  /// How often it is thought of.
  static let period = Duration.seconds(15 * 60)

  /// Minutes before and after the usual time of a tap that belong to the person.
  static let berth = 60
  /// How long the probe must have been left alone.
  static let quiet = Duration.seconds(30 * 60)
  /// The times that suit best, in minutes of the local day: mid-afternoon and the small hours.
  static let favourites = [15 * 60, 3 * 60]
  /// How far from a favourite is near enough.
  static let near = 30
  /// So long after it is due any time serves that is away from the taps.
  static let patience = Duration.seconds(86_400)

  /// Whether to do it now.
  ///
  /// - Parameters:
  ///   - now: The time, which somebody vouches for.
  ///   - usual: The minutes of the local day at which people usually tap.
  ///   - sinceContact: How long the probe has been left alone; nil where nobody touched it.
  /// - Returns: Whether it is due and nobody is disturbed.
  func isTime(
    at now: Timestamp, usual: @autoclosure () -> [Int], sinceContact: Duration?
  ) -> Bool {
    let overdue = last.map { now - $0 - every }
    if let overdue, overdue < .zero { return false }
    if let sinceContact, sinceContact < Self.quiet { return false }
    let minute = days().local(now).minute
    if usual().contains(where: { Self.distance($0, minute) <= Self.berth }) { return false }
    if let overdue, overdue >= Self.patience { return true }
    return Self.favourites.contains { Self.distance($0, minute) <= Self.near }
  }

  /// Minutes from one time of day to another, the shorter way round.
  private static func distance(_ a: Int, _ b: Int) -> Int {
    let gap = abs(a - b)
    return min(gap, 1440 - gap)
  }
}
