import ArgumentParser
import Readings
import Store
import Testing

@testable import skin2vec

@Suite struct LogTests {
  private func plantNotices(_ bench: Bench) async throws {
    try await bench.plant { store in
      for (text, priority, days) in [
        ("old", Notice.Priority.info, -3), ("lost", .warning, -1), ("saved", .info, 0),
      ] {
        try await store.append(
          Planted.notice(
            text == "lost" ? .partLost : .tapSaved, text, priority, at: Bench.evening(days)))
      }
    }
  }

  @Test("lines carry date and time of the person's clock, and a word where they warn")
  func lines() async throws {
    try await Bench.with { bench in
      try await plantNotices(bench)
      #expect(try await bench.run("log") == .done)
      #expect(
        bench.spoken.lines == [
          "2026-11-17 22:14:00 old", "2026-11-19 22:14:00 warning: lost",
          "2026-11-20 22:14:00 saved",
        ])
    }
  }

  @Test(
    "the interval is taken as people give it",
    arguments: [
      (["--since", "yesterday"], ["lost", "saved"]), (["--since", "today"], ["saved"]),
      (["--since", "1 h"], ["saved"]), (["--until", "2026-11-19T22:14"], ["old"]),
      (["--since", "2026-11-19", "--until", "yesterday 23:00"], ["lost"]),
      (["-n", "1"], ["saved"]), (["--priority", "warning"], ["lost"]),
    ])
  func interval(arguments: [String], texts: [String]) async throws {
    try await Bench.with { bench in
      try await plantNotices(bench)
      #expect(try await bench.run(["log"] + arguments) == .done)
      #expect(bench.spoken.lines.map { String($0.split(separator: " ").last ?? "") } == texts)
    }
  }

  @Test("the last lines are counted after the less important ones are left out")
  func lastImportant() async throws {
    try await Bench.with { bench in
      try await plantNotices(bench)
      #expect(try await bench.run("log", "-n", "1", "--priority", "warning") == .done)
      #expect(bench.spoken.lines == ["2026-11-19 22:14:00 warning: lost"])
    }
  }

  @Test("JSON has one object a line, with the structured fields")
  func json() async throws {
    try await Bench.with { bench in
      try await plantNotices(bench)
      #expect(try await bench.run("log", "--json") == .done)
      #expect(bench.spoken.lines.count == 3)
      let last = try decode(bench.spoken.lines[2])
      #expect(at(last, "text") as? String == "saved")
      #expect(at(last, "kind") as? String == "tapSaved")
      #expect(at(last, "priority") as? Double == 6)
      #expect(at(last, "fields", "SLOT") as? String == "evening")
      #expect(at(last, "time_utc_us") as? Double == 1_795_209_240_000_000)
    }
  }

  @Test("a time that is none is refused with status 64 and examples")
  func badTime() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      #expect(try await bench.run("log", "--since", "soon") == .usage)
      #expect(bench.complaints.text.contains("`soon` is not a time"))
      #expect(bench.complaints.text.contains("yesterday"))
    }
  }

  @Test(
    "wish 9: old lines are found by kind and by words, also behind newer ones",
    arguments: [
      (["--grep", "LO.T"], ["lost"]), (["--kind", "partLost"], ["lost"]),
      (["--kind", "partLost", "--kind", "tapSaved", "-n", "2"], ["lost", "saved"]),
      (["--grep", "[os]", "-n", "1", "--until", "yesterday"], ["old"]),
    ])
  func found(arguments: [String], texts: [String]) async throws {
    try await Bench.with { bench in
      try await plantNotices(bench)
      #expect(try await bench.run(["log"] + arguments) == .done)
      #expect(bench.spoken.lines.map { String($0.split(separator: " ").last ?? "") } == texts)
    }
  }

  @Test("a kind that is none, and an expression that is none, are refused")
  func badFilters() throws {
    #expect(throws: (any Error).self) { try LogCommand.parse(["--kind", "taps"]) }
    #expect(throws: (any Error).self) { try LogCommand.parse(["--grep", "["]) }
  }

  @Test("wish 7: a line from before the clock was set is marked, and then gets its true time")
  func unsynced() async throws {
    try await Bench.with { bench in
      let wrong = Duration.seconds(5 * 86_400)
      let store = try bench.store()
      var notice = Planted.notice(.tapSaved, "early", .info, at: Bench.evening())
      notice.stamp = Bench.stamp(Bench.evening() - wrong, .unsynced)
      notice.stamp?.bootMicroseconds = Bench.stamp(Bench.evening()).bootMicroseconds
      try await store.append(notice)
      #expect(try await bench.run("log") == .done)
      let zero = Timestamp(microseconds: 1_700_000_000_000_000)
      _ = try await store.restamp(
        bootID: Bench.boot, bootTimeZero: zero, at: Bench.stamp(Bench.evening()))
      try await store.close()
      #expect(try await bench.run("log") == .done)
      #expect(
        bench.spoken.lines == ["2026-11-15 22:14:00? early", "2026-11-20 22:14:00 early"])
    }
  }

  @Test("following shows what is new once, also when the clock was set meanwhile")
  func following() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await store.append(Planted.notice(.tapSaved, "old", .info, at: Bench.evening()))
      var watch = try await DiaryWatch(path: bench.diary)
      let known = watch.head
      #expect(try await watch.look() == nil)
      // Its clock is a year behind: by its time it would be no news.
      try await store.append(Planted.notice(.clockSet, "set", .info, at: Bench.evening(-300)))
      #expect(try await watch.look()?.notices == 1)
      let news = try await watch.archive.notices(after: known, wanted: NoticeFilter())
      #expect(news.map(\.text) == ["set"])
      #expect(try await watch.look() == nil)
      try await store.close()
    }
  }
}
