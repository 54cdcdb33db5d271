import GRDB

/// Why the diary could not be opened, read or written; nothing half-written stays.
package struct StoreError: Error, Hashable, Sendable {
  /// What callers branch on.
  package enum Kind: Hashable, Sendable {
    /// No room on the file system.
    case full
    /// Another connection holds the file.
    case busy
    /// The file, its folder or the file system may not be written.
    case readOnly
    /// The device or the file system failed.
    case inputOutput
    /// The file is not a database, or a damaged one.
    case corrupt
    /// Another process writes this diary; its id where it could be read.
    case inUse(process: Int32?)
    /// The store has closed it so that a command can write it; which.
    case lent(to: String)
    /// A later version of the station made it.
    case newer(version: Int)
    /// A database of somebody else's.
    case foreign
    /// A real diary opened for simulated readings, or the reverse.
    case otherOrigin(found: String, wanted: String)
    /// There is no such file.
    case missing
    /// A copy that is not, or cannot be shown to be, what its diary was.
    case unproved
    /// Anything else; `detail` says what.
    case other
  }

  package var kind: Kind
  package var path: String
  /// What was being done: `save a session`.
  package var operation: String
  /// What SQLite or the kernel said.
  package var detail: String

  package init(_ kind: Kind, path: String, operation: String, detail: String = "") {
    self.kind = kind
    self.path = path
    self.operation = operation
    self.detail = detail
  }

  /// What a person can do about it.
  package var hint: String {
    switch kind {
    case .full: "make room on the file system, then it goes on by itself"
    case .busy: "another program holds the diary; close it"
    case .readOnly: "the station's user must own the file and its folder, on a writable file system"
    case .inputOutput: "the card or disk may be failing: see 'dmesg', and make a backup now"
    case .corrupt: "restart the station: it moves the damaged file aside and begins a new one"
    case .inUse: "let the running station write it, or stop the station first"
    case .lent: "it is taken back when the command is done"
    case .newer: "install the version of the station that wrote it, or a later one"
    case .foreign: "the path in the settings names another program's database; choose another"
    case .otherOrigin: "give the simulation a path of its own"
    case .missing: "no diary yet: start the station, or mend the path in the settings"
    case .unproved: "use another copy: 'skin2vec restore --list' shows them"
    case .other: "'skin2vec check' looks at the diary's folder; 'dmesg' tells of the disk"
    }
  }
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    let said = detail.isEmpty ? "" : " (\(detail))"
    return "\(path): could not \(operation): \(words)\(said); \(hint)"
  }

  private var words: String {
    switch kind {
    case .full: "the disk is full"
    case .busy: "the diary is locked"
    case .readOnly: "the diary may not be written"
    case .inputOutput: "the disk failed"
    case .corrupt: "the diary is damaged"
    case .inUse(.some(let process)): "the diary is in use by process \(process)"
    case .inUse(nil): "the diary is in use by another process"
    case .lent(let borrower): "the diary is lent to '\(borrower)'"
    case .newer(let version): "the diary has schema version \(version), newer than this program's"
    case .foreign: "the file is not a diary"
    case .otherOrigin(let found, let wanted): "the diary is \(found), not \(wanted)"
    case .missing: "there is no such diary"
    case .unproved: "the copy is not proved"
    case .other: "it failed"
    }
  }
}

extension StoreError {
  /// The station's word for what GRDB or another layer threw.
  init(_ error: any Error, path: String, operation: String) {
    switch error {
    case let error as StoreError: self = error
    case let error as DatabaseError:
      self.init(
        Kind(error.resultCode), path: path, operation: operation,
        detail: "\(error.extendedResultCode): \(error.message ?? "")")
    // A cell that cannot be what the schema says it is: the file is not what was written.
    case let error as RowDecodingError:
      self.init(.corrupt, path: path, operation: operation, detail: "\(error)")
    default: self.init(.other, path: path, operation: operation, detail: "\(error)")
    }
  }

  /// Runs a body, and words what it throws for the person.
  static func wording<T>(
    path: String, operation: String, _ body: () throws -> T
  ) throws(StoreError) -> T {
    do { return try body() } catch {
      throw StoreError(error, path: path, operation: operation)
    }
  }
}

extension StoreError.Kind {
  /// Source: sqlite.org/rescode.html.
  init(_ code: ResultCode) {
    switch code {
    case .SQLITE_FULL: self = .full
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN: self = .readOnly
    case .SQLITE_IOERR: self = .inputOutput
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt
    default: self = .other
    }
  }
}
