import Bus
import Synchronization

// Evidence of work.
extension Health {
  /// A loop has come round and says when it will do so again at the latest.
  func turned(_ loop: String, againBy deadline: BootInstant) {
    state.withLock { $0.turns[loop] = deadline }
  }

  /// Runs a write and notes how long it has been at it.
  func whileWriting<Result: Sendable>(
    _ write: () async throws -> Result
  ) async throws -> Result {
    let began = clock.now
    let number = state.withLock { state in
      state.lastWrite += 1
      state.writes[state.lastWrite] = began
      return state.lastWrite
    }
    defer { state.withLock { $0.writes[number] = nil } }
    return try await write()
  }

  /// What has not done its work by now, in words; empty where all goes on.
  ///
  /// - Parameter limit: How long a write may take.
  /// - Returns: The loops and writes that hang.
  package func hangs(longestWrite limit: Duration = .seconds(90)) -> [String] {
    let now = clock.now
    return state.withLock { state in
      var hangs = state.turns.filter { $0.value < now }.map(\.key).sorted()
      if state.writes.values.contains(where: { $0.duration(to: now) > limit }) {
        hangs.append("the diary")
      }
      return hangs
    }
  }
}
