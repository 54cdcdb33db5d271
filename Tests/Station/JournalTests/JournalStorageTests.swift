import FoundationEssentials
import Journal
import Testing

@Suite final class JournalStorageTests {
  private let root: String
  private let machine = "0123456789abcdef0123456789abcdef"

  init() throws {
    root = try temporaryFolder()
    try make("etc")
    try Data((machine + "\n").utf8).write(to: URL(filePath: "\(root)/etc/machine-id"))
  }

  deinit {
    // What is left in /tmp harms nobody.
    try? FileManager.default.removeItem(atPath: root)
  }

  private func make(_ folder: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
  }

  @Test("a journal of this machine on the disk is persistent")
  func persistent() throws {
    try make("var/log/journal/\(machine)")
    try make("run/log/journal/\(machine)")
    #expect(JournalStorage.current(root: root) == .persistent)
  }

  @Test("a journal in memory only is volatile, whatever another machine left on the disk")
  func volatile() throws {
    try make("var/log/journal/ffffffffffffffffffffffffffffffff")
    try make("run/log/journal/\(machine)")
    #expect(JournalStorage.current(root: root) == .volatile)
  }

  /// Writes a file of journald's configuration.
  private func configure(_ path: String, _ storage: String) throws {
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    try make(folder)
    let text = "[Journal]\n# Storage=none\nStorage = \(storage)\nMaxLevelStore=info\n"
    try Data(text.utf8).write(to: URL(filePath: "\(root)/\(path)"))
  }

  private let shipped = "usr/lib/systemd/journald.conf.d/40-rpi-volatile-storage.conf"

  @Test("wish 9: a folder mends a journal that journald keeps in memory of its own accord")
  func folder() {
    #expect(JournalStorage.mend(root: root).contains("mkdir -p /var/log/journal"))
  }

  @Test("wish 9: what Raspberry Pi OS ships is named, with the file that overrules it")
  func dropIn() throws {
    try configure(shipped, "volatile")
    let mend = JournalStorage.mend(root: root)
    #expect(mend.hasPrefix("/\(shipped) says Storage=volatile"))
    #expect(mend.contains("Storage=persistent"))
    #expect(mend.contains("/etc/systemd/journald.conf.d/99-persistent.conf"))
    #expect(!mend.contains("mkdir"))
  }

  @Test(
    "the file that is read last decides, and one of the same name hides another",
    arguments: [
      "etc/systemd/journald.conf.d/99-persistent.conf",
      "etc/systemd/journald.conf.d/40-rpi-volatile-storage.conf",
    ])
  func overruled(path: String) throws {
    try configure(shipped, "volatile")
    try configure("etc/systemd/journald.conf", "volatile")
    try configure(path, "persistent")
    #expect(JournalStorage.mend(root: root).contains("mkdir"))
  }

  @Test("without either folder there is no journal")
  func absent() {
    #expect(JournalStorage.current(root: root) == .absent)
    #expect(JournalStorage.current(root: "/nowhere") == .absent)
  }
}
