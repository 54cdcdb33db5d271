import GRDB

/// Proves that a copy could take the diary's place, and touches nothing.
package struct Drill: Hashable, Sendable {
  package var manifest: BackupManifest
  /// Every view of the contract, and how many rows were read from it.
  package var views: [View]

  package struct View: Hashable, Sendable {
    package var name: String
    package var rows: Int64
  }

  /// Opens a copy, checks every page, compares every cell with the manifest, and reads every view.
  ///
  /// - Parameters:
  ///   - copy: Its path.
  ///   - progress: Told of every step.
  /// - Throws: `StoreError`; its kind is `unproved` where the copy has no manifest or is not what
  ///   that says.
  package init(of copy: String, progress: BackupRun.Progress = { _, _ in }) throws(StoreError) {
    let manifest = try Self.manifest(of: copy)
    progress(0, "proving")
    try DiaryCopy.require(manifest.contents, of: copy)
    progress(0.5, "reading")
    self.manifest = manifest
    views = try StoreError.wording(path: copy, operation: "read the copy") {
      let queue = try DiaryFile.openAnyForReading(path: copy)
      let views = try queue.read { try Self.read($0) }
      try queue.close()
      return views
    }
    progress(1, "done")
  }

  private static func manifest(of copy: String) throws(StoreError) -> BackupManifest {
    guard FileCalls.exists(copy) else {
      throw StoreError(.missing, path: copy, operation: "read the copy")
    }
    let manifest: BackupManifest
    do { manifest = try BackupManifest(of: copy) } catch {
      guard error.kind == .missing else { throw error }
      throw StoreError(
        .unproved, path: copy, operation: "prove the copy",
        detail: "it has no manifest beside it, so nobody knows what it should hold")
    }
    guard manifest.isVerified else {
      throw StoreError(
        .unproved, path: copy, operation: "prove the copy",
        detail: "its manifest says that it is not")
    }
    return manifest
  }

  /// Reads the views whole: an answer may fail at its last row.
  private static func read(_ db: Database) throws -> [View] {
    let names = try String.fetchAll(
      db,
      sql: "SELECT name FROM sqlite_schema WHERE type = 'view' AND name LIKE 'v1\\_%' ESCAPE '\\'"
        + " ORDER BY name")
    return try names.map { name in
      var rows: Int64 = 0
      let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM \"\(name)\"")
      while try cursor.next() != nil { rows += 1 }
      return View(name: name, rows: rows)
    }
  }
}
