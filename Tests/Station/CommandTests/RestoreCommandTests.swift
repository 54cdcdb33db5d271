import Control
import FoundationEssentials
import Readings
import Store
import Testing

@testable import skin2vec

@Suite(.timeLimit(.minutes(5))) struct RestoreCommandTests {
  /// A diary of one tap with a copy of it, and then a second tap.
  private func prepare(_ bench: Bench) async throws -> Backups.Copy {
    let folder = bench.folder.appending(path: "backups").path
    try bench.configure("backup: {folder: \(folder)}\n")
    try await bench.plant { try await $0.save(Planted.session(Bench.evening(-1), moisture: [40])) }
    #expect(try await bench.run("backup") == .done)
    try await bench.plant { try await $0.save(Planted.session(Bench.evening(), moisture: [50])) }
    return try #require(Backups.latest(in: folder))
  }

  private func taps(_ path: String) async throws -> Int {
    try await Archive(path: path).summary().sessions
  }

  @Test("the latest copy takes the diary's place; the diary is kept, with everything in it")
  func latest() async throws {
    try await Bench.with { bench in
      let copy = try await prepare(bench)
      #expect(try await bench.run("restore", "latest", "--yes") == .done)
      #expect(try await taps(bench.diary) == 1)
      #expect(try await taps(bench.diary + ".before-restore-1") == 2)
      #expect(
        bench.spoken.lines.last
          == "the diary of 2026-11-20 22:30 was restored from diary-20261120-213000.sqlite; "
          + "the diary that was there is kept as \(bench.diary).before-restore-1")
      let notices = try await Archive(path: bench.diary).notices(
        from: Timestamp(microseconds: .min), to: Timestamp(microseconds: .max), limit: 9)
      #expect(notices.last?.kind == .diaryRestored)
      #expect(try await taps(copy.path) == 1)
    }
  }

  @Test("a running station is asked for the diary, and told when it is back")
  func lent() async throws {
    try await Bench.with { bench in
      _ = try await prepare(bench)
      try await Daemon.with(bench, answering: { _ in .done("") }) { daemon in
        let ending = try await bench.run("restore", "latest", "--yes")
        #expect(ending == .done)
        #expect(daemon.requests == [.lend(to: "skin2vec restore"), .takeBack])
      }
    }
  }

  @Test("a drill proves the copy and touches nothing")
  func drill() async throws {
    try await Bench.with { bench in
      let copy = try await prepare(bench)
      let before = FileManager.default.contents(atPath: bench.diary)
      #expect(try await bench.run("restore", "latest", "--drill") == .done)
      #expect(bench.spoken.lines.last?.hasPrefix("proved: \(copy.path) is the diary of ") == true)
      let json = try await bench.json("restore", copy.path, "--drill")
      #expect(at(json, "views", "v1_session") as? Double == 1)
      #expect(at(json, "views", "v1_touch") as? Double == 1)
      #expect(FileManager.default.contents(atPath: bench.diary) == before)
      #expect(try await taps(bench.diary) == 2)
    }
  }

  @Test("nothing is replaced unless somebody agrees")
  func unasked() async throws {
    try await Bench.with { bench in
      _ = try await prepare(bench)
      #expect(try await bench.run("restore", "latest") == .usage)
      #expect(bench.complaints.text.contains("say --yes to do it"))
      #expect(try await taps(bench.diary) == 2)
    }
  }

  @Test("a copy that is not what its manifest says is refused, and the diary stays")
  func damaged() async throws {
    try await Bench.with { bench in
      let copy = try await prepare(bench)
      var bytes = try #require(FileManager.default.contents(atPath: copy.path))
      // The count of a notice's characters is in no check of SQLite's own.
      let word = try #require(bytes.firstRange(of: Data("cheek".utf8)))
      bytes[word.lowerBound] = UInt8(ascii: "C")
      try bytes.write(to: URL(filePath: copy.path))
      for arguments in [["--drill"], ["--yes"]] {
        #expect(try await bench.run(["restore", "latest"] + arguments) == .badData)
      }
      #expect(bench.complaints.text.contains("not what its source was"))
      #expect(try await taps(bench.diary) == 2)
    }
  }

  @Test("a file that was copied as a file is refused: without a manifest, or with a log beside it")
  func copiedAsFile() async throws {
    try await Bench.with { bench in
      _ = try await prepare(bench)
      let copy = bench.diary + ".copy"
      try FileManager.default.copyItem(atPath: bench.diary, toPath: copy)
      #expect(try await bench.run("restore", copy, "--yes") == .badData)
      #expect(bench.complaints.text.contains("it has no manifest beside it"))
      #expect(try await bench.run("restore", bench.diary, "--yes") == .badData)
      #expect(bench.complaints.text.contains("it is the diary itself"))
      #expect(try await taps(bench.diary) == 2)
    }
  }

  @Test("without a copy it says how one is made")
  func none() async throws {
    try await Bench.with { bench in
      try bench.configure("backup: {folder: \(bench.folder.path)/none}\n")
      #expect(try await bench.run("restore", "latest") == .noDiary)
      #expect(bench.complaints.text.contains("'skin2vec backup' makes one"))
    }
  }

  @Test("a file that was moved aside is read into the diary, once")
  func salvage() async throws {
    try await Bench.with { bench in
      _ = try await prepare(bench)
      let aside = bench.diary + ".corrupt-1"
      try FileManager.default.copyItem(atPath: bench.diary, toPath: aside)
      #expect(try await bench.run("restore", "latest", "--yes") == .done)
      #expect(try await bench.run("restore", "--salvage", aside) == .done)
      #expect(try await taps(bench.diary) == 2)
      #expect(
        bench.spoken.lines.last?.hasPrefix(
          "\(aside): 1 tap, 0 samples of the air, ") == true)
      #expect(bench.spoken.lines.last?.hasSuffix("; nothing else was lost") == true)
      let again = try await bench.json("restore", "--salvage", aside)
      #expect(at(again, "added", "session") == nil)
      #expect(try await taps(bench.diary) == 2)
    }
  }
}
