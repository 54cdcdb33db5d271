import GRDB
package import Readings

/// What a slice of pruning did.
package struct Pruning: Hashable, Sendable {
  /// Samples of which a value was removed.
  package var changed = 0
  /// Samples that had no value left.
  package var removed = 0
  /// Whether nothing more is due.
  package var isDone = false

  package init() {}
}

extension Store {
  /// Removes some of the raw values that need not be kept any longer; hours and days stay for ever.
  ///
  /// Small slices, so that a tap never waits: call it again until it is done. Freed pages go back to
  /// the file system, some at a time.
  ///
  /// - Parameters:
  ///   - keep: By channel for how long its samples stay; for ever where it says nothing.
  ///   - now: The moment from which that is counted.
  ///   - budget: About how many samples, and how many pages, to change at most.
  /// - Returns: What was done.
  /// - Throws: `StoreError`
  @discardableResult
  package func prune(
    keeping keep: [Channel: Duration], at now: Timestamp, budget: Int = 1000
  ) throws -> Pruning {
    guard !keep.isEmpty else { return Pruning(isDone: true) }
    let pruning = try transact(durably: false, "remove old samples") { writer in
      try writer.prune(before: keep.mapValues { now - $0 }, budget: budget)
    }
    guard pruning.changed > 0 else { return pruning }
    try withoutTransaction("give freed pages back") { db in
      try db.execute(sql: "PRAGMA incremental_vacuum(\(max(1, budget / 10)))")
    }
    return pruning
  }
}

extension Pruning {
  fileprivate init(isDone: Bool) { self.isDone = isDone }
}
