import GRDB

/// The writer's lock, connection and memory while a diary is open; belongs to the store.
final class OpenDiary {
  let opening: Store.Opening
  let queue: DatabaseQueue
  let writer: DiaryWriter
  private let path: String
  private let lock: DiaryLock
  private let waitsForDisk: Bool
  private var isDurable: Bool?

  /// Takes the lock and opens the file, and makes it where there is none.
  init(path: String, options: Store.Options) throws(StoreError) {
    let lock = try DiaryLock(diary: path)
    self.lock = lock
    self.path = path
    waitsForDisk = options.waitsForDisk
    // Half a copy, of a restoration that was cut off: nobody restores while the lock is held.
    for suffix in ["", "-journal", "-wal", "-shm"] {
      try FileCalls.remove(path + Restoration.newSuffix + suffix)
    }
    let found = try DiaryFile.openForWriting(
      path: path, options: options, lastCloseWasClean: lock.lastCloseWasClean)
    let queue = found.queue
    self.queue = queue
    let writer = try StoreError.wording(path: path, operation: "open the diary") {
      try queue.writeWithoutTransaction { db in
        let writer = DiaryWriter(db, options: options)
        try db.inTransaction(.immediate) {
          try writer.begin(path: path)
          return .commit
        }
        return writer
      }
    }
    self.writer = writer
    // SQLite keeps the name of a log that it makes, and not of one that a reader made before it.
    try FileCalls.sync(FileCalls.folder(of: path))
    var opening = Store.Opening(
      isNew: found.isNew, movedAside: found.rescue?.asides.last,
      lastCloseWasClean: lock.lastCloseWasClean)
    if let rescue = found.rescue {
      let salvage = try StoreError.wording(path: path, operation: "salvage the damaged diary") {
        try rescue.readable.reduce(into: Salvage()) { sum, aside in
          sum.add(try Salvage.of(aside, into: queue, writer, isAgain: rescue.isAgain))
        }
      }
      try rescue.finish()
      opening.recovery = Recovery(copy: found.restored, salvage: salvage)
    }
    self.opening = opening
  }

  /// Folds the log into the file and lets the next writer in.
  func close(path: String) throws(StoreError) {
    try StoreError.wording(path: path, operation: "close the diary") {
      // Where a reader holds on to the log, the next writer folds it in.
      _ = try? queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      try queue.close()
    }
    lock.release()
  }

  /// Runs a body in one transaction; on an error nothing of it stays.
  ///
  /// Where there is no room for the log to grow it is folded into the file first, which lets it begin
  /// anew, and the body runs a second time.
  func transact<T>(durably: Bool, _ body: (DiaryWriter) throws -> T) throws -> T {
    do {
      return try attempt(durably: durably, body)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
      writer.isStale = true
      // What a reader still needs stays in the log; then the second attempt says what is wrong.
      _ = try? queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      return try attempt(durably: durably, body)
    }
  }

  private func attempt<T>(durably: Bool, _ body: (DiaryWriter) throws -> T) throws -> T {
    try queue.writeWithoutTransaction { db in
      try setDurability(durably, db)
      var result: T?
      try db.inTransaction(.immediate) {
        if writer.isStale { try writer.recall() }
        result = try body(writer)
        // As late as it can be asked: a commit after it would say that all is well.
        try FileCalls.requireWritable(path, to: "write")
        return .commit
      }
      guard let result else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
      return result
    }
  }

  /// SQLite ignores a change of it inside a transaction, so it is made before.
  private func setDurability(_ isDurable: Bool, _ db: Database) throws {
    guard self.isDurable != isDurable else { return }
    let level = waitsForDisk ? isDurable ? "FULL" : "NORMAL" : "OFF"
    try db.execute(sql: "PRAGMA synchronous = \(level)")
    self.isDurable = isDurable
  }
}
