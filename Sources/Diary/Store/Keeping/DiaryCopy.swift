import GRDB

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Copies a diary that may be written at the same time, and proves a copy.
///
/// A diary's file is never copied as a file: what was committed last stands in the log beside it.
enum DiaryCopy {
  /// How far a copy has come.
  enum Progress: Hashable {
    /// Pages copied, of how many.
    case copying(done: Int, of: Int)
    /// Reading the source cell by cell.
    case reading
    /// Opening the copy anew, and reading it cell by cell.
    case proving
  }

  /// One step of the copy: small, so that a slow card serves the writer in between.
  private static let pagesPerStep: CInt = 256
  /// How much may wait in the kernel for the disk; a commit of the writer may have to wait for it.
  private static let stepsPerSync = 4
  /// How much longer the writer's log may become while its state is held.
  static let logAllowance: Int64 = 64 << 20

  /// Copies the state a diary is in now, which its writer never notices.
  ///
  /// - Parameters:
  ///   - source: The diary.
  ///   - target: A file that is not there yet; on an error nothing stays of it.
  ///   - progress: Told of every step.
  /// - Returns: What source and copy hold, both having been read whole.
  /// - Throws: `StoreError`; its kind is `unproved` where the copy does not match.
  static func make(
    of source: String, at target: String, progress: (Progress) -> Void = { _ in }
  ) throws(StoreError) -> DiaryContents {
    do {
      let wanted = try StoreError.wording(path: source, operation: "copy the diary") {
        try copy(source, to: target, progress)
      }
      try FileCalls.sync(target)
      progress(.proving)
      try require(wanted, of: target)
      return wanted
    } catch {
      for suffix in ["", "-journal", "-wal", "-shm"] {
        // What cannot be removed is swept away by the next run.
        try? FileCalls.remove(target + suffix)
      }
      throw error
    }
  }

  private static func copy(
    _ source: String, to target: String, _ progress: (Progress) -> Void
  ) throws -> DiaryContents {
    let reader = try DiaryFile.openAnyForReading(path: source)
    let queue = try newFile(target)
    let log = LogWatch(diary: source)
    return try reader.read { db in
      // The first question takes the state that all that follows is of.
      _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema")
      try queue.writeWithoutTransaction { copy in
        let disk = DiskPacer(path: target, every: stepsPerSync)
        try withoutActuallyEscaping(progress) { progress in
          try db.backup(to: copy, pagesPerStep: pagesPerStep) { step in
            progress(.copying(done: step.completedPageCount, of: step.totalPageCount))
            try log.check()
            try disk.step()
          }
        }
        // The copy stands alone: no log beside it.
        _ = try String.fetchOne(copy, sql: "PRAGMA journal_mode = DELETE")
      }
      try queue.close()
      progress(.reading)
      return try DiaryContents(db) { try log.check() }
    }
  }

  /// A file that is thrown away if anything goes wrong needs no journal.
  private static func newFile(_ path: String) throws -> DatabaseQueue {
    guard !FileCalls.exists(path) else {
      throw StoreError(.other, path: path, operation: "make a copy", detail: "it is there already")
    }
    var configuration = Configuration()
    configuration.label = "skin2vec.copy"
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA cache_size = -2048; PRAGMA synchronous = OFF")
      _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = OFF")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Opens a copy anew, checks it whole, and refuses it where it does not hold what it should.
  static func require(_ wanted: DiaryContents, of copy: String) throws(StoreError) {
    let found = try examine(copy)
    guard found != wanted else { return }
    let tables = zip(found.tables, wanted.tables).filter { $0 != $1 }.map(\.0.name)
    throw StoreError(
      .unproved, path: copy, operation: "prove the copy",
      detail:
        "not what its source was: \(tables.isEmpty ? "its tables" : tables.joined(separator: ", "))"
    )
  }

  /// Opens a diary that nobody writes, checks every page and reference, and reads every cell.
  ///
  /// - Parameter path: A copy; a log beside it is an error.
  /// - Returns: What it holds.
  /// - Throws: `StoreError`
  static func examine(_ path: String) throws(StoreError) -> DiaryContents {
    guard FileCalls.size(path + "-wal") == 0 else {
      throw StoreError(
        .unproved, path: path, operation: "read the copy",
        detail: "a log lies beside it: it is a diary in use, or was copied as a file")
    }
    return try StoreError.wording(path: path, operation: "prove the copy") {
      let queue = try DiaryFile.openAnyForReading(path: path)
      let contents = try queue.read { db in
        try check(db, path: path)
        return try DiaryContents(db)
      }
      try queue.close()
      return contents
    }
  }

  /// Every page, and every reference from row to row.
  private static func check(_ db: Database, path: String) throws {
    try db.execute(sql: "PRAGMA cell_size_check = ON")
    let answer = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no answer"
    guard answer == "ok" else {
      throw StoreError(.corrupt, path: path, operation: "prove the copy", detail: answer)
    }
    if let row = try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") {
      throw StoreError(
        .corrupt, path: path, operation: "prove the copy",
        detail: "a row of \(row[0] as String) refers to nothing")
    }
  }
}

/// Keeps a state that is held for long from making the writer's log grow without bound.
private struct LogWatch {
  private let path: String
  private let start: Int64

  init(diary: String) {
    path = diary + "-wal"
    start = FileCalls.size(path)
  }

  func check() throws {
    let growth = FileCalls.size(path) - start
    guard growth <= DiaryCopy.logAllowance else {
      throw StoreError(
        .busy, path: path, operation: "copy the diary",
        detail: "so much was written meanwhile that the log grew by \(growth >> 20) MB")
    }
  }
}

/// Sends what was copied to the disk bit by bit, rather than all at once at the end.
private final class DiskPacer {
  private let descriptor: Int32
  private let every: Int
  private var steps = 0

  init(path: String, every: Int) {
    descriptor = open(path, O_WRONLY | O_CLOEXEC)
    self.every = every
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func step() throws {
    steps += 1
    guard descriptor >= 0, steps.isMultiple(of: every) else { return }
    guard fdatasync(descriptor) == 0 else { throw FileCalls.failure("", "copy the diary") }
  }
}
