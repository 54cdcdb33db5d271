package import Bus
import Readings
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

  /// The housekeeper, who tells of all others, comes round again by then.
  func keepsHouse(againBy deadline: BootInstant) {
    state.withLock { $0.housekeeping = deadline }
  }

  /// What is late at the end of a run that hung, with how late it is.
  ///
  /// Asks no clock: the one of the station may hang too.
  ///
  /// - Parameter now: The moment.
  /// - Returns: Loops, writes and the housekeeper, in words.
  package func lateness(at now: BootInstant) -> [String] {
    func late(_ name: String, since deadline: BootInstant) -> String {
      "\(name) (\(spanInWords(deadline.duration(to: now).inSeconds)) late)"
    }
    return state.withLock { state in
      var words: [String] = []
      if let oldest = state.writes.values.min(), oldest.duration(to: now) > Self.longWrite {
        words.append("the diary (a write for \(spanInWords(oldest.duration(to: now).inSeconds)))")
      }
      words += state.turns.filter { $0.value < now }.sorted { $0.key < $1.key }
        .map { late($0.key, since: $0.value) }
      if let deadline = state.housekeeping, deadline < now {
        words.append(late("the housekeeper", since: deadline))
      }
      return words
    }
  }

  /// A busy diary is waited for half as long.
  private static let longWrite = Duration.seconds(10)
}
