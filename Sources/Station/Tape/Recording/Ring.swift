import Synchronization

/// The last hours of a tape, in so many bytes of memory.
///
/// The beginning is kept, up to where every loop first stood between two turns: there the station
/// can be started. When the ring is full whole stretches are dropped after it, up to another such
/// moment, so that what is left can be played. Where there was none for too long, as with a part
/// that never came back, what is left can only be read.
package final class Ring: Sendable {
  fileprivate struct State {
    var chunks: [Chunk] = []
    var size = 0
    /// Chunks that begin the tape and stay.
    var head: Int?
  }

  private let state = Mutex(State())
  private let limit: Int

  /// Creates an empty ring.
  ///
  /// - Parameter limit: The bytes of tape it holds at most.
  package init(limit: Int) { self.limit = limit }

  package func append(_ chunk: Chunk) {
    state.withLock { state in
      if state.head == nil, chunk.isCut { state.head = state.chunks.count }
      state.chunks.append(chunk)
      state.size += chunk.cost
      while state.size > limit, state.dropOldest() {}
    }
  }

  /// What is left of the tape.
  package var chunks: [Chunk] { state.withLock(\.chunks) }

  /// The bytes it takes.
  package var size: Int { state.withLock(\.size) }
}

extension Ring.State {
  /// Drops the oldest stretch that can be spared; false where nothing is left to drop.
  mutating func dropOldest() -> Bool {
    let start = head ?? 0
    guard start < chunks.count else { return false }
    let cut = chunks[(start + 1)...].firstIndex { $0.isCut }
    let end = cut ?? (start + 1)
    for chunk in chunks[start..<end] { size -= chunk.cost }
    chunks.removeSubrange(start..<end)
    return true
  }
}

extension Chunk {
  /// The bytes it takes in memory, its own record included.
  var cost: Int { bytes.count + 64 }
}
