package import Readings

/// Makes one verified copy of a diary in a folder, and then removes the oldest.
package struct BackupRun: Sendable {
  package var diary: String
  package var folder: String
  /// How many copies of this diary stay in the folder.
  package var keep: Int

  package init(diary: String, folder: String, keep: Int) {
    precondition(keep > 0, "the copy just made is kept")
    self.diary = diary
    self.folder = folder
    self.keep = keep
  }

  /// What a run did.
  package struct Outcome: Hashable, Sendable {
    package var copy: Backups.Copy
    /// Paths of the copies that were older than the last `keep`.
    package var removed: [String]
  }

  /// How far a run has come: from 0 to 1, and what it is doing.
  package typealias Progress = (_ share: Double, _ doing: String) -> Void

  /// Looks whether a copy can be made, without making one.
  ///
  /// - Returns: Bytes the copy will need, at most.
  /// - Throws: `StoreError` where the folder cannot take it, or there is no diary.
  @discardableResult
  package func prepare() throws(StoreError) -> Int64 {
    guard FileCalls.exists(diary) else {
      throw StoreError(.missing, path: diary, operation: "back up the diary")
    }
    guard FileCalls.isFolder(folder) else {
      let isOwn = FileCalls.isSame(folder, diary)
      throw StoreError(
        .unproved, path: folder, operation: "back up the diary",
        detail: isOwn ? "it is the diary itself: name a folder" : "there is no such folder")
    }
    let bytes = FileCalls.size(diary) + FileCalls.size(diary + "-wal") + (4 << 20)
    try FileCalls.requireRoom(for: bytes, in: folder, to: "back up the diary")
    return bytes
  }

  /// Copies, proves the copy, gives it its name, and only then removes older ones.
  ///
  /// - Parameters:
  ///   - stamp: When it is begun.
  ///   - progress: Told of every step.
  /// - Returns: The copy and what was removed.
  /// - Throws: `StoreError`; then nothing of the copy stays, and the others are untouched.
  package func run(
    at stamp: Stamp, progress: Progress = { _, _ in }
  ) throws(StoreError) -> Outcome {
    try prepare()
    let lock = try DiaryLock(diary: folder + "/.backups")
    defer { lock.release() }
    let backups = Backups(folder: folder)
    try backups.sweep()
    let path = backups.nextPath(at: stamp.utc)
    let partial = "\(folder)/.\(FileCalls.name(of: path)).partial"
    let contents = try DiaryCopy.make(of: diary, at: partial) { step in
      switch step {
      case .copying(let done, let total): progress(0.5 * Double(done) / Double(total), "copying")
      case .reading: progress(0.5, "reading")
      case .proving: progress(0.7, "proving")
      }
    }
    var manifest = BackupManifest(
      of: partial, sequence: backups.nextSequence, source: diary, stamp: stamp, contents: contents)
    manifest.file = FileCalls.name(of: path)
    // The manifest first: a copy under its own name is always a proved one.
    try manifest.write(beside: path)
    try FileCalls.move(partial, to: path)
    progress(1, "done")
    return Outcome(
      copy: Backups.Copy(path: path, manifest: manifest),
      removed: try backups.removeOld(of: diary, keeping: keep))
  }
}
