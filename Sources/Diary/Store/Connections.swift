import GRDB
import Synchronization

/// Connections to one diary: whoever reads takes the one for which fewest wait, so that a long question
/// holds up no short one.
final class Connections: Sendable {
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

  /// Reads by the least busy.
  func read<T: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> T
  ) async throws -> T {
    let own = waiting.withLock { waiting in
      let own = waiting.indices.min { waiting[$0] < waiting[$1] } ?? 0
      waiting[own] += 1
      return own
    }
    defer { waiting.withLock { $0[own] -= 1 } }
    return try await queues[own].read(body)
  }

  /// Reads by the first, always the same: SQLite tells each connection of others' commits by a number of
  /// its own.
  func readByFirst<T: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> T
  ) async throws -> T {
    let own = 0
    waiting.withLock { $0[own] += 1 }
    defer { waiting.withLock { $0[own] -= 1 } }
    return try await queues[own].read(body)
  }
}
