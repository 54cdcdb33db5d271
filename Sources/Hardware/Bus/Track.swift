import Synchronization

/// The loop on whose behalf something is asked of the board, as a tape of the station names it.
///
/// A loop that says when it begins a turn lets a tape that is full forget whole turns.
package final class Track: Sendable {
  package let name: String
  private let isBetweenTurns = Mutex(true)

  /// The track of the task that asks; nil outside every loop.
  @TaskLocal package static var current: Track?

  package init(_ name: String) { self.name = name }

  /// The present task's loop has come round: all that it knows of the last turn may be forgotten.
  package static func turn() { current?.isBetweenTurns.withLock { $0 = true } }

  /// Whether the loop has come round since this was last asked.
  package func takeTurn() -> Bool {
    isBetweenTurns.withLock { isBetweenTurns in
      defer { isBetweenTurns = false }
      return isBetweenTurns
    }
  }
}
