import ArgumentParser
import Control
import FoundationEssentials
import Readings
import Store
import Testing

@testable import skin2vec

@Suite("taking back by the command line", .timeLimit(.minutes(5))) struct WithdrawingTests {
  private static let ever = (Timestamp(microseconds: .min), Timestamp(microseconds: .max))

  private static func sun(_ person: String = "me") -> SkinEvent {
    SkinEvent(person: Person(person), time: Bench.evening(), kind: "sun", weight: 1, note: nil)
  }

  private static func oil(_ value: Double) throws -> Score {
    let date = try #require(LocalDate("2026-11-20"))
    return Score(person: Person("me"), date: date, dimension: .oil, value: value)
  }

  private static func plant(_ bench: Bench) async throws {
    try await bench.plant { store in
      _ = try await store.save(sun(), at: Bench.stamp(Bench.evening()))
      for value in [2.0, 4] {
        try await store.save(try oil(value), at: Bench.stamp(Bench.evening()))
      }
    }
  }

  @Test("a running daemon is asked to withdraw, and its words are said")
  func byDaemon() async throws {
    try await Bench.with { bench in
      let status = Daemon.status(bench)
      try await Daemon.with(
        bench, answering: { $0 == .status ? .status(status) : .done("withdrawn: it") }
      ) { daemon in
        #expect(try await bench.run("event", "--withdraw", "12") == .done)
        #expect(
          try await bench.run("score", "--withdraw", "oil", "--date", "yesterday") == .done)
        let date = try #require(LocalDate("2026-11-19"))
        #expect(
          daemon.requests == [
            .withdraw(.event(12)), .status,
            .withdraw(.score(person: Person("anna"), date: date, dimension: .oil)),
          ])
        #expect(bench.spoken.lines == ["withdrawn: it", "withdrawn: it"])
      }
    }
  }

  @Test("the daemon's answer to an event is said like any other")
  func savedByDaemon() async throws {
    try await Bench.with { bench in
      try await Daemon.with(
        bench, answering: { _ in .saved(number: 7, message: "event 7 saved") }
      ) { _ in
        let ending = try await bench.run("event", "sun", "--person", "me")
        #expect(ending == .done)
        #expect(bench.spoken.lines == ["event 7 saved"])
      }
    }
  }

  @Test("without a daemon an event is withdrawn here, in words, and kept in the log")
  func eventHere() async throws {
    try await Bench.with { bench in
      try await Self.plant(bench)
      #expect(try await bench.run("event", "--withdraw", "1") == .done)
      let words = "withdrawn: event 1: sun, weight 1.00, 2026-11-20, of me"
      #expect(bench.spoken.lines.first == words)
      let archive = try Archive(path: bench.diary)
      #expect(try await archive.events(from: Self.ever.0, to: Self.ever.1).isEmpty)
      let notices = try await archive.notices(from: Self.ever.0, to: Self.ever.1, limit: 9)
      #expect(notices.map(\.kind) == [.entryWithdrawn] && notices.map(\.text) == [words])
    }
  }

  @Test("without a daemon the last score is withdrawn, and the one before is said to stand")
  func scoreHere() async throws {
    try await Bench.with { bench in
      try await Self.plant(bench)
      #expect(try await bench.run("score", "oil", "--withdraw", "--person", "me") == .done)
      #expect(
        bench.spoken.lines.first
          == "withdrawn: score: oil 4.0 for 2026-11-20, of me; 2.0 stands again")
      let date = try Self.oil(0).date
      let scores = try await Archive(path: bench.diary).scores(from: date, to: date)
      #expect(scores.map(\.value) == [2])
    }
  }

  @Test("what was withdrawn already, and what is not there, is said and is status 69")
  func refused() async throws {
    try await Bench.with { bench in
      try await Self.plant(bench)
      #expect(try await bench.run("event", "--withdraw", "1") == .done)
      #expect(try await bench.run("event", "--withdraw", "1") == .unavailable)
      #expect(try await bench.run("event", "--withdraw", "2", "--dry-run") == .unavailable)
      #expect(try await bench.run("score", "gloss", "--withdraw") == .unavailable)
      let problems = bench.complaints.lines.filter { $0.hasPrefix("skin2vec: ") }
      #expect(
        problems == [
          "skin2vec: event 1 was withdrawn already", "skin2vec: there is no event 2",
          "skin2vec: there is no score of gloss for 2026-11-20, me",
        ])
      let notices = try await Archive(path: bench.diary).notices(
        from: Self.ever.0, to: Self.ever.1, limit: 9)
      #expect(notices.count == 1)
    }
  }

  @Test("a dry run says what would be withdrawn, and withdraws nothing")
  func dryRun() async throws {
    try await Bench.with { bench in
      try await Self.plant(bench)
      #expect(try await bench.run("event", "--withdraw", "1", "--dry-run") == .done)
      #expect(
        bench.spoken.lines
          == ["would write: withdrawn: event 1: sun, weight 1.00, 2026-11-20, of me"])
      let words = try await bench.json("score", "--withdraw", "oil", "--person", "me", "--dry-run")
      #expect(at(words, "dimension") as? String == "oil")
      #expect(at(words, "dry_run") as? Bool == true)
      let archive = try Archive(path: bench.diary)
      #expect(try await archive.events(from: Self.ever.0, to: Self.ever.1) == [Self.sun()])
    }
  }

  @Test("an export gives what stands, and what it gave comes back as no more than that")
  func exported() async throws {
    try await Bench.with { bench in
      try await Self.plant(bench)
      #expect(try await bench.run("event", "--withdraw", "1") == .done)
      #expect(try await bench.run("score", "oil", "--withdraw", "--person", "me") == .done)
      let path = bench.folder.appending(path: "scores.csv").path
      #expect(try await bench.run("export", "scores", "--output", path) == .done)
      #expect(try bench.text("scores.csv").split(separator: "\n").count == 2)
      #expect(try bench.text("scores.csv").hasSuffix("me,2026-11-20,oil,2\n"))
      let events = bench.folder.appending(path: "events.csv").path
      #expect(try await bench.run("export", "events", "--output", events) == .done)
      #expect(try bench.text("events.csv").split(separator: "\n").count == 1)
    }
  }

  @Test("an import that says a withdrawn event again brings it as a new one")
  func imported() async throws {
    try await Bench.with { bench in
      try await Self.plant(bench)
      let events = bench.folder.appending(path: "events.csv").path
      #expect(try await bench.run("export", "events", "--output", events) == .done)
      #expect(try await bench.run("event", "--withdraw", "1") == .done)
      for _ in 0..<2 { #expect(try await bench.run("import", "events", events) == .done) }
      let saved = try await Archive(path: bench.diary).numberedEvents(
        from: Self.ever.0, to: Self.ever.1)
      #expect(saved.map(\.number) == [2] && saved.map(\.event) == [Self.sun()])
    }
  }

  @Test(
    "a withdrawal with anything else of an entry, and an entry without its value, is refused",
    arguments: [
      ["event", "sun", "--withdraw", "1"], ["event", "--withdraw", "0"], ["event"],
      ["event", "--withdraw", "1", "--weight", "1"], ["event", "--withdraw", "1", "--at", "now"],
      ["event", "--withdraw", "1", "--person", "me"], ["score", "oil"],
      ["score", "oil", "3", "--withdraw"], ["score", "--withdraw"],
    ])
  func usage(arguments: [String]) {
    let error = #expect(throws: (any Error).self) { _ = try Skin2Vec.parseAsRoot(arguments) }
    #expect(error.map { Skin2Vec.exitCode(for: $0).rawValue } == 64)
  }
}
