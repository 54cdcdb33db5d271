import Foundation
import Readings
import Testing

@testable import skin2vecd

@Suite("how the last run ended") struct LastRunTests {
  private func told(
    _ result: String?, _ status: String = "", word: RunFolder.Word? = nil, isClosed: Bool = false,
    isSameBoot: Bool? = true
  ) -> Notice? {
    var evidence = LastRun.Evidence(isClosed: isClosed, isSameBoot: isSameBoot)
    evidence.ends = result.map { [RunFolder.End(result: $0, status: status)] } ?? []
    evidence.word = word
    return LastRun(evidence)?.notice
  }

  @Test(
    "each way to end has its kind and its words",
    arguments: [
      ("watchdog", "ABRT", Notice.Kind.runHung, "ended by the watchdog"),
      ("timeout", "KILL", .runHung, "neither started nor stopped in time"),
      ("oom-kill", "KILL", .runOutOfMemory, "want of memory"),
      ("signal", "KILL", .runKilled, "killed by SIGKILL"),
      ("signal", "SEGV", .runCrashed, "crashed with SIGSEGV"),
      ("core-dump", "SEGV", .runCrashed, "its core was dumped"),
      ("exit-code", "74", .runCrashed, "exit status 74"),
      ("resources", "", .runCrashed, "resources"),
    ])
  func kinds(result: String, status: String, kind: Notice.Kind, words: String) throws {
    let notice = try #require(told(result, status))
    #expect(notice.kind == kind)
    #expect(notice.text.contains(words), "\(notice.text)")
    #expect(notice.fields.contains(.init("LAST_RESULT", result)))
  }

  @Test("a run that hung says what did")
  func word() throws {
    let word = RunFolder.Word(
      hung: ["the diary (a write for 71 s)", "sen55 0x69 (41 s late)"])
    let notice = try #require(told("watchdog", "ABRT", word: word))
    #expect(
      notice.text == "the last run hung and was ended by the watchdog; no work was seen from the "
        + "diary (a write for 71 s), sen55 0x69 (41 s late)")
    #expect(
      notice.fields.contains(
        .init("HUNG", "the diary (a write for 71 s), sen55 0x69 (41 s late)")))
  }

  @Test("a diary left open by another boot tells of a plug that was pulled, by the same of a kill")
  func withoutSystemd() throws {
    #expect(told(nil, isSameBoot: false)?.kind == .powerLost)
    #expect(told(nil, isSameBoot: true)?.kind == .runKilled)
    // A diary without a line is a new one.
    #expect(told(nil, isSameBoot: nil) == nil)
  }

  @Test("a run that ended by itself is not told of")
  func good() {
    #expect(told(nil, isClosed: true, isSameBoot: false) == nil)
    #expect(told(nil, isClosed: true) == nil)
    // It said itself why it could not go on.
    #expect(told("exit-code", "69", isClosed: true) == nil)
    #expect(told("timeout", "KILL", isClosed: true)?.kind == .runHung)
  }

  @Test("starts that failed after it are counted, and when the last line was")
  func failedStarts() throws {
    var evidence = LastRun.Evidence(isClosed: false, isSameBoot: true)
    evidence.ends =
      [.init(result: "watchdog", status: "ABRT")]
      + Array(repeating: .init(result: "exit-code", status: "74"), count: 3)
    evidence.lastLine = "2026-11-25 22:14:03"
    let text = try #require(LastRun(evidence)).notice.text
    #expect(
      text.hasSuffix(
        "its last line in the diary is of 2026-11-25 22:14:03; 3 starts after it failed"))
  }

  @Test("a folder gives back what was left in it, oldest first, until it is cleared")
  func folder() throws {
    let place = try StationBench.newFolder()
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: place) }
    let folder = RunFolder(path: place.path)
    #expect(folder.read().ends.isEmpty)
    #expect(folder.read().word == nil)
    folder.note(RunFolder.End(result: "success", status: "0"))
    folder.note(RunFolder.End(result: "watchdog", status: "ABRT"))
    folder.note(RunFolder.End(result: "exit-code", status: "74"))
    folder.note(RunFolder.Word(hung: ["a\nb", "c"]))
    // Nobody has read the first yet.
    folder.note(RunFolder.Word(hung: ["later"]))
    let (ends, word) = folder.read()
    #expect(ends.map(\.result) == ["watchdog", "exit-code"])
    #expect(ends.map(\.status) == ["ABRT", "74"])
    #expect(word == RunFolder.Word(hung: ["a b", "c"]))
    folder.clear()
    #expect(folder.read().ends.isEmpty)
    #expect(folder.read().word == nil)
  }

  @Test("starts that fail for ever do not fill the folder")
  func bounded() throws {
    let place = try StationBench.newFolder()
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: place) }
    let folder = RunFolder(path: place.path)
    for _ in 0..<2000 { folder.note(RunFolder.End(result: "exit-code", status: "74")) }
    let size = try Data(contentsOf: place.appending(path: "ended")).count
    #expect((16_384...16_500).contains(size))
  }
}
