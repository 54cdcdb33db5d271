import FoundationEssentials
import GRDB
import Readings
import Testing
import TestSupport

@testable import Store

@Suite("backups", .takingTurns)
struct BackupTests {
  @Test("wish 16: a backup is a whole diary of one moment, proved, beside a writer that goes on")
  func whole() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      try await store.append([Bench.air(Bench.monday, 20.25)])
      let outcome = try bench.backup()
      _ = try await store.save(Bench.session(Bench.time(day: 1, hour: 7), [41]))
      #expect(FileCalls.name(of: outcome.copy.path) == "diary-20260302-000000.sqlite")
      let manifest = outcome.copy.manifest
      #expect(manifest.isVerified && manifest.source == bench.path && manifest.sequence == 1)
      #expect(manifest.contents.schemaVersion == Schema.version)
      #expect(manifest.contents.rows(in: "session") == 1)
      #expect(manifest.contents.rows(in: "air") == 1)
      #expect(manifest.bytes == Int64(try #require(bench.bytes(outcome.copy.path)).count))
      #expect(try await Archive(path: outcome.copy.path).summary().sessions == 1)
      #expect(try await Archive(path: bench.path).summary().sessions == 2)
    }
  }

  @Test("a manifest that no backup writes is refused, and its copy is none")
  func absurdManifest() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      let copy = try bench.backup().copy
      let path = BackupManifest.path(of: copy.path)
      let text = String(decoding: try #require(bench.bytes(path)), as: UTF8.self)
      let made = String(copy.manifest.madeUTC.microseconds)
      for (good, bad) in [
        ("\"sequence\" : 1", "\"sequence\" : 9223372036854775807"),
        ("\"made_utc_us\" : \(made)", "\"made_utc_us\" : -9223372036854775808"),
        ("\"name\" : \"air\"", "\"name\" : \"session\""),
      ] {
        let changed = text.replacing(good, with: bad)
        #expect(changed != text)
        try Data(changed.utf8).write(to: URL(filePath: path))
        #expect { try BackupManifest(of: copy.path) } throws: {
          ($0 as? StoreError)?.kind == .corrupt
        }
        #expect(Backups.latest(in: FileCalls.folder(of: copy.path)) == nil)
      }
    }
  }

  @Test("a copy stands alone: no log, no index of a log, a journal of the plain kind")
  func alone() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      let copy = try bench.backup().copy
      #expect(
        try bench.backupNames()
          == ["diary-20260302-000000.sqlite", "diary-20260302-000000.sqlite.json"])
      // Versions to write and to read, 1 for a journal: sqlite.org/fileformat.html, 1.3.
      let header = try #require(bench.bytes(copy.path))[18..<20]
      #expect([UInt8](header) == [1, 1])
      let restored = try Store(path: copy.path, options: bench.options())
      _ = try await restored.save(Bench.session(Bench.time(day: 2, hour: 7), [42]))
      #expect(try await Archive(path: copy.path).summary().sessions == 2)
    }
  }

  @Test("the newest copies stay, by the order they were made in, whatever the clock said")
  func rotation() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      for (day, hour) in [(9, 1.0), (1, 2), (2, 3), (3, 4)] {
        _ = try await store.save(Bench.session(Bench.time(day: day, hour: 7), [40]))
        _ = try bench.backup(keep: 3, at: Bench.time(day: day, hour: hour))
      }
      let copies = Backups(folder: bench.backups).verified
      #expect(
        copies.map { FileCalls.name(of: $0.path) } == [
          "diary-20260303-020000.sqlite", "diary-20260304-030000.sqlite",
          "diary-20260305-040000.sqlite",
        ])
      #expect(copies.map(\.manifest.sequence) == [2, 3, 4])
      #expect(Backups.latest(in: bench.backups)?.manifest.contents.rows(in: "session") == 4)
      #expect(try bench.backupNames().count == 6)
    }
  }

  @Test("two copies in one second have two names")
  func oneSecond() async throws {
    try await Bench.with { bench in
      _ = try bench.store()
      let first = try bench.backup().copy.path
      let second = try bench.backup().copy.path
      #expect(first != second)
      #expect(Backups(folder: bench.backups).verified.map(\.path) == [first, second])
    }
  }

  @Test("wish 16: a copy that does not match is thrown away, and never takes another's place")
  func oneBit() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await store.append([Bench.air(Bench.monday, 20.123456)])
      let good = try bench.backup(keep: 1)
      let before = try bench.backupNames()
      #expect(throws: StoreError.self) {
        try bench.backup(keep: 1) { doing in
          guard doing == "reading" else { return }
          // A digit of a value: every page is still well formed.
          bench.flipLastBit(of: 20.123456)
        }
      }
      #expect(try bench.backupNames() == before)
      #expect(Backups.latest(in: bench.backups) == good.copy)
    }
  }

  @Test("a copy whose pages are damaged is thrown away")
  func damagedPage() async throws {
    try await Bench.with { bench in
      _ = try bench.store()
      do {
        _ = try bench.backup { doing in
          guard doing == "reading" else { return }
          bench.changePartial {
            $0.replaceSubrange(4096 * 3..<4096 * 9, with: Data(count: 4096 * 6))
          }
        }
        Issue.record("a damaged copy was taken")
      } catch let error as StoreError {
        #expect(error.kind == .corrupt || error.kind == .unproved)
      }
      #expect(try bench.backupNames().isEmpty)
    }
  }

  @Test("a copy without its manifest counts for nothing, and a manifest alone is swept away")
  func halves() async throws {
    try await Bench.with { bench in
      _ = try bench.store()
      let first = try bench.backup().copy
      let second = try bench.backup(at: Bench.time(day: 1, hour: 0)).copy
      try FileManager.default.removeItem(atPath: BackupManifest.path(of: second.path))
      #expect(Backups.latest(in: bench.backups) == first)
      try FileManager.default.removeItem(atPath: first.path)
      try Data().write(to: URL(filePath: bench.backups + "/.diary-20260101-000000.sqlite.partial"))
      let third = try bench.backup(at: Bench.time(day: 2, hour: 0)).copy
      let names = [second.path, third.path, BackupManifest.path(of: third.path)]
      #expect(try bench.backupNames() == names.map { FileCalls.name(of: $0) })
    }
  }

  @Test("copies of another diary in the same folder stay")
  func others() async throws {
    try await Bench.with { bench in
      _ = try bench.store()
      let other = bench.folder.appending(path: "other.sqlite").path
      _ = try Store(path: other, options: bench.options())
      let run = BackupRun(diary: other, folder: bench.backups, keep: 1)
      let theirs = try run.run(at: Bench.stamp(Bench.monday)).copy
      for day in 1...3 { _ = try bench.backup(keep: 1, at: Bench.time(day: day, hour: 0)) }
      #expect(Backups(folder: bench.backups).verified.count == 2)
      #expect(Backups(folder: bench.backups).verified.first == theirs)
    }
  }

  @Test("a folder that is not there, and the diary itself, are refused")
  func refusals() async throws {
    try await Bench.with { bench in
      _ = try bench.store()
      for folder in [bench.path, bench.path + "-nowhere"] {
        let run = BackupRun(diary: bench.path, folder: folder, keep: 7)
        #expect(throws: StoreError.self) { try run.prepare() }
      }
      let none = BackupRun(diary: bench.path + "-nothing", folder: bench.backups, keep: 7)
      #expect(throws: StoreError.self) { try none.prepare() }
    }
  }

  @Test("a folder without room is refused before anything is written")
  func room() throws {
    do {
      try FileCalls.requireRoom(for: .max, in: "/tmp", to: "back up the diary")
      Issue.record("there was room for everything")
    } catch {
      #expect(error.kind == .full)
      #expect("\(error)".contains("MB free"))
    }
  }

  @Test("one backup at a time")
  func twoAtOnce() async throws {
    try await Bench.with { bench in
      _ = try bench.store()
      _ = try bench.backup { doing in
        guard doing == "reading" else { return }
        #expect(throws: StoreError.self) { try bench.backup() }
      }
      #expect(Backups(folder: bench.backups).verified.count == 1)
    }
  }

  @Test("the writer commits while its state is being copied, and the copy does not have it")
  func besideWriter() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await store.append([Bench.air(Bench.monday, 20)])
      let writer = try DatabaseQueue(path: bench.path)
      let outcome = try bench.backup { doing in
        guard doing == "reading" else { return }
        // No busy timeout: a writer that had to wait would fail.
        _ = try? writer.write { try $0.execute(sql: "DELETE FROM air") }
      }
      #expect(outcome.copy.manifest.contents.rows(in: "air") == 1)
      #expect(try await bench.rows("SELECT count(*) FROM air") == [["0"]])
    }
  }
}

extension Bench {
  /// A folder for backups, made when it is first asked for.
  var backups: String {
    let path = folder.appending(path: "backups").path
    if !FileManager.default.fileExists(atPath: path) {
      do {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      } catch {
        Issue.record(error)
      }
    }
    return path
  }

  @discardableResult
  func backup(
    keep: Int = 7, at time: Timestamp = Bench.monday, while watch: (String) -> Void = { _ in }
  ) throws -> BackupRun.Outcome {
    try BackupRun(diary: path, folder: backups, keep: keep)
      .run(at: Bench.stamp(time)) { _, doing in watch(doing) }
  }

  /// What is in the folder for backups, but for its lock.
  func backupNames() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: backups).filter { $0 != ".backups.lock" }
      .sorted()
  }

  func bytes(_ path: String) -> Data? { FileManager.default.contents(atPath: path) }

  /// Changes the copy that is being made.
  func changePartial(_ change: (inout Data) -> Void) {
    do {
      let name = try #require(try backupNames().first { $0.hasSuffix(".partial") })
      var data = try #require(bytes(backups + "/" + name))
      change(&data)
      try data.write(to: URL(filePath: backups + "/" + name))
    } catch {
      Issue.record(error)
    }
  }

  /// Changes a number in the copy that is being made, by its least step.
  func flipLastBit(of number: Double) {
    changePartial { data in
      let pattern = withUnsafeBytes(of: number.bitPattern.bigEndian) { Data($0) }
      guard let place = data.firstRange(of: pattern) else {
        Issue.record("the number is not in the copy")
        return
      }
      data[place.upperBound - 1] ^= 1
    }
  }
}
