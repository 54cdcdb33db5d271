import Glibc

/// Whether the journal of this board outlives a power cut.
package enum JournalStorage: Sendable, Hashable {
  /// Kept in /var/log/journal.
  case persistent
  /// Kept in /run/log/journal only, which is memory: the default of Raspberry Pi OS.
  case volatile
  /// There is no journal.
  case absent

  /// Where this board keeps its journal now, below another root in tests.
  package static func current(root: String = "") -> JournalStorage {
    guard let machine = machineID(root: root) else { return .absent }
    if isDirectory("\(root)/var/log/journal/\(machine)") { return .persistent }
    return isDirectory("\(root)/run/log/journal/\(machine)") ? .volatile : .absent
  }

  private static func machineID(root: String) -> String? {
    guard let file = fopen("\(root)/etc/machine-id", "re") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = fread(&bytes, 1, bytes.count, file)
    let text = String(decoding: bytes, as: UTF8.self)
    return count == 32 && text.allSatisfy(\.isHexDigit) ? text : nil
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
