import FoundationEssentials
import GRDB
import Readings
import Testing
import TestSupport

@testable import Store

/// Moving a damaged diary aside is many steps; a station whose plug is pulled goes on with them.
@Suite("a rescue that was cut off", .takingTurns)
struct RescueTests {
  private func plant(_ bench: Bench) async throws -> [[String]] {
    let store = try bench.store()
    for day in 0..<5 {
      _ = try await store.save(Bench.session(Bench.time(day: day, hour: 7), [40 + Double(day)]))
      try await store.append([Bench.air(Bench.time(day: day, hour: 8), 20)])
    }
    let taps = try await taps(bench)
    try await store.close()
    return taps
  }

  private func taps(_ bench: Bench) async throws -> [[String]] {
    try await bench.rows("SELECT started_utc_us, value FROM v1_touch ORDER BY started_utc_us")
  }

  private func move(_ bench: Bench, _ suffix: String) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: bench.path + suffix) else { return }
    try files.moveItem(
      atPath: bench.path + suffix, toPath: bench.path + ".corrupt-1" + suffix)
  }

  private func note(_ bench: Bench) throws {
    try Data("diary.sqlite.corrupt-1\n".utf8).write(to: URL(filePath: bench.path + ".rescue"))
  }

  /// How far it had come.
  enum Step: CaseIterable { case noted, logMoved, moved, begun, salvaged }

  @Test("is gone on with, and brings back what was not yet brought back", arguments: Step.allCases)
  func goesOn(step: Step) async throws {
    try await Bench.with { bench in
      let wanted = try await plant(bench)
      try note(bench)
      if step != .noted { try move(bench, "-wal") }
      if step != .noted, step != .logMoved { try move(bench, "") }
      if step == .begun || step == .salvaged {
        // A new diary without a word of the old one.
        let other = try Bench()
        try await other.store().close()
        try FileManager.default.copyItem(atPath: other.path, toPath: bench.path)
        try other.remove()
      }
      if step == .salvaged {
        try await bench.store().close()
        try note(bench)
      }
      let store = try bench.store()
      #expect(try await taps(bench) == wanted)
      #expect(store.opening.movedAside == bench.path + ".corrupt-1")
      #expect(store.opening.recovery != nil)
      #expect(!FileCalls.exists(bench.path + ".rescue"))
      #expect(FileCalls.exists(bench.path + ".corrupt-1"))
      #expect(try await store.recompute(isRehearsal: true).changes.isEmpty)
      try await store.close()
      #expect(try bench.store().opening.movedAside == nil)
    }
  }

  @Test("a log without its file is kept, and the diary begins anew")
  func logAlone() async throws {
    try await Bench.with { bench in
      try Data("log".utf8).write(to: URL(filePath: bench.path + "-wal"))
      let aside = try #require(try bench.store().opening.movedAside)
      #expect(FileManager.default.contents(atPath: aside + "-wal") == Data("log".utf8))
    }
  }

  @Test("a row whose number can be read and whose rest cannot is stepped over, once")
  func unreadableRow() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      for number in 0..<9 {
        let text = number == 4 ? String(repeating: "x", count: 30_000) : "line \(number)"
        try await store.append(
          Notice(.failure, text, stamp: Bench.stamp(Bench.time(day: number, hour: 1))))
      }
      try await store.close()
      var bytes = try #require(FileManager.default.contents(atPath: bench.path))
      let pages = (0..<bytes.count / 4096).filter { page in
        bytes[page * 4096 + 4..<page * 4096 + 4000].allSatisfy { $0 == UInt8(ascii: "x") }
      }
      // An overflow page begins with the number of the next (sqlite.org/fileformat.html, 1.6).
      for page in pages { for place in 0..<4 { bytes[page * 4096 + place] = 0xFF } }
      #expect(pages.count > 3)
      try bytes.write(to: URL(filePath: bench.path))
      let again = try bench.store()
      #expect(again.opening.movedAside != nil)
      let lines = try await bench.rows("SELECT text FROM notice WHERE text LIKE 'line %'")
      #expect(lines.count == 8)
    }
  }

  @Test(
    "a lock file that holds anything says that the writer did not close", arguments: ["9", "?"])
  func unclosed(text: String) async throws {
    try await Bench.with { bench in
      try await bench.store().close()
      try Data(text.utf8).write(to: URL(filePath: bench.path + ".lock"))
      #expect(try !bench.store().opening.lastCloseWasClean)
    }
  }
}
