import GRDB
package import Readings

extension Store {
  /// Takes lines that come from elsewhere, in one transaction, and derives what depends on them.
  ///
  /// A batch is asked for whenever the last one is in. Nothing of a refused line is stored.
  ///
  /// - Parameters:
  ///   - options: What is imported, from where, and what becomes of duplicates.
  ///   - stamp: The moment of the import.
  ///   - next: Gives the next lines; nil at the end.
  ///   - hear: Told of each batch's refused lines, in their order, and of the counts up to there.
  ///   - announce: Words the notice that is kept of it.
  /// - Returns: What became of the lines; in a dry run, and with `isAllOrNothing` and a refused
  ///   line, what would have.
  /// - Throws: `StoreError`; then nothing was stored.
  package func importLines(
    _ options: ImportOptions, at stamp: Stamp, next: @Sendable () throws -> ImportBatch?,
    hear: @Sendable ([ImportRefusal], ImportCounts) throws -> Void,
    announcing announce: @Sendable (ImportCounts) -> Notice
  ) throws -> ImportCounts {
    // Pages that are changed once more are looked for in memory, not in a log of a gigabyte.
    try setCache(kibibytes: 65_536)
    defer {
      // The next writer begins with the usual cache; this one is about to be closed.
      try? setCache(kibibytes: 512)
    }
    // What the file's reader throws is told as it is, not as a fault of the diary.
    var failure: (any Error)?
    do {
      return try transact(durably: true, "import \(options.kind.rawValue)") { writer in
        try writer.importLines(
          options, at: stamp, next: { try noting(&failure) { try next() } },
          hear: { refusals, counts in try noting(&failure) { try hear(refusals, counts) } },
          announcing: announce)
      }
    } catch {
      throw failure ?? error
    }
  }

  /// Runs a body, and keeps what it throws.
  private func noting<T>(_ failure: inout (any Error)?, _ body: () throws -> T) throws -> T {
    do { return try body() } catch {
      failure = error
      throw error
    }
  }

  private func setCache(kibibytes: Int) throws {
    try withoutTransaction("set the cache") { db in
      try db.execute(sql: "PRAGMA cache_size = -\(kibibytes)")
    }
  }
}

extension DiaryWriter {
  /// Takes lines, and leaves everything as it was where nothing is to be taken.
  fileprivate func importLines(
    _ options: ImportOptions, at stamp: Stamp, next: () throws -> ImportBatch?,
    hear: ([ImportRefusal], ImportCounts) throws -> Void,
    announcing announce: (ImportCounts) -> Notice
  ) throws -> ImportCounts {
    var counts = ImportCounts()
    try db.inSavepoint {
      counts = try takeLines(options, at: stamp, next: next, hear: hear)
      guard !options.isDryRun, !options.isAllOrNothing || counts.refused == 0 else {
        // What the writer has learnt goes with the rows.
        isStale = true
        return .rollback
      }
      var notice = announce(counts)
      notice.stamp = stamp
      try append(notice)
      try note(counts, of: options, at: stamp)
      return .commit
    }
    return counts
  }

  /// Takes every batch, then derives once what depends on them.
  private func takeLines(
    _ options: ImportOptions, at stamp: Stamp, next: () throws -> ImportBatch?,
    hear: ([ImportRefusal], ImportCounts) throws -> Void
  ) throws -> ImportCounts {
    let air = try ImportedAir(self, options.duplicates)
    let entries = ImportedEntries(self, options.duplicates, at: stamp)
    var counts = ImportCounts()
    while let batch = try next() {
      counts.lines += batch.lines
      var refused = batch.refused
      counts.refused += refused.count
      try air.take(batch.air, &counts, &refused)
      try entries.take(batch.entries, &counts, &refused)
      try hear(refused.sorted { $0.line < $1.line }, counts)
    }
    var refused: [ImportRefusal] = []
    try entries.finish(&counts, &refused)
    try air.finish(periodSeconds: options.periodSeconds)
    try hear(refused.sorted { $0.line < $1.line }, counts)
    return counts
  }

  /// Keeps the account of an import.
  private func note(
    _ counts: ImportCounts, of options: ImportOptions, at stamp: Stamp
  ) throws {
    try run(
      """
      INSERT INTO import (source, what, taken, known, refused, time_utc_us, boot, boot_us, clock)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [options.source, options.kind.rawValue, counts.taken, counts.known, counts.refused]
        + columns(of: stamp))
  }
}
