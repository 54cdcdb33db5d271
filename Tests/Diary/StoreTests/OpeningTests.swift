import FoundationEssentials
import Readings
import Store
import Testing
import TestSupport

@Suite("opening a diary", .takingTurns)
struct OpeningTests {
  private static func error(_ body: () throws -> Void) -> StoreError.Kind? {
    do {
      try body()
      return nil
    } catch {
      return (error as? StoreError)?.kind
    }
  }

  @Test("a new diary is new, and the same diary is not new again")
  func newness() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      #expect(store.opening == .init(isNew: true, movedAside: nil, lastCloseWasClean: true))
      try await store.close()
      let again = try bench.store()
      #expect(again.opening == .init(isNew: false, movedAside: nil, lastCloseWasClean: true))
    }
  }

  @Test("a diary that nobody closed opens, and says so")
  func unclean() async throws {
    try await Bench.with { bench in
      do {
        let store = try bench.store()
        _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      }
      let again = try bench.store()
      #expect(!again.opening.lastCloseWasClean)
      #expect(try await bench.rows("SELECT count(*) FROM v1_session") == [["1"]])
    }
  }

  @Test("a second writer is refused, and told whose it is")
  func twoWriters() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let me = ProcessInfo.processInfo.processIdentifier
      #expect(Self.error { _ = try bench.store() } == .inUse(process: me))
      try await store.close()
      #expect(Self.error { _ = try bench.store() } == nil)
    }
  }

  @Test("a real diary is never simulated, nor the reverse, nor of another scenario")
  func origins() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await store.close()
      #expect(
        Self.error { _ = try bench.store(.simulated("calm")) }
          == .otherOrigin(found: "real", wanted: "simulated: calm"))
      let other = try Bench()
      defer { try? FileManager.default.removeItem(at: other.folder) }
      try await other.store(.simulated("calm")).close()
      #expect(Self.error { _ = try other.store() } != nil)
      #expect(Self.error { _ = try other.store(.simulated("storm")) } != nil)
      #expect(Self.error { _ = try other.store(.simulated("calm")) } == nil)
    }
  }

  @Test("a file that is no database is moved aside with its log, kept, and a new one begun")
  func notADatabase() async throws {
    try await Bench.with { bench in
      let bytes = Data("not a database at all, only a few words".utf8)
      try bytes.write(to: URL(filePath: bench.path))
      try Data("log".utf8).write(to: URL(filePath: bench.path + "-wal"))
      let store = try bench.store()
      let aside = try #require(store.opening.movedAside)
      #expect(aside == bench.path + ".corrupt-1")
      #expect(FileManager.default.contents(atPath: aside) == bytes)
      #expect(FileManager.default.contents(atPath: aside + "-wal") == Data("log".utf8))
      #expect(store.opening.isNew)
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      #expect(try await bench.rows("SELECT count(*) FROM v1_session") == [["1"]])
    }
  }

  @Test("a diary damaged in the middle is moved aside, to the next free name")
  func malformed() async throws {
    try await Bench.with { bench in
      try await bench.store().close()
      try Data().write(to: URL(filePath: bench.path + ".corrupt-1"))
      var bytes = try #require(FileManager.default.contents(atPath: bench.path))
      for index in 4096 * 3..<bytes.count { bytes[index] = 0x5A }
      try bytes.write(to: URL(filePath: bench.path))
      let store = try bench.store()
      #expect(store.opening.movedAside == bench.path + ".corrupt-2")
      #expect(FileManager.default.contents(atPath: bench.path + ".corrupt-2") == bytes)
    }
  }

  @Test("a diary of a later version is refused and left as it is")
  func newer() async throws {
    try await Bench.with { bench in
      try await bench.store().close()
      // The user version is four bytes at offset 60 (sqlite.org/fileformat.html, section 1.3).
      try bench.patch(at: 63, 99)
      let before = FileManager.default.contents(atPath: bench.path)
      #expect(Self.error { _ = try bench.store() } == .newer(version: 99))
      #expect(Self.error { _ = try Archive(path: bench.path) } == .newer(version: 99))
      #expect(FileManager.default.contents(atPath: bench.path) == before)
    }
  }

  @Test("somebody else's database is refused and left as it is")
  func foreign() async throws {
    try await Bench.with { bench in
      try await bench.store().close()
      // The application id is four bytes at offset 68.
      try bench.patch(at: 71, 0)
      let before = FileManager.default.contents(atPath: bench.path)
      #expect(Self.error { _ = try bench.store() } == .foreign)
      #expect(Self.error { _ = try Archive(path: bench.path) } == .foreign)
      #expect(FileManager.default.contents(atPath: bench.path) == before)
    }
  }

  @Test("the file says whose it is")
  func header() async throws {
    try await Bench.with { bench in
      try await bench.store().close()
      let bytes = try #require(FileManager.default.contents(atPath: bench.path))
      #expect(String(decoding: bytes[68..<72], as: UTF8.self) == "Sk2V")
      #expect([UInt8](bytes[60..<64]) == [0, 0, 0, 3])
      // It gives room back bit by bit (sqlite.org/fileformat.html, section 1.3.12).
      #expect([UInt8](bytes[64..<68]) == [0, 0, 0, 1])
    }
  }

  @Test("a folder that is not there is an error with the path in it")
  func noFolder() {
    do {
      _ = try Store(
        path: "/nonexistent/diary.sqlite",
        options: .init(origin: .real, plan: DayPlan(zone: .utc)) { Bench.stamp(Bench.monday) })
      Issue.record("opened")
    } catch {
      #expect(error.path.hasPrefix("/nonexistent/"))
      #expect("\(error)".contains("No such file"))
    }
  }

  @Test("the error of a missing diary says what to do")
  func missing() throws {
    do {
      _ = try Archive(path: "/nonexistent/diary.sqlite")
      Issue.record("opened")
    } catch {
      #expect(error.kind == .missing)
      #expect("\(error)".contains("start the station"))
    }
  }
}

extension Bench {
  /// Sets one byte of the diary's file.
  func patch(at offset: Int, _ byte: UInt8) throws {
    var bytes = try #require(FileManager.default.contents(atPath: path))
    bytes[offset] = byte
    try bytes.write(to: URL(filePath: path))
  }
}

extension Bench {
  /// Whether the words are anywhere in the diary's files.
  func holds(_ words: String) throws -> Bool {
    try ["", "-wal"].contains { suffix in
      let bytes = try #require(FileManager.default.contents(atPath: path + suffix))
      return bytes.firstRange(of: Data(words.utf8)) != nil
    }
  }
}
