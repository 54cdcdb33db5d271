import GRDB
import Synchronization

/// Connections to one diary: whoever reads takes the one for which fewest wait, so that a long question
/// holds up no short one.
final class ReadConnections: Sendable {
  private let queues: [DatabaseQueue]
  /// How many are reading by each or wait to.
  private let waiting: Mutex<[Int]>

  /// Opens them.
  ///
  /// - Parameters:
  ///   - path: Where the diary is.
  ///   - count: How many; one at least.
  /// - Throws: `StoreError`
  init(path: String, count: Int) throws(StoreError) {
    var queues: [DatabaseQueue] = []
    for _ in 0..<max(1, count) { queues.append(try DiaryFile.openForReading(path: path)) }
    self.queues = queues
    waiting = Mutex(queues.map { _ in 0 })
  }

  /// Reads by the least busy, or always by the same.
  ///
  /// - Parameters:
  ///   - isByFirst: Whether only one and the same connection can compare what it reads with what it read
  ///     before: SQLite tells each connection of others' commits by a number of its own.
  ///   - body: Reads.
  /// - Returns: What the body returns.
  /// - Throws: GRDB's errors, and what the body throws.
  func read<T: Sendable>(
    isByFirst: Bool, _ body: @escaping @Sendable (Database) throws -> T
  ) async throws -> T {
    let own = waiting.withLock { waiting in
      let least = waiting.indices.min { waiting[$0] < waiting[$1] } ?? 0
      let own = isByFirst ? 0 : least
      waiting[own] += 1
      return own
    }
    defer { waiting.withLock { $0[own] -= 1 } }
    return try await queues[own].read(body)
  }
}
