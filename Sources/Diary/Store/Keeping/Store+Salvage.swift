import GRDB

extension Salvage {
  /// Reads what can be read of a damaged diary into one that is open for writing.
  ///
  /// - Parameters:
  ///   - file: The damaged diary; nothing of it is changed.
  ///   - queue: The connection of the other's writer.
  ///   - writer: The other's writer.
  ///   - isAgain: Whether it was begun before and cut off.
  /// - Returns: What was added, and what is missing.
  /// - Throws: GRDB's errors of the other diary; what is wrong with the damaged one is told instead.
  static func of(
    _ file: String, into queue: DatabaseQueue, _ writer: DiaryWriter, isAgain: Bool = false
  ) throws -> Salvage {
    let damaged: DatabaseQueue
    do { damaged = try open(file) } catch {
      return Salvage(problem: "\(error)")
    }
    let report = try damaged.unsafeRead { old in
      do {
        let salvager = try Salvager(old, into: writer)
        try queue.writeWithoutTransaction { db in
          try salvager.run(isAgain: isAgain) { body in
            try db.inTransaction(.immediate) {
              try body()
              return .commit
            }
          }
        }
        return salvager.report
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
        return Salvage(problem: "\(error)")
      }
    }
    try? damaged.close()
    return report
  }

  /// Opens a file although it is shorter than it says, and with more doubt than usual.
  private static func open(_ file: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = "skin2vec.damaged"
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA writable_schema = ON; PRAGMA cell_size_check = ON")
      try db.execute(sql: "PRAGMA cache_size = -2048")
    }
    return try DatabaseQueue(path: file, configuration: configuration)
  }
}

extension Store {
  /// Adds to the diary what can still be read of a damaged one that was moved aside.
  ///
  /// - Parameter file: The damaged diary; nothing of it is changed.
  /// - Returns: What was added, and what is missing; nothing is added twice.
  /// - Throws: `StoreError`
  package func salvage(_ file: String) throws -> Salvage {
    let operation = "salvage a damaged diary"
    guard FileCalls.exists(file) else {
      throw StoreError(.missing, path: file, operation: operation)
    }
    guard !FileCalls.isSame(file, path) else {
      throw StoreError(
        .unproved, path: file, operation: operation, detail: "it is the diary itself")
    }
    return try withWriter(operation) { try Salvage.of(file, into: $0, $1) }
  }
}
