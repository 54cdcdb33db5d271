import GRDB
package import Readings

/// The writer of the diary: one process at a time has one, and every change goes through it.
///
/// What a person did is on the disk when a call returns (synchronous=FULL); batches of air are
/// written with NORMAL, where a power cut may take the last batches but never damages the file.
package actor Store: ReadingSink {
  /// Whose readings a diary holds; it never mixes them, as no reading is ever invented.
  package enum Origin: Hashable, Sendable {
    case real
    /// The name of the scenario.
    case simulated(String)
  }

  /// What the store is told by the settings.
  package struct Options: Sendable {
    package var origin: Origin
    /// The day plan where the diary has none yet; later ones come by `adopt`.
    package var plan: DayPlan
    /// Floors that differ from the channels' defaults, in the channel's unit.
    package var floors: [Channel: Double]
    /// A slot value is suspect where its spread is above this share of it, and above the floor.
    package var suspectShare: Double
    /// Whether a commit waits for the disk; a simulation in a hurry may go without.
    package var waitsForDisk: Bool
    /// The moment now: stamps what comes without a stamp of its own.
    package var now: @Sendable () -> Stamp

    package init(
      origin: Origin, plan: DayPlan, floors: [Channel: Double] = [:], suspectShare: Double = 0.1,
      waitsForDisk: Bool = true, now: @escaping @Sendable () -> Stamp
    ) {
      precondition(floors.values.allSatisfy { $0 > 0 }, "a floor is above zero")
      self.origin = origin
      self.plan = plan
      self.floors = floors
      self.suspectShare = suspectShare
      self.waitsForDisk = waitsForDisk
      self.now = now
    }
  }

  /// What was found when the diary was opened.
  package struct Opening: Hashable, Sendable {
    /// Whether this is a new diary.
    package var isNew: Bool
    /// Where a damaged diary was moved to, and is kept.
    package var movedAside: String?
    /// Whether the last writer closed the diary itself.
    package var lastCloseWasClean: Bool

    package init(isNew: Bool, movedAside: String?, lastCloseWasClean: Bool) {
      self.isNew = isNew
      self.movedAside = movedAside
      self.lastCloseWasClean = lastCloseWasClean
    }
  }

  package nonisolated let path: String
  package nonisolated let opening: Opening
  private let executor: any SerialExecutor
  private let lock: DiaryLock
  let options: Options
  private let queue: DatabaseQueue
  private let writer: DiaryWriter
  private var isDurable: Bool?

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  /// Opens the diary for writing, and makes it where there is none.
  ///
  /// A damaged file is moved aside to `<path>.corrupt-<n>`, kept, and reported in `opening`.
  ///
  /// - Parameters:
  ///   - path: Where the diary is; its folder must exist.
  ///   - options: What the settings say.
  ///   - executor: What the store runs on; by default a queue of its own.
  /// - Throws: `StoreError`
  package init(
    path: String, options: Options, executor: (any SerialExecutor)? = nil
  ) throws(StoreError) {
    self.path = path
    self.options = options
    self.executor = executor ?? QueueExecutor(label: "skin2vec.store")
    let lock = try DiaryLock(diary: path)
    self.lock = lock
    let (queue, isNew, movedAside) = try DiaryFile.openForWriting(
      path: path, lastCloseWasClean: lock.lastCloseWasClean)
    self.queue = queue
    opening = Opening(
      isNew: isNew, movedAside: movedAside, lastCloseWasClean: lock.lastCloseWasClean)
    writer = try StoreError.wording(path: path, operation: "open the diary") {
      try queue.writeWithoutTransaction { db in
        let writer = DiaryWriter(db, options: options)
        try db.inTransaction(.immediate) {
          try writer.begin(path: path)
          return .commit
        }
        return writer
      }
    }
  }

  /// Finishes the hours, folds the log into the file, and lets the next writer in.
  package func close() throws {
    try transact(durably: true, "close the diary") { try $0.finishHours() }
    try StoreError.wording(path: path, operation: "close the diary") {
      // Where a reader holds on to the log, the next writer folds it in.
      _ = try? queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      try queue.close()
    }
    lock.release()
  }

  /// Runs a body in one transaction; on an error nothing of it stays.
  func transact<T>(
    durably: Bool, _ operation: String, _ body: (DiaryWriter) throws -> T
  ) throws -> T {
    do {
      return try queue.writeWithoutTransaction { db in
        try setDurability(durably, db)
        var result: T?
        try db.inTransaction(.immediate) {
          if writer.isStale { try writer.recall() }
          result = try body(writer)
          return .commit
        }
        guard let result else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return result
      }
    } catch {
      writer.isStale = true
      throw StoreError(error, path: path, operation: operation)
    }
  }

  /// Runs what cannot be in a transaction.
  func withoutTransaction(_ operation: String, _ body: (Database) throws -> Void) throws {
    try StoreError.wording(path: path, operation: operation) {
      try queue.writeWithoutTransaction(body)
    }
  }

  /// SQLite ignores a change of it inside a transaction, so it is made before.
  private func setDurability(_ isDurable: Bool, _ db: Database) throws {
    guard self.isDurable != isDurable else { return }
    let level = options.waitsForDisk ? isDurable ? "FULL" : "NORMAL" : "OFF"
    try db.execute(sql: "PRAGMA synchronous = \(level)")
    self.isDurable = isDurable
  }
}
