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
    /// Whatever the diary is: for commands, which bring no readings of their own kind.
    case asFound
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
    /// Whether a commit waits for the disk; a simulation in a hurry may go without.
    package var waitsForDisk: Bool
    /// The moment now: stamps what comes without a stamp of its own.
    package var now: @Sendable () -> Stamp
    /// The folder of copies, one of which takes the place of a damaged diary; nil for none.
    package var backups: String?

    package init(
      origin: Origin, plan: DayPlan, floors: [Channel: Double] = [:],
      waitsForDisk: Bool = true, now: @escaping @Sendable () -> Stamp
    ) {
      precondition(floors.values.allSatisfy { $0 > 0 }, "a floor is above zero")
      self.origin = origin
      self.plan = plan
      self.floors = floors
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
    /// What of a damaged diary could be brought back; nil where none was moved aside.
    package var recovery: Recovery?

    package init(isNew: Bool, movedAside: String?, lastCloseWasClean: Bool) {
      self.isNew = isNew
      self.movedAside = movedAside
      self.lastCloseWasClean = lastCloseWasClean
    }
  }

  package nonisolated let path: String
  package nonisolated let opening: Opening
  private let executor: any SerialExecutor
  let options: Options
  /// Nil while the diary is lent, and after it was closed.
  private var diary: OpenDiary?
  /// Who has the diary while it is lent.
  private var borrower: String?

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
    let diary = try OpenDiary(path: path, options: options)
    opening = diary.opening
    self.diary = diary
  }

  /// Finishes the hours, folds the log into the file, and lets the next writer in.
  ///
  /// A diary that is lent is its borrower's to close.
  package func close() throws {
    guard diary != nil else { return }
    try transact(durably: true, "close the diary") { try $0.finishHours() }
    try diary?.close(path: path)
    diary = nil
  }

  /// Closes the diary so that another process can write it; until `takeBack` every call fails.
  ///
  /// - Parameter purpose: Who has it, and what for: `skin2vec import`.
  /// - Throws: `StoreError`; then the diary is not lent.
  package func lend(for purpose: String) throws {
    try close()
    borrower = purpose
  }

  /// Opens a lent diary again; does nothing where it is not lent.
  ///
  /// - Throws: `StoreError`; its kind is `inUse` while the borrower has it.
  package func takeBack() throws {
    guard borrower != nil else { return }
    diary = try OpenDiary(path: path, options: options)
    borrower = nil
  }

  /// Runs a body in one transaction; on an error nothing of it stays.
  func transact<T>(
    durably: Bool, _ operation: String, _ body: (DiaryWriter) throws -> T
  ) throws -> T {
    let diary = try opened(operation)
    do {
      return try diary.transact(durably: durably, body)
    } catch {
      diary.writer.isStale = true
      throw StoreError(error, path: path, operation: operation)
    }
  }

  /// Runs what cannot be in a transaction.
  func withoutTransaction(_ operation: String, _ body: (Database) throws -> Void) throws {
    let diary = try opened(operation)
    try StoreError.wording(path: path, operation: operation) {
      try diary.queue.writeWithoutTransaction(body)
    }
  }

  /// Runs what makes transactions of its own; on an error what was committed stays.
  func withWriter<T>(
    _ operation: String, _ body: (DatabaseQueue, DiaryWriter) throws -> T
  ) throws -> T {
    let diary = try opened(operation)
    do {
      return try body(diary.queue, diary.writer)
    } catch {
      diary.writer.isStale = true
      throw StoreError(error, path: path, operation: operation)
    }
  }

  private func opened(_ operation: String) throws(StoreError) -> OpenDiary {
    if let diary { return diary }
    throw StoreError(.lent(to: borrower ?? "nobody"), path: path, operation: operation)
  }
}
