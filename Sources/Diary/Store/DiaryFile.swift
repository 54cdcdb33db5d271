import FoundationEssentials
import GRDB
import GRDBSQLite
import Readings

/// Opens the diary's file, as its writer or as a reader.
enum DiaryFile {
  /// Up to this size the whole file is checked at every opening; above it, after a bad end only.
  private static let alwaysChecked = 32 << 20

  /// A diary opened for writing, and what was found.
  struct Opened {
    var queue: DatabaseQueue
    var isNew: Bool
    /// What is to be brought back of a damaged diary.
    var rescue: Rescue?
    /// The copy that took its place.
    var restored: BackupManifest?
  }

  /// Opens the file for writing.
  ///
  /// A damaged one is moved aside; the newest copy that proves good takes its place, or a new diary
  /// begins. What a rescue was cut off from is gone on with.
  ///
  /// - Parameters:
  ///   - path: Where the diary is.
  ///   - options: Where copies are.
  ///   - lastCloseWasClean: Whether the last writer closed it.
  /// - Returns: The connection, and what was found.
  /// - Throws: `StoreError`
  static func openForWriting(
    path: String, options: Store.Options, lastCloseWasClean: Bool
  ) throws(StoreError) -> Opened {
    var rescue = try Rescue(unfinishedOf: path)
    do {
      if rescue == nil {
        return try open(path: path, options: options, lastCloseWasClean: lastCloseWasClean)
      }
      return try open(path: path, options: options, goingOnWith: &rescue)
    } catch { guard error.kind == .corrupt else { throw error } }
    rescue = try Rescue(of: path, after: rescue)
    return try open(path: path, options: options, goingOnWith: &rescue)
  }

  private static func open(
    path: String, options: Store.Options, goingOnWith rescue: inout Rescue?
  ) throws(StoreError) -> Opened {
    try rescue?.moveAside()
    let restored = rescue?.putCopy(options)
    var opened = try open(path: path, options: options, lastCloseWasClean: false)
    (opened.rescue, opened.restored) = (rescue, restored)
    return opened
  }

  /// Opens the file for reading, beside a writer or without one.
  ///
  /// - Parameter path: Where the diary is.
  /// - Returns: The connection.
  /// - Throws: `StoreError`
  static func openForReading(path: String) throws(StoreError) -> DatabaseQueue {
    try StoreError.wording(path: path, operation: "read the diary") {
      try openAnyForReading(path: path)
    }
  }

  /// Opens a diary of this version of the schema, or of an earlier one, for reading.
  ///
  /// - Parameter path: Where the diary, or the copy of one, is.
  /// - Returns: The connection.
  /// - Throws: `StoreError`; GRDB's errors.
  static func openAnyForReading(path: String) throws -> DatabaseQueue {
    guard FileManager.default.fileExists(atPath: path) else {
      throw StoreError(.missing, path: path, operation: "read the diary")
    }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    configuration.label = "skin2vec.archive"
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -512") }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    let found = try queue.read { try Schema.check($0, path: path) }
    guard !found.isEmpty else {
      throw StoreError(.missing, path: path, operation: "read the diary")
    }
    return queue
  }

  private static func open(
    path: String, options: Store.Options, lastCloseWasClean: Bool
  ) throws(StoreError) -> Opened {
    try StoreError.wording(path: path, operation: "open the diary") {
      try DiaryHeader.check(path: path)
      var configuration = Configuration()
      configuration.label = "skin2vec.diary"
      configuration.busyMode = .timeout(5)
      configuration.prepareDatabase { try prepare($0) }
      let queue = try DatabaseQueue(path: writing(path), configuration: configuration)
      let isNew = try queue.writeWithoutTransaction { db in
        try keepLog(db)
        try check(db, path: path, wholly: !lastCloseWasClean)
        // A database of somebody else's must be refused before its journal mode is changed.
        let (version, isEmpty) = try Schema.check(db, path: path)
        // What need not be kept gives its room back bit by bit; before anything is written.
        if isEmpty { try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL") }
        try useWriteAheadLog(db)
        // A log that lost its power may end in the midst of a sector, which the next write could
        // spoil: it is folded in, and begun anew. Where a reader is in the way it stays as it is.
        if !isEmpty { _ = try? db.checkpoint(.passive) }
        if !isEmpty, version < Schema.version { try keep(path, before: options.now()) }
        let isNew = try Schema.migrate(db, path: path)
        if !isEmpty, version < Schema.version { takePagesBack(db) }
        return isNew
      }
      return Opened(queue: queue, isNew: isNew)
    }
  }

  /// The name by which SQLite opens the file without trusting the card more than it should.
  ///
  /// A card whose power goes may spoil the whole sector that it was writing, and in it the end of
  /// what was committed before: with `psow=0` a commit that is waited for fills its last sector.
  private static func writing(_ path: String) -> String {
    // Without it a name is only a name; Debian's SQLite has it.
    guard sqlite3_compileoption_used("USE_URI") == 1 else { return path }
    let reserved = Set("%?#".utf8)
    let name = path.utf8.flatMap { byte in
      reserved.contains(byte) ? Array("%\(String(byte, radix: 16))".utf8) : [byte]
    }
    return (path.hasPrefix("/") ? "file://" : "file:") + String(decoding: name, as: UTF8.self)
      + "?psow=0"
  }

  /// Makes a proved copy of a diary whose schema is about to change; it stays.
  ///
  /// It has its name only once it is proved, and one that an interrupted change left serves again.
  private static func keep(_ path: String, before stamp: Stamp) throws {
    let usual = "\(path).before-v\(Schema.version)"
    let partial = usual + ".partial"
    for suffix in ["", "-journal", "-wal", "-shm"] { try FileCalls.remove(partial + suffix) }
    try FileCalls.requireRoom(
      for: FileCalls.size(path) + FileCalls.size(path + "-wal") + (4 << 20),
      in: FileCalls.folder(of: path), to: "keep a copy of the diary before its schema changes")
    let contents = try DiaryCopy.make(of: path, at: partial)
    // One that cannot be read, or holds something else, is not touched.
    if (try? BackupManifest(of: usual))?.contents == contents,
      (try? DiaryCopy.require(contents, of: usual)) != nil
    {
      return try FileCalls.remove(partial)
    }
    let copy = FileCalls.exists(usual) ? FileCalls.freeName(usual + "-") : usual
    var manifest = BackupManifest(
      of: partial, sequence: 0, source: path, stamp: stamp, contents: contents)
    manifest.file = FileCalls.name(of: copy)
    try manifest.write(beside: copy)
    try FileCalls.move(partial, to: copy)
  }

  private static func prepare(_ db: Database) throws {
    // Little memory: the daemon holds 6 MB. One page is one block of a card's file system.
    try db.execute(sql: "PRAGMA page_size = 4096; PRAGMA cache_size = -512")
    try db.execute(sql: "PRAGMA temp_store = MEMORY")
  }

  /// Writes a diary of an earlier version anew, so that it too can give room back bit by bit.
  private static func takePagesBack(_ db: Database) {
    // It needs twice the room; without that, old samples leave their pages to new ones.
    try? db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL; VACUUM")
  }

  /// Hot pages are rewritten at every commit; the longer the log, the fewer reach the file.
  private static func useWriteAheadLog(_ db: Database) throws {
    let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
    guard mode == "wal" else {
      throw DatabaseError(resultCode: .SQLITE_CANTOPEN, message: "journal mode \(mode ?? "?")")
    }
    try db.execute(sql: "PRAGMA wal_autocheckpoint = 1000")
    // A log that once grew, beside a reader that took its time, gives its room back.
    _ = try Int.fetchOne(db, sql: "PRAGMA journal_size_limit = 16777216")
  }

  /// Lets the log and its index stay when the writer ends, or finds the file damaged.
  ///
  /// A reader that may not write the folder needs them (sqlite.org/wal.html#readonly).
  private static func keepLog(_ db: Database) throws {
    var isPersistent: CInt = 1
    let code = sqlite3_file_control(
      db.sqliteConnection, nil, SQLITE_FCNTL_PERSIST_WAL, &isPersistent)
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  private static func check(_ db: Database, path: String, wholly: Bool) throws {
    let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
    guard pages > 0, wholly || pages * 4096 <= alwaysChecked else { return }
    let answer = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no answer"
    guard answer == "ok" else {
      throw StoreError(.corrupt, path: path, operation: "open the diary", detail: answer)
    }
  }
}
