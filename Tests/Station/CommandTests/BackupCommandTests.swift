import ArgumentParser
import Control
import FoundationEssentials
import Readings
import Store
import Testing

@testable import skin2vec

@Suite(.timeLimit(.minutes(5))) struct BackupCommandTests {
  /// A folder for copies, in the bench's own.
  private func folder(_ bench: Bench) throws -> String {
    let folder = bench.folder.appending(path: "backups").path
    try bench.configure("backup: {folder: \(folder), keep: 2}\n")
    return folder
  }

  @Test("a copy is made in the folder of the settings, which is made too, and told of in the diary")
  func made() async throws {
    try await Bench.with { bench in
      let folder = try folder(bench)
      try await bench.plant { try await $0.save(Planted.session(Bench.evening(), moisture: [40])) }
      #expect(try await bench.run("backup") == .done)
      let copy = try #require(Backups.latest(in: folder))
      #expect(copy.path == folder + "/diary-20261120-213000.sqlite")
      #expect(copy.manifest.contents.rows(in: "session") == 1)
      #expect(bench.spoken.text.hasPrefix("backup made and proved: \(copy.path), "))
      #expect(bench.spoken.text.hasSuffix(", 1 tap, 0 samples of the air"))
      let notices = try await Archive(path: bench.diary).notices(
        from: Timestamp(microseconds: .min), to: Timestamp(microseconds: .max), limit: 9)
      #expect(notices.map(\.kind) == [.tapSaved, .backupMade])
      #expect(notices.last?.text == bench.spoken.text)
    }
  }

  @Test("beside a running station the copy is made, and the station keeps the diary")
  func besideDaemon() async throws {
    try await Bench.with { bench in
      let folder = try folder(bench)
      let store = try bench.store()
      try await store.save(Planted.session(Bench.evening(), moisture: [40]))
      let status = Daemon.status(bench)
      try await Daemon.with(bench, answering: { _ in .status(status) }) { daemon in
        let ending = try await bench.run("backup")
        #expect(ending == .done)
        #expect(daemon.requests == [.backup(words: bench.spoken.text, isMade: true)])
      }
      #expect(Backups.latest(in: folder)?.manifest.contents.rows(in: "session") == 1)
      try await store.save(Planted.session(Bench.evening(1), moisture: [41]))
    }
  }

  @Test("as many copies stay as the settings say, or as is asked for")
  func kept() async throws {
    try await Bench.with { bench in
      let folder = try folder(bench)
      try await bench.plant { _ in }
      for _ in 1...3 { #expect(try await bench.run("backup") == .done) }
      #expect(Backups(folder: folder).verified.map(\.manifest.sequence) == [2, 3])
      #expect(try await bench.run("backup", "--keep", "1") == .done)
      #expect(Backups(folder: folder).verified.map(\.manifest.sequence) == [4])
      #expect(bench.spoken.lines.last?.hasSuffix("; removed 2 older copies") == true)
    }
  }

  @Test("a folder that is asked for and is not there is not made, and that is kept as a failure")
  func noStick() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let stick = bench.folder.appending(path: "stick").path
      #expect(try await bench.run("backup", "--to", stick) == .badData)
      #expect(bench.complaints.text.contains("there is no such folder"))
      #expect(!FileManager.default.fileExists(atPath: stick))
      #expect(try await bench.run("backup", "--to", bench.diary) == .badData)
      #expect(bench.complaints.text.contains("it is the diary itself: name a folder"))
      let notices = try await Archive(path: bench.diary).notices(
        from: Timestamp(microseconds: .min), to: Timestamp(microseconds: .max), limit: 9)
      #expect(notices.map(\.kind) == [.backupFailed, .backupFailed])
      #expect(notices.first?.priority == .error)
    }
  }

  @Test("a dry run says how much it would be, and makes nothing")
  func dryRun() async throws {
    try await Bench.with { bench in
      let folder = try folder(bench)
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false)
      try await bench.plant { _ in }
      #expect(try await bench.run("backup", "--dry-run") == .done)
      #expect(bench.spoken.text.hasPrefix("would write: a copy of \(bench.diary) in \(folder), "))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test("copies are listed, for people and for programs")
  func listed() async throws {
    try await Bench.with { bench in
      let folder = try folder(bench)
      #expect(try await bench.run("backup", "--list") == .done)
      #expect(bench.spoken.text == "no copies in \(folder): 'skin2vec backup' makes one")
      try await bench.plant { _ in }
      let made = try await bench.json("backup")
      #expect(at(made, "copy", "verified") as? Bool == true)
      let list = try await bench.json("backup", "--list")
      #expect(at(list, 0, "path") as? String == at(made, "copy", "path") as? String)
      #expect(at(list, 0, "rows", "session") as? Double == 0)
      #expect(try await bench.run("backup", "--list") == .done)
      #expect(bench.spoken.lines.last?.contains("2026-11-20 22:30") == true)
      #expect(bench.spoken.lines.last?.hasSuffix("0 taps  proved") == true)
    }
  }

  @Test("no copy at all is refused")
  func none() {
    #expect(throws: (any Error).self) { _ = try Skin2Vec.parseAsRoot(["backup", "--keep", "0"]) }
  }

  @Test("the help says never to copy the file")
  func help() {
    #expect(BackupCommand.helpMessage().contains("Never copy the diary's file yourself"))
  }
}
