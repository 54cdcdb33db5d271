import Glibc

/// Tells when something was committed to a diary, by whatever process.
///
/// A look costs a number that SQLite keeps in memory; rows are read only where it has changed. A
/// diary that was restored or begun anew is another file at the same path: it is opened again.
package struct DiaryWatch {
  private let path: String
  private let connections: Int
  package private(set) var archive: Archive
  package private(set) var head: DiaryHead
  private var file: FileNumber?

  /// Opens the diary; what it holds now is known.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - connections: How many questions its archive can answer at the same time.
  /// - Throws: `StoreError`; its kind is `missing` where there is no diary yet.
  package init(path: String, connections: Int = 1) async throws {
    self.path = path
    self.connections = connections
    file = FileNumber(path)
    archive = try Archive(path: path, connections: connections)
    head = try await archive.head()
  }

  /// What was committed since the last look; nil where nothing was.
  package mutating func look() async throws -> DiaryChange? {
    let there = FileNumber(path)
    // While it is being put in place there is none for a moment.
    guard let there else { return nil }
    if there != file { return try await openAgain(there) }
    guard let (change, head) = try await archive.changes(since: head) else { return nil }
    self.head = head
    return change
  }

  private mutating func openAgain(_ there: FileNumber) async throws -> DiaryChange {
    archive = try Archive(path: path, connections: connections)
    head = try await archive.head()
    file = there
    var change = DiaryChange()
    change.isRederived = true
    return change
  }
}

/// Which file a path leads to.
private struct FileNumber: Hashable {
  var device: dev_t
  var number: ino_t

  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = status.st_dev
    number = status.st_ino
  }
}
