import ArgumentParser
import FoundationEssentials
import Readings
import Store
import Testing

@testable import skin2vec

@Suite(.timeLimit(.minutes(5))) struct EraseCommandTests {
  /// Taps on three evenings, and a copy of them.
  private func prepare(_ bench: Bench) async throws -> String {
    let folder = bench.folder.appending(path: "backups").path
    try bench.configure("backup: {folder: \(folder)}\n")
    try await bench.plant { store in
      for day in -2...0 {
        try await store.save(
          Planted.session(Bench.evening(day), moisture: [40.123456 + Double(day * day) / 7]))
      }
    }
    #expect(try await bench.run("backup") == .done)
    return folder
  }

  private func taps(_ path: String) async throws -> Int {
    try await Archive(path: path).summary().sessions
  }

  @Test("wish 20: dates are erased, that is proved and kept, and where it still is is said")
  func dates() async throws {
    try await Bench.with { bench in
      let folder = try await prepare(bench)
      let copy = try #require(Backups.latest(in: folder)).path
      #expect(
        try await bench.run("erase", "--from", "2026-11-19", "--to", "yesterday", "--yes") == .done)
      #expect(try await taps(bench.diary) == 2)
      #expect(bench.spoken.text.contains("erased: "))
      #expect(bench.spoken.text.contains("1 of session"))
      #expect(bench.spoken.lines.last?.contains("were there before and none is now") == true)
      #expect(bench.complaints.text.contains("holds it still: \(copy); --backups"))
      let notices = try await Archive(path: bench.diary).notices(
        from: Timestamp(microseconds: .min), to: Timestamp(microseconds: .max), limit: 99)
      #expect(
        notices.last?.text
          == "readings of 2026-11-19 to 2026-11-19 were erased, and that is proved")
    }
  }

  @Test("with --backups it is erased in the copies too, which are proved anew")
  func copies() async throws {
    try await Bench.with { bench in
      let folder = try await prepare(bench)
      let json = try await bench.json(
        "erase", "--from", "2026-11-19", "--to", "2026-11-20", "--backups", "--yes")
      #expect(at(json, "proved") as? Bool == true)
      #expect(at(json, "copies", 0, "proved") as? Bool == true)
      #expect(at(json, "rows", "session") as? Double == 2)
      let copy = try #require(Backups.latest(in: folder))
      #expect(try await taps(copy.path) == 1)
      #expect(try await bench.run("restore", "latest", "--drill") == .done)
    }
  }

  @Test("a dry run counts, and erases nothing; nor does anybody who did not agree")
  func dryRun() async throws {
    try await Bench.with { bench in
      _ = try await prepare(bench)
      let dates = ["--from", "2026-11-18", "--to", "2026-11-20"]
      #expect(try await bench.run(["erase"] + dates + ["--dry-run"]) == .done)
      #expect(bench.spoken.lines.last?.contains("3 of session") == true)
      #expect(try await bench.run(["erase"] + dates) == .usage)
      #expect(try await taps(bench.diary) == 3)
    }
  }

  @Test("a diary that was moved aside is named, to be deleted")
  func aside() async throws {
    try await Bench.with { bench in
      _ = try await prepare(bench)
      try Data().write(to: URL(filePath: bench.diary + ".corrupt-1"))
      #expect(
        try await bench.run("erase", "--person", "me", "--everything", "--yes") == .done)
      #expect(bench.complaints.text.contains("may hold it: \(bench.diary).corrupt-1; delete it"))
      #expect(try await taps(bench.diary) == 0)
    }
  }

  @Test(
    "what is not whole is refused",
    arguments: [
      ["--from", "2026-11-18"], ["--everything"], ["--person", "me"],
      ["--person", "me", "--everything", "--from", "today", "--to", "today"],
      ["--from", "today", "--to", "today", "--what", "taps,moods"],
    ])
  func refused(arguments: [String]) {
    #expect(throws: (any Error).self) { _ = try Skin2Vec.parseAsRoot(["erase"] + arguments) }
  }
}
