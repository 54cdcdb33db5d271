package import Bus
import Synchronization

/// The probe's contact switch, free of bounces: whether it is closed, and when it changes.
package final class Contact: Sendable {
  private let input: any EdgeInput
  private let clock: any StationClock
  private let edges = Mailbox<Edge>()
  private let state: Mutex<State>

  private struct State {
    var debouncer: Debouncer
    let period: Duration
    /// Until when another edge may still be on its way behind the last one.
    var settles: BootInstant?
    /// Clean changes that nobody has taken yet.
    var changes: [Debouncer.Change] = []

    /// Takes in an edge; what lasted until then is a change, however late it is heard of.
    mutating func take(_ edge: Edge, at now: BootInstant) {
      note(debouncer.settle(at: edge.time))
      debouncer.take(edge)
      settles = debouncer.deadline.map { max($0, now.advanced(by: period)) }
    }

    /// A level has lasted once its period is over, and nothing more has come for as long.
    mutating func settle(at now: BootInstant) {
      guard let settles, settles <= now else { return }
      note(debouncer.settle(at: now))
      self.settles = nil
    }

    private mutating func note(_ change: Debouncer.Change?) {
      if let change { changes.append(change) }
    }
  }

  /// Creates a contact that is open.
  ///
  /// - Parameters:
  ///   - input: The line, active while the contact is closed.
  ///   - debounce: How long a level must last, where the kernel does not see to it.
  ///   - clock: What it waits by.
  package init(input: any EdgeInput, debounce: Duration, clock: any StationClock) {
    self.input = input
    self.clock = clock
    let period = input.isDebounced ? .zero : debounce
    state = Mutex(State(debouncer: Debouncer(isActive: false, period: period), period: period))
  }

  var name: String { input.name }

  /// Takes in the line's edges until cancelled, or until the line is lost.
  func watch() async {
    for await edge in input.edges() { edges.send(edge) }
  }

  /// From now on nobody waits for a change.
  func interrupt() { edges.interrupt() }

  var isInterrupted: Bool { edges.isInterrupted }

  /// Whether the contact is closed now; the change that made it so stays to be waited for.
  var isClosed: Bool {
    absorb()
    return state.withLock(\.debouncer.isActive)
  }

  /// Takes in every edge that has come, by its own time, and then what has lasted until now.
  private func absorb() {
    let now = clock.now
    state.withLock { state in
      while let edge = edges.take() { state.take(edge, at: now) }
      state.settle(at: now)
    }
  }

  /// The next change, waiting for it; nil at the deadline or once interrupted.
  func next(until deadline: BootInstant? = nil) async -> Debouncer.Change? {
    while true {
      absorb()
      let (change, settles) = state.withLock { state in
        (state.changes.isEmpty ? nil : state.changes.removeFirst(), state.settles)
      }
      if let change { return change }
      let wake = [deadline, settles].compactMap(\.self).min()
      if let edge = await edges.next(until: wake, on: clock) {
        let now = clock.now
        state.withLock { $0.take(edge, at: now) }
      } else if isInterrupted || Task.isCancelled || deadline.map({ $0 <= clock.now }) ?? false {
        return nil
      }
    }
  }

  /// Looks at the line itself, in case an edge was lost; true where that made a change.
  func lookAgain() async -> Bool {
    // A line that cannot be read has told its trouble where its edges end.
    guard let isActive = try? await input.isActive() else { return false }
    let now = clock.now
    return state.withLock { state in
      guard isActive != state.debouncer.isActive, state.debouncer.deadline == nil else {
        return false
      }
      state.take(Edge(isActive: isActive, time: now), at: now)
      return true
    }
  }
}
