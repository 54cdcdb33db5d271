import Bus
import Synchronization

/// A clock that stands still until a test moves it.
final class ManualClock: StationClock {
  typealias Instant = BootInstant

  private struct State {
    var now = BootInstant(sinceBoot: .zero)
    var sleepers: [(id: Int, deadline: BootInstant, wake: CheckedContinuation<Void, any Error>)] =
      []
    var nextID = 0
    var cancelled: Set<Int> = []
  }

  private let state = Mutex(State())

  var now: BootInstant { state.withLock { $0.now } }
  var minimumResolution: Duration { .microseconds(1) }

  /// How many tasks wait on this clock.
  var sleeperCount: Int { state.withLock { $0.sleepers.count } }

  func reading() -> ClockReading {
    ClockReading(
      bootID: String(repeating: "0", count: 32), boot: now, utcMicroseconds: now.microseconds,
      synchronisation: nil)
  }

  func sleep(until deadline: BootInstant, tolerance: Duration?) async throws {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { wake in
        let isOver: Bool? = state.withLock { state in
          if state.cancelled.remove(id) != nil { return nil }
          if deadline <= state.now { return true }
          state.sleepers.append((id, deadline, wake))
          return false
        }
        switch isOver {
        case nil: wake.resume(throwing: CancellationError())
        case true?: wake.resume()
        case false?: break
        }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
          state.cancelled.insert(id)
          return CheckedContinuation<Void, any Error>?.none
        }
        return state.sleepers.remove(at: index).wake
      }
      sleeper?.resume(throwing: CancellationError())
    }
  }

  /// Moves time on and wakes those whose deadline has come, the earliest first.
  func advance(by duration: Duration) {
    let due = state.withLock { state in
      state.now = state.now.advanced(by: duration)
      let now = state.now
      let due = state.sleepers.filter { $0.deadline <= now }.sorted { $0.deadline < $1.deadline }
      state.sleepers.removeAll { $0.deadline <= now }
      return due.map(\.wake)
    }
    for sleeper in due { sleeper.resume() }
  }
}
