package import Bus
import Synchronization

/// The probe's contact switch, free of bounces: whether it is closed, and when it changes.
package final class Contact: Sendable {
  private let input: any EdgeInput
  private let clock: any StationClock
  private let edges = Mailbox<Edge>()
  private let debouncer: Mutex<Debouncer>

  /// Creates a contact that is open.
  ///
  /// - Parameters:
  ///   - input: The line, active while the contact is closed.
  ///   - debounce: How long a level must last, where the kernel does not see to it.
  ///   - clock: What it waits by.
  package init(input: any EdgeInput, debounce: Duration, clock: any StationClock) {
    self.input = input
    self.clock = clock
    debouncer = Mutex(Debouncer(isActive: false, period: input.isDebounced ? .zero : debounce))
  }

  var name: String { input.name }

  /// Takes in the line's edges until cancelled, or until the line is lost.
  func watch() async {
    for await edge in input.edges() { edges.send(edge) }
  }

  /// From now on nobody waits for a change.
  func interrupt() { edges.interrupt() }

  var isInterrupted: Bool { edges.isInterrupted }

  /// Whether the contact is closed now.
  var isClosed: Bool {
    while let edge = takeEdge() { debouncer.withLock { $0.take(edge) } }
    return debouncer.withLock { debouncer in
      // A change that has lasted counts; it stays to be waited for.
      if let deadline = debouncer.deadline, deadline <= clock.now { return !debouncer.isActive }
      return debouncer.isActive
    }
  }

  /// Takes the next edge, unless a change waits to be taken first.
  private func takeEdge() -> Edge? {
    let now = clock.now
    let isSettled = debouncer.withLock { $0.deadline.map { $0 <= now } ?? false }
    return isSettled ? nil : edges.take()
  }

  /// The next change, waiting for it; nil at the deadline or once interrupted.
  func next(until deadline: BootInstant? = nil) async -> Debouncer.Change? {
    while true {
      let now = clock.now
      let (change, settles) = debouncer.withLock { ($0.settle(at: now), $0.deadline) }
      if let change { return change }
      let wake = [deadline, settles].compactMap(\.self).min()
      if let edge = await edges.next(until: wake, on: clock) {
        debouncer.withLock { $0.take(edge) }
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
    return debouncer.withLock { debouncer in
      guard isActive != debouncer.isActive, debouncer.deadline == nil else { return false }
      debouncer.take(Edge(isActive: isActive, time: now))
      return true
    }
  }
}
