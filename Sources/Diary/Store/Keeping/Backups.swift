import FoundationEssentials
import Readings

/// The folder of a diary's copies.
package struct Backups: Sendable {
  package let folder: String

  package init(folder: String) { self.folder = folder }

  /// A copy and what its manifest says.
  package struct Copy: Hashable, Sendable {
    package var path: String
    package var manifest: BackupManifest

    package init(path: String, manifest: BackupManifest) {
      self.path = path
      self.manifest = manifest
    }
  }

  /// The newest verified copy of a folder, or nil where there is none.
  ///
  /// - Parameter folder: Need not exist.
  /// - Returns: The copy; its file was not looked into, only its manifest.
  package static func latest(in folder: String) -> Copy? { Backups(folder: folder).verified.last }

  /// Copies that were verified when they were made, oldest first.
  package var verified: [Copy] { copies.filter(\.manifest.isVerified) }

  /// Every copy that has a manifest, oldest first.
  package var copies: [Copy] {
    names.filter(Self.isCopy).compactMap { name in
      let path = folder + "/" + name
      // One whose manifest cannot be read is as good as unproved.
      return (try? BackupManifest(of: path)).map { Copy(path: path, manifest: $0) }
    }.sorted { ($0.manifest.sequence, $0.path) < ($1.manifest.sequence, $1.path) }
  }

  /// Names in the folder; none where it cannot be read.
  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// Whether a name is `diary-20261121-033012.sqlite`.
  private static func isCopy(_ name: String) -> Bool {
    name.hasPrefix("diary-") && name.hasSuffix(".sqlite") && name.utf8.count == 28
  }

  /// The next free path, named by the time in UTC.
  func nextPath(at time: Timestamp) -> String {
    var second = time.seconds
    while true {
      let path = "\(folder)/diary-\(Self.words(second: second)).sqlite"
      guard FileCalls.exists(path) else { return path }
      second += 1
    }
  }

  /// A second since 1970 as `20261121-033012`.
  static func words(second: Int64) -> String {
    let day = second.flooringDivision(by: 86_400)
    let rest = Int(second - day * 86_400)
    let date = LocalDate(daysSince1970: Int(day)).description.filter { $0 != "-" }
    let digits = [rest / 3600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return date + "-" + digits.joined()
  }

  var nextSequence: Int { (copies.last?.manifest.sequence ?? 0) + 1 }

  /// Removes copies of a diary that are older than the newest `count`, and what was left half done.
  ///
  /// - Parameters:
  ///   - source: The diary; copies of others stay.
  ///   - count: How many to keep.
  /// - Returns: The paths that were removed.
  /// - Throws: `StoreError`
  func removeOld(of source: String, keeping count: Int) throws(StoreError) -> [String] {
    let own = verified.filter { $0.manifest.source == source }
    var removed: [String] = []
    for copy in own.dropLast(count) {
      // A manifest without its copy is swept away the next time; a copy without one would stay.
      try FileCalls.remove(copy.path)
      try FileCalls.sync(folder)
      try FileCalls.remove(BackupManifest.path(of: copy.path))
      removed.append(copy.path)
    }
    return removed
  }

  /// Removes what an interrupted run left: copies that never got their name, manifests alone.
  func sweep() throws(StoreError) {
    for name in names {
      let path = folder + "/" + name
      let isPartial =
        name.hasPrefix(".diary-") && name.contains(".partial")
        || name.hasPrefix("diary-") && name.hasSuffix(".sqlite.json.partial")
      let isAlone =
        name.hasSuffix(".json") && Self.isCopy(String(name.dropLast(5)))
        && !FileCalls.exists(String(path.dropLast(5)))
      if isPartial || isAlone { try FileCalls.remove(path) }
    }
  }
}

extension Backups {
  /// Puts the newest copy that still proves good where a diary was.
  ///
  /// - Parameters:
  ///   - path: Where nothing is.
  ///   - origin: Whose readings they must be; nil for anybody's.
  ///   - erasures: How often something was erased from the diary: a copy that knows of fewer holds
  ///     it still, and is passed over.
  ///   - note: Told of the copy before it gets the diary's name.
  /// - Returns: What the copy is; nil where none could be used.
  func putLatest(
    at path: String, origin: String?, erasures: Int,
    noting note: (BackupManifest) throws(StoreError) -> Void
  ) -> BackupManifest? {
    for copy in verified.reversed() where origin == nil || copy.manifest.contents.origin == origin {
      guard Restoration.erasures(in: copy.path) >= erasures else { continue }
      let new = path + Restoration.newSuffix
      do {
        try FileCalls.remove(new)
        try FileCalls.copy(copy.path, to: new)
        try DiaryCopy.require(copy.manifest.contents, of: new)
        try note(copy.manifest)
        try FileCalls.move(new, to: path)
        return copy.manifest
      } catch {
        // The one before it may be better; where none is, a new diary begins, and that is said.
        try? FileCalls.remove(new)
      }
    }
    return nil
  }
}

/// Diaries that were moved aside and kept: damaged, of an earlier schema, or replaced.
package enum DiaryAside {
  /// Their paths, beside the diary's.
  package static func paths(of diary: String) -> [String] {
    let folder = FileCalls.folder(of: diary)
    let name = FileCalls.name(of: diary)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { other in
      [".corrupt-", ".before-"].contains { other.hasPrefix(name + $0) }
        && ![".json", "-wal", "-shm", ".partial"].contains { other.hasSuffix($0) }
    }.sorted().map { folder + "/" + $0 }
  }
}
