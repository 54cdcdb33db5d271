import GRDB
package import Readings

extension Store {
  /// What an erasure would remove, by table; nothing is removed.
  package func rehearse(_ erasure: Erasure, at stamp: Stamp) throws -> [String: Int] {
    try transact(durably: false, "look what would be erased") { writer in
      try writer.rehearse { try $0.erase(erasure, at: stamp) }
    }
  }

  /// Removes readings, overwrites them in the files, and looks for them there.
  ///
  /// What was worked out from them is worked out anew. The files are then searched, byte by byte, for
  /// the texts, the unusual numbers and the samples that were removed.
  ///
  /// - Parameters:
  ///   - erasure: What.
  ///   - stamp: When.
  ///   - progress: Told of every step.
  /// - Returns: What went, and the proof.
  /// - Throws: `StoreError`; its kind is `full` where there is no room to write the diary anew.
  package func erase(
    _ erasure: Erasure, at stamp: Stamp, progress: BackupRun.Progress = { _, _ in }
  ) throws -> Erasure.Outcome {
    let operation = "erase readings"
    let files = ["", "-wal", "-shm", "-journal"].map { path + $0 }
    // The diary is written anew, through its log.
    try FileCalls.requireRoom(
      for: 2 * FileCalls.size(path) + (4 << 20), in: FileCalls.folder(of: path), to: operation)
    progress(0, "gathering")
    try withoutTransaction(operation) { try $0.execute(sql: "PRAGMA secure_delete = ON") }
    var traces = try gather(erasure, operation)
    let before = traces.search(files).found
    progress(0.2, "erasing")
    let rows = try transact(durably: true, operation) { try $0.erase(erasure, at: stamp) }
    progress(0.5, "writing anew")
    try withoutTransaction(operation) { db in
      // In memory the whole diary would be more than a small board has.
      try db.execute(sql: "PRAGMA temp_store = FILE")
      try db.execute(sql: "VACUUM")
      _ = try db.checkpoint(.truncate)
      try db.execute(sql: "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = OFF")
      progress(0.8, "searching")
      try traces.subtract(what: db)
    }
    try keepLogCut()
    let (after, bytes) = traces.search(files)
    progress(1, "done")
    return Erasure.Outcome(
      rows: rows,
      proof: ErasureProof(
        traces: traces.count, foundBefore: before, foundAfter: after,
        files: files.filter { FileCalls.exists($0) }, bytes: bytes))
  }

  private func gather(_ erasure: Erasure, _ operation: String) throws -> Traces {
    try transact(durably: false, operation) { writer in
      try Traces(of: EraseScope(erasure, writer.plans), in: writer.db)
    }
  }
}

extension Store {
  /// Erases the same in the copies of a folder, which are then proved and described anew.
  ///
  /// - Parameters:
  ///   - erasure: What.
  ///   - folder: Where copies of this diary may be.
  ///   - stamp: When.
  /// - Returns: Each copy, and what went of it, or why nothing did.
  package nonisolated func erase(
    _ erasure: Erasure, inCopiesOf folder: String, at stamp: Stamp
  ) async -> [(path: String, result: Result<Erasure.Outcome, any Error>)] {
    var results: [(path: String, result: Result<Erasure.Outcome, any Error>)] = []
    for copy in Backups(folder: folder).copies where copy.manifest.source == path {
      do {
        results.append((copy.path, .success(try await erase(erasure, in: copy, at: stamp))))
      } catch {
        results.append((copy.path, .failure(error)))
      }
    }
    return results
  }

  private nonisolated func erase(
    _ erasure: Erasure, in copy: Backups.Copy, at stamp: Stamp
  ) async throws -> Erasure.Outcome {
    guard copy.manifest.contents.schemaVersion == Schema.version else {
      throw StoreError(
        .other, path: copy.path, operation: "erase in a copy",
        detail: "it is of an earlier version of the schema: delete it, and its manifest")
    }
    var manifest = copy.manifest
    // Cut off in between, it is a copy that nobody has proved.
    manifest.isVerified = false
    try manifest.write(beside: copy.path)
    var options = options
    options.backups = nil
    let store = try Store(path: copy.path, options: options)
    let outcome = try await store.erase(erasure, at: stamp)
    try await store.standAlone()
    manifest.contents = try DiaryCopy.examine(copy.path)
    manifest.bytes = FileCalls.size(copy.path)
    manifest.isVerified = true
    try manifest.write(beside: copy.path)
    return outcome
  }

  /// Closes a copy that was written, without a log beside it.
  private func standAlone() throws {
    try withoutTransaction("close a copy") { db in
      _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
    }
    try close()
    for suffix in ["-wal", "-shm", ".lock"] { try FileCalls.remove(path + suffix) }
  }
}
