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
          Planted.notice(.tapSaved, text, priority, at: Bench.evening(days)))
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

  @Test("following shows what is new once, also when the clock was set meanwhile")
  func news() {
    let old = Planted.notice(.tapSaved, "old", .info, at: Bench.evening())
    let early = Planted.notice(.clockSet, "set", .info, at: Bench.evening(-300))
    var news = News(known: [old])
    #expect(news.take(from: [early, old]) == [early])
    #expect(news.take(from: [early, old]) == [])
  }
}
