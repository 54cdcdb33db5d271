import GRDB

/// Puts a proved copy in the diary's place, and keeps the diary that was there.
///
/// Whenever it is interrupted, the path leads to the old diary or to the new one, whole.
package struct Restoration: Sendable {
  package var diary: String
  package var copy: String

  package init(diary: String, copy: String) {
    self.diary = diary
    self.copy = copy
  }

  /// What the new diary is called until it takes the old one's place.
  static let newSuffix = ".restoring"

  /// What a restoration did.
  package struct Outcome: Hashable, Sendable {
    package var manifest: BackupManifest
    /// Where the diary that was there is kept; nil where there was none.
    package var keptAs: String?
  }

  /// The steps after which it may be cut off, for tests.
  enum Step: CaseIterable {
    case proved, copied, logFolded, keptAside, logRemoved, replaced
  }

  /// Restores, as nobody else writes the diary.
  ///
  /// - Parameter progress: Told of every step.
  /// - Returns: What was restored, and where the old diary is.
  /// - Throws: `StoreError`; then the old diary is where it was.
  package func run(
    progress: BackupRun.Progress = { _, _ in }
  ) throws(StoreError) -> Outcome {
    do { return try run(progress: progress, after: { _ in }) } catch {
      throw StoreError(error, path: diary, operation: "restore the diary")
    }
  }

  func run(progress: BackupRun.Progress, after: (Step) throws -> Void) throws -> Outcome {
    guard !FileCalls.isSame(copy, diary) else {
      throw StoreError(
        .unproved, path: copy, operation: "restore the diary", detail: "it is the diary itself")
    }
    let lock = try DiaryLock(diary: diary)
    defer { lock.release() }
    let manifest = try Drill(of: copy) { progress(0.5 * $0, $1) }.manifest
    try after(.proved)
    let new = diary + Self.newSuffix
    try clear(new)
    do {
      try copyFile(to: new, progress: { progress(0.5 + 0.3 * $0, "copying") })
      progress(0.8, "proving")
      try DiaryCopy.require(manifest.contents, of: new)
      try after(.copied)
      let keptAs = try exchange(new, after)
      progress(1, "done")
      return Outcome(manifest: manifest, keptAs: keptAs)
    } catch {
      // What is left of it is removed by the next restoration.
      try? clear(new)
      throw error
    }
  }

  /// The old diary gets a second name, loses its log, and only then its first name.
  private func exchange(_ new: String, _ after: (Step) throws -> Void) throws -> String? {
    let keptAs = FileCalls.exists(diary) ? FileCalls.freeName(diary + ".before-restore-") : nil
    if let keptAs {
      // A log that outlived its diary would be played into the new one.
      foldLog()
      try after(.logFolded)
      try FileCalls.keep(diary, as: keptAs)
      if FileCalls.size(diary + "-wal") > 0 {
        try FileCalls.keep(diary + "-wal", as: keptAs + "-wal")
      }
      try FileCalls.sync(FileCalls.folder(of: diary))
      try after(.keptAside)
    }
    try FileCalls.remove(diary + "-wal")
    try FileCalls.remove(diary + "-shm")
    try FileCalls.sync(FileCalls.folder(of: diary))
    try after(.logRemoved)
    try FileCalls.move(new, to: diary)
    try after(.replaced)
    return keptAs
  }

  /// Folds the old diary's log into it; of a damaged one the log is kept as it is.
  private func foldLog() {
    guard (try? DiaryHeader.check(path: diary)) != nil else { return }
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    guard let queue = try? DatabaseQueue(path: diary, configuration: configuration) else { return }
    _ = try? queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    try? queue.close()
  }

  private func copyFile(to new: String, progress: (Double) -> Void) throws {
    try FileCalls.requireRoom(
      for: FileCalls.size(copy) + (4 << 20), in: FileCalls.folder(of: diary),
      to: "restore the diary")
    try FileCalls.copy(copy, to: new, progress: progress)
  }

  private func clear(_ path: String) throws {
    for suffix in ["", "-journal", "-wal", "-shm"] { try FileCalls.remove(path + suffix) }
  }

  /// How often something was erased from the diary that the copy still holds.
  ///
  /// - Returns: 0 where the diary, or the copy, cannot tell.
  package func erasuresUndone() -> Int {
    max(0, Self.erasures(in: diary) - Self.erasures(in: copy))
  }

  static func erasures(in path: String) -> Int {
    // A damaged diary tells nothing; one of the first version has no such table.
    guard let queue = try? DiaryFile.openAnyForReading(path: path) else { return 0 }
    return (try? queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM erasure") }) ?? 0
  }
}
