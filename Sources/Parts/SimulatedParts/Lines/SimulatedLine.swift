package import Bus
import Synchronization

/// An input line that a program moves: the probe's contact, a selector button.
package final class SimulatedLine: EdgeInput, Sendable {
  package let name: String
  package let isDebounced: Bool
  private let clock: any StationClock
  private let state = Mutex(State())

  private struct State {
    var isActive = false
    var reader: AsyncStream<Edge>.Continuation?
  }

  /// An inactive line; one that is `isDebounced` shows only the last edge of a bounce.
  package init(name: String = "simulated", clock: any StationClock, isDebounced: Bool = false) {
    self.name = name
    self.clock = clock
    self.isDebounced = isDebounced
  }

  package func isActive() -> Bool { state.withLock { $0.isActive } }

  /// One reader only: a second one ends the first one's stream.
  package func edges() -> AsyncStream<Edge> {
    let (stream, continuation) = AsyncStream.makeStream(of: Edge.self)
    let previous = state.withLock { state in
      defer { state.reader = continuation }
      return state.reader
    }
    previous?.finish()
    return stream
  }

  /// Moves the line; the same level again is no edge.
  package func set(_ active: Bool) {
    move(to: active, at: clock.now)
  }

  /// Moves the line as a real contact does: there and back `times` times before it stays.
  ///
  /// The edges lie half a millisecond apart and the last one is now: they were queued, as the
  /// kernel does, while nobody looked.
  package func bounce(to active: Bool, times: Int) {
    let now = clock.now
    let bounces = isDebounced || isActive() == active ? 0 : times
    for edge in 0...(2 * bounces) {
      let before = Duration.microseconds(500 * (2 * bounces - edge))
      move(to: edge % 2 == 0 ? active : !active, at: now.advanced(by: .zero - before))
    }
  }

  /// Ends the reader's stream, as a lost line does.
  package func close() {
    let reader = state.withLock { state in
      defer { state.reader = nil }
      return state.reader
    }
    reader?.finish()
  }

  private func move(to active: Bool, at time: BootInstant) {
    state.withLock { state in
      guard state.isActive != active else { return }
      state.isActive = active
      state.reader?.yield(Edge(isActive: active, time: time))
    }
  }
}
