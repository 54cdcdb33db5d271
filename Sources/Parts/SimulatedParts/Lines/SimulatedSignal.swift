package import Bus
import Synchronization

/// An output line that remembers what was done to it: a light, a buzzer, the sebum lamp.
package final class SimulatedSignal: SignalOutput, Sendable {
  /// How many changes are remembered; older ones are forgotten.
  package static let historyLimit = 256

  package let name: String
  private let clock: any StationClock
  private let onChange: (@Sendable (_ isActive: Bool, _ time: BootInstant) -> Void)?
  private let changes = Mutex<[(BootInstant, Bool)]>([])

  /// An inactive line; `onChange` is called after each change, on the caller's thread.
  package init(
    name: String = "simulated", clock: any StationClock,
    onChange: (@Sendable (_ isActive: Bool, _ time: BootInstant) -> Void)? = nil
  ) {
    self.name = name
    self.clock = clock
    self.onChange = onChange
  }

  package func set(_ isActive: Bool) {
    let now = clock.now
    let isChange = changes.withLock { changes in
      guard (changes.last?.1 ?? false) != isActive else { return false }
      // Forgotten by halves, so that the array is not moved at every change.
      if changes.count == 2 * Self.historyLimit { changes.removeFirst(Self.historyLimit) }
      changes.append((now, isActive))
      return true
    }
    if isChange { onChange?(isActive, now) }
  }

  package var isActive: Bool { changes.withLock { $0.last?.1 ?? false } }

  /// The line's level at a moment that is remembered; inactive before.
  package func isActive(at time: BootInstant) -> Bool {
    changes.withLock { $0.last { $0.0 <= time }?.1 ?? false }
  }

  /// The last changes, oldest first.
  package var history: [(BootInstant, Bool)] {
    changes.withLock { Array($0.suffix(Self.historyLimit)) }
  }
}
