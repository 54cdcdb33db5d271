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

  @Test("without either folder there is no journal")
  func absent() {
    #expect(JournalStorage.current(root: root) == .absent)
    #expect(JournalStorage.current(root: "/nowhere") == .absent)
  }
}
