package import Readings
import Synchronization

/// What this process has written to its disk, a local date at a time.
package final class DiskMeter: Sendable {
  private struct State {
    /// The bytes of a date; those of earlier processes are in it.
    var days: [LocalDate: Int64]
    /// The counter when it was last looked at.
    var counted: Int64 = 0
    /// Dates whose bytes are not in the diary as they are here.
    var unkept: Set<LocalDate> = []
  }

  private let counter: @Sendable () -> Int64?
  private let relay: Relay
  private let state: Mutex<State>

  /// Creates a meter.
  ///
  /// - Parameters:
  ///   - days: What the diary says of the last days.
  ///   - relay: Through what the counter is heard.
  ///   - counter: Bytes this process has sent to disks since it began; nil where nobody counts.
  package init(
    days: [LocalDate: Int64] = [:], relay: Relay = .direct,
    counter: @escaping @Sendable () -> Int64?
  ) {
    self.counter = counter
    self.relay = relay
    state = Mutex(State(days: days))
  }

  /// Looks at the counter: what was written since the last look is the date's.
  ///
  /// Called with nil while nobody knows the date; what was written by then is the next date's.
  ///
  /// - Parameter date: The local date, where the clock can be trusted.
  /// - Returns: Bytes of the date by now; nil where nobody counts, or knows the date.
  @discardableResult
  package func look(on date: LocalDate?) async -> Int64? {
    guard let date, let count = await relay.pass("bytes written", counter()) else { return nil }
    return state.withLock { state in
      guard count > state.counted else { return state.days[date] ?? 0 }
      state.days[date, default: 0] += count - state.counted
      state.counted = count
      state.unkept.insert(date)
      return state.days[date]
    }
  }

  /// Bytes written on a date, as of the last look; nil where nothing is known of it.
  package func bytes(on date: LocalDate) -> Int64? { state.withLock { $0.days[date] } }

  /// The mean of the seven dates before one, as far as something was written on them.
  package func mean(before date: LocalDate) -> Int64? {
    let days = state.withLock(\.days)
    let week = (1...7).compactMap { days[date - $0] }
    return week.isEmpty ? nil : week.reduce(0, +) / Int64(week.count)
  }

  /// The dates whose bytes the diary does not have as they are; they count as kept from then on.
  func takeUnkept() -> [(date: LocalDate, bytes: Int64)] {
    state.withLock { state in
      defer { state.unkept = [] }
      return state.unkept.sorted().map { ($0, state.days[$0] ?? 0) }
    }
  }

  /// Takes back dates that could not be kept.
  func giveBack(_ dates: [LocalDate]) { state.withLock { $0.unkept.formUnion(dates) } }
}
