import ArgumentParser
import Control
import Readings
import Store
import Testing

@testable import skin2vec

@Suite(.timeLimit(.minutes(5))) struct WritingTests {
  @Test("a running daemon is asked to save a score, for the person it has next")
  func scoreByDaemon() async throws {
    try await Bench.with { bench in
      let status = Daemon.status(bench)
      try await Daemon.with(
        bench, answering: { $0 == .status ? .status(status) : .done("saved: oil 3") }
      ) { daemon in
        #expect(try await bench.run("score", "oil", "3") == .done)
        let date = try #require(LocalDate("2026-11-20"))
        let score = Score(person: Person("anna"), date: date, dimension: .oil, value: 3)
        #expect(daemon.requests == [.status, .score(score)])
        #expect(bench.spoken.lines == ["saved: oil 3"])
      }
    }
  }

  @Test("what the daemon refuses is told with its hint")
  func refusal() async throws {
    try await Bench.with { bench in
      try await Daemon.with(
        bench, answering: { _ in .refused(problem: "not today", hint: "try tomorrow") }
      ) { _ in
        let ending = try await bench.run("event", "sun", "--person", "me")
        #expect(ending == .unavailable)
        #expect(bench.complaints.lines == ["skin2vec: not today", "  try tomorrow"])
      }
    }
  }

  @Test("without a daemon a score is written here, said so, kept in the log, and the lock let go")
  func scoreHere() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      #expect(try await bench.run("score", "oil", "2.5", "--date", "yesterday") == .done)
      #expect(bench.spoken.lines.first == "score saved: oil 2.5 for 2026-11-19, me")
      #expect(bench.spoken.text.contains("written by this command"))
      let archive = try Archive(path: bench.diary)
      let date = try #require(LocalDate("2026-11-19"))
      let scores = try await archive.scores(from: date, to: date)
      #expect(scores.map(\.value) == [2.5])
      let ever = (Timestamp(microseconds: .min), Timestamp(microseconds: .max))
      let notices = try await archive.notices(from: ever.0, to: ever.1, limit: 10)
      #expect(notices.map(\.kind) == [.scoreSaved])
      #expect(notices.first?.stamp?.trust == .synced)
      let next = try bench.store()
      #expect(next.opening.lastCloseWasClean)
    }
  }

  @Test("an event is written with its own time, weight and note")
  func eventHere() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      #expect(
        try await bench.run("event", "sauna", "--weight", "0.5", "--at", "2 h") == .done)
      let archive = try Archive(path: bench.diary)
      let events = try await archive.events(
        from: Timestamp(microseconds: .min), to: Timestamp(microseconds: .max))
      let time = Bench.midnight + .seconds(77_400 - 7200)
      #expect(
        events == [
          SkinEvent(person: Person("me"), time: time, kind: "sauna", weight: 0.5, note: nil)
        ])
      #expect(bench.complaints.lines == [])
    }
  }

  @Test(
    "a word close to a known kind is accepted with a question",
    arguments: [("alchohol", "alcohol"), ("Late-Night", "late_night")])
  func misspelt(word: String, meant: String) async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      #expect(try await bench.run("event", word) == .done)
      #expect(bench.complaints.text.contains("did you mean `\(meant)`?"))
    }
  }

  @Test("a dry run writes nothing, daemon or not")
  func dryRun() async throws {
    try await Bench.with { bench in
      #expect(try await bench.run("score", "oil", "3", "--dry-run") == .done)
      #expect(try await bench.run("event", "sun", "--dry-run") == .done)
      #expect(try await bench.run("who", "anna", "--dry-run") == .done)
      #expect(bench.spoken.lines.allSatisfy { $0.hasPrefix("would write: ") })
      #expect(throws: StoreError.self) { try Archive(path: bench.diary) }
      let words = try await bench.json("score", "oil", "3", "--dry-run")
      #expect(at(words, "dry_run") as? Bool == true)
      #expect(at(words, "local_date") as? String == "2026-11-20")
    }
  }

  @Test("a diary that somebody else writes is left alone where the socket is missing")
  func heldDiary() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      #expect(try await bench.run("score", "oil", "3", "--person", "me") == .unavailable)
      #expect(bench.complaints.text.contains("writes this diary"))
      #expect(bench.complaints.text.contains(bench.socket))
      try await store.close()
    }
  }

  @Test("a simulated diary takes no real score")
  func otherOrigin() async throws {
    try await Bench.with { bench in
      try await bench.store(.simulated("bedroom")).close()
      #expect(try await bench.run("score", "oil", "3", "--person", "me") == .configuration)
      #expect(bench.complaints.text.contains("simulated"))
    }
  }

  @Test("no diary is begun by a command, whose user may not be the station's")
  func noDiary() async throws {
    try await Bench.with { bench in
      let ending = try await bench.run("score", "oil", "3")
      #expect(ending == .noDiary)
      #expect(throws: StoreError.self) { try Archive(path: bench.diary) }
    }
  }

  @Test("another diary than the configuration's is never the daemon's affair")
  func otherDiary() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      try await Daemon.with(bench, answering: { _ in .done("wrong") }) { daemon in
        let path = bench.diary.replacing("diary.sqlite", with: "./diary.sqlite")
        let ending = try await bench.run("score", "oil", "3", "--database", path)
        #expect(ending == .done)
        #expect(daemon.requests == [])
      }
    }
  }

  @Test("who shows the people, and sets the next one")
  func who() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      #expect(try await bench.run("who") == .done)
      #expect(bench.spoken.lines.first == "*  me    cheek            the next tap")
      #expect(try await bench.run("who", "anna") == .done)
      #expect(at(try await bench.json("who"), "next") as? String == "anna")
    }
  }

  @Test(
    "nobody, no time to come and no day to come is refused with status 64",
    arguments: [
      ["who", "ana"], ["score", "oil", "3", "--person", "ana"],
      ["event", "sun", "--at", "23:59"], ["score", "oil", "3", "--date", "2026-11-21"],
      ["score", "oil", "3", "--date", "20.11."],
    ])
  func refusedWords(arguments: [String]) async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      #expect(try await bench.run(arguments) == .usage)
      #expect(bench.complaints.lines.count == 2)
    }
  }

  @Test(
    "numbers out of range are refused before anything is asked",
    arguments: [
      ["score", "oil", "6"], ["score", "oil", "nan"], ["score", "beauty", "3"],
      ["event", "sun", "--weight", "2"], ["event", "  "], ["taps", "--days", "0"],
    ])
  func badNumbers(arguments: [String]) {
    let error = #expect(throws: (any Error).self) { _ = try Skin2Vec.parseAsRoot(arguments) }
    #expect(error.map { Skin2Vec.exitCode(for: $0).rawValue } == 64)
  }
}
