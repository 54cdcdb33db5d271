/// A disk as far as a log has come: what is on it for good, and what is not yet.
///
/// A file's bytes and size are there for good once the file is synced; a name is once its folder is.
/// Syncing a file does not keep its name, and nothing that is not synced comes in any order.
struct Disk {
  /// A change of a file that was not synced yet.
  struct Change {
    enum What {
      case write(offset: Int, bytes: Range<Int>)
      case truncate(size: Int)
    }
    var what: What
    /// Its place among all changes.
    var order: Int
  }

  struct File {
    var synced: [UInt8] = []
    var pending: [Change] = []
  }

  /// A change of a name whose folder was not synced yet.
  struct NameChange {
    enum What {
      case add(String, file: Int)
      case unlink(String)
      case rename(from: String, to: String, file: Int)
    }
    var what: What
    var order: Int

    /// The folders that keep it, once synced.
    var folder: String {
      switch what {
      case .add(let name, _), .unlink(let name), .rename(_, let name, _): Disk.folder(of: name)
      }
    }
  }

  let log: DiskLog
  /// A planted defect: the disk says that it has synced, and has not.
  let ignoresSyncs: Bool
  /// How many events have happened.
  private(set) var position = 0
  private(set) var files: [Int: File] = [:]
  private(set) var names: [String: Int] = [:]
  private(set) var nameChanges: [NameChange] = []
  /// Whether a checkpoint is under way.
  private(set) var isInCheckpoint = false

  init(_ log: DiskLog, ignoresSyncs: Bool = false) {
    self.log = log
    self.ignoresSyncs = ignoresSyncs
    var next = 1_000_000
    var numbers: [String: Int] = [:]
    for case .exists(let file, let name) in log.events where numbers[name] == nil {
      numbers[name] = file
    }
    for (name, bytes) in log.start.sorted(by: { $0.key < $1.key }) {
      let number = numbers[name] ?? next
      next += 1
      names[name] = number
      files[number] = File(synced: bytes)
    }
  }

  /// Lets everything happen up to an event, and not the event itself.
  mutating func advance(to end: Int) {
    while position < min(end, log.events.count) {
      happen(log.events[position])
      position += 1
    }
  }

  /// Whether a cut now could lose anything, or spoil it.
  var hasPending: Bool { !nameChanges.isEmpty || files.values.contains { !$0.pending.isEmpty } }

  private mutating func happen(_ event: DiskLog.Event) {
    switch event {
    case .exists, .mark: break
    case .create(let file, let name):
      files[file] = File()
      note(.add(name, file: file))
    case .write(let file, let offset, let bytes):
      note(file, .write(offset: offset, bytes: bytes))
    case .truncate(let file, let size): note(file, .truncate(size: size))
    case .sync(let file): if !ignoresSyncs { sync(file) }
    case .syncFolder(let folder): if !ignoresSyncs { syncFolder(folder) }
    case .unlink(let name): note(.unlink(name))
    case .rename(let file, let from, let to): note(.rename(from: from, to: to, file: file))
    case .link(let file, _, let to): note(.add(to, file: file))
    case .checkpointBegan: isInCheckpoint = true
    case .checkpointEnded: isInCheckpoint = false
    }
  }

  private mutating func note(_ file: Int, _ what: Change.What) {
    files[file]?.pending.append(Change(what: what, order: position))
  }

  private mutating func note(_ what: NameChange.What) {
    nameChanges.append(NameChange(what: what, order: position))
  }

  private mutating func sync(_ number: Int) {
    guard var file = files.removeValue(forKey: number) else { return }
    for change in file.pending { log.apply(change.what, to: &file.synced) }
    file.pending = []
    files[number] = file
  }

  private mutating func syncFolder(_ folder: String) {
    for change in nameChanges where change.folder == folder { change.apply(to: &names) }
    nameChanges.removeAll { $0.folder == folder }
  }

  static func folder(of name: String) -> String {
    name.lastIndex(of: "/").map { String(name[..<$0]) } ?? ""
  }
}

extension Disk.NameChange {
  func apply(to names: inout [String: Int]) {
    switch what {
    case .add(let name, let file): names[name] = file
    case .unlink(let name): names[name] = nil
    case .rename(let from, let to, let file):
      names[from] = nil
      names[to] = file
    }
  }
}

extension DiskLog {
  /// Changes a file's bytes; what lies between its old end and the write is zero.
  func apply(_ change: Disk.Change.What, to content: inout [UInt8]) {
    switch change {
    case .write(let offset, let range): apply(range, at: offset, to: &content)
    case .truncate(let size): Self.resize(&content, to: size)
    }
  }

  func apply(_ range: Range<Int>, at offset: Int, to content: inout [UInt8]) {
    if content.count < offset + range.count { Self.resize(&content, to: offset + range.count) }
    content.withUnsafeMutableBytes { target in
      bytes.withUnsafeBytes { source in
        target[offset..<offset + range.count].copyBytes(from: source[range])
      }
    }
  }

  static func resize(_ content: inout [UInt8], to size: Int) {
    if size < content.count {
      content.removeLast(content.count - size)
    } else {
      content.append(contentsOf: repeatElement(0, count: size - content.count))
    }
  }
}
