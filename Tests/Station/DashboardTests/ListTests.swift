import GRDB
import Readings
import Store
import Testing
import TestSupport

@testable import Dashboard

@Suite("lists, page by page", .takingTurns) struct ListTests {
  private static let lists = [
    "sessions", "touches", "slots", "air", "air/hours", "air/days", "events", "scores", "epochs",
    "calibrations", "parts/health",
  ]

  /// All rows of a list by pages of so many, going from `next` to `next`.
  private func pages(
    _ bench: Bench, _ list: String, limit: Int, _ more: String = ""
  ) async throws -> [Plain] {
    var rows: [Plain] = []
    var after = ""
    // No list of the bench has so many rows: one that goes round and round ends too.
    while rows.count < 1000 {
      let page = try await bench.json("/api/v1/\(list)?limit=\(limit)\(more)\(after)")
      #expect(page["items"].list.count <= limit)
      rows += page["items"].list
      guard let next = page["next"].text else { return rows }
      #expect(page["items"].list.count == limit)
      after = "&after=\(next)"
    }
    Issue.record("\(list) has no end")
    return rows
  }

  @Test(
    "pages of one to seven rows are together the one whole page, up and down", arguments: lists)
  func together(list: String) async throws {
    try await Bench.with { bench in
      try await bench.plant { try await $0.plantDays(2, seed: 7) }
      for order in ["ascending", "descending"] {
        let whole = try await bench.json("/api/v1/\(list)?limit=10000&order=\(order)")
        #expect(whole["next"] == .null)
        #expect(whole["items"].list.count > 1, "\(list)")
        #expect(Set(whole["items"].list).count == whole["items"].list.count)
        for limit in 1...7 {
          let rows = try await pages(bench, list, limit: limit, "&order=\(order)")
          let isWhole = rows == whole["items"].list
          #expect(isWhole, "\(list) by \(limit), \(order)")
        }
      }
    }
  }

  @Test("a whole page has as many rows as the view, the same up and down", arguments: lists)
  func complete(list: String) async throws {
    let views = [
      "sessions": "session", "touches": "touch", "slots": "slot", "air": "air",
      "air/hours": "air_hour", "air/days": "air_day", "events": "event", "scores": "score",
      "epochs": "epoch", "calibrations": "calibration", "parts/health": "health",
    ]
    try await Bench.with { bench in
      try await bench.plant { try await $0.plantDays(2, seed: 8) }
      let view = try #require(views[list])
      let count = try await bench.rows("SELECT count(*) FROM v1_\(view)")[0][0]
      let up = try await bench.json("/api/v1/\(list)?limit=10000")["items"].list
      let down = try await bench.json("/api/v1/\(list)?limit=10000&order=descending")
      #expect(count == .integer(Int64(up.count)))
      #expect(Set(up) == Set(down["items"].list))
    }
  }

  @Test("what is measured is given whole, and takes no page")
  func channels() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let channels = try await bench.json("/api/v1/channels")["items"].list
      #expect(Set(channels.compactMap(\.["channel"].text)).count == 14)
      #expect(try await bench.ask("GET", "/api/v1/channels?limit=3").status == 400)
    }
  }

  @Test(
    "asked for one person, no list gives a row of another",
    arguments: ["sessions", "touches", "slots", "events", "scores", "epochs"])
  func person(list: String) async throws {
    try await Bench.with { bench in
      try await bench.plant { try await $0.plantDays(2, seed: 9) }
      for person in ["ann", "bo"] {
        for limit in [3, 10_000] {
          let rows = try await pages(bench, list, limit: limit, "&person=\(person)")
          #expect(!rows.isEmpty)
          #expect(rows.allSatisfy { $0["person"] == .text(person) }, "\(list) of \(person)")
        }
      }
      #expect(try await pages(bench, list, limit: 9, "&person=nobody").isEmpty)
    }
  }

  @Test("from and to are both in what is given, and nothing else is")
  func span() async throws {
    try await Bench.with { bench in
      try await bench.plant { try await $0.plantDays(4, seed: 10) }
      for list in ["slots", "sessions", "events", "scores", "air/days"] {
        let all = try await bench.json("/api/v1/\(list)?limit=10000")["items"].list
        let some = try await bench.json(
          "/api/v1/\(list)?limit=10000&from=2026-03-03&to=2026-03-04")["items"].list
        let dates = ["2026-03-03", "2026-03-04"].map { Plain.text($0) }
        #expect(some == all.filter { dates.contains($0["local_date"]) }, "\(list)")
        #expect(!some.isEmpty && some.count < all.count)
      }
      let none = try await bench.json("/api/v1/slots?from=2026-03-04&to=2026-03-03")
      #expect(none["items"].list.isEmpty && none["next"] == .null)
    }
  }

  @Test(
    "the air of a span is the view's, whatever the pages and however many hours they take",
    arguments: ["", "&order=descending"], [1, 5, 40])
  func airOfSpan(order: String, limit: Int) async throws {
    try await Bench.with { bench in
      try await bench.plant { try await $0.plantDays(3, seed: 12) }
      let known = try await bench.rows(
        "SELECT time_utc_us, channel, value FROM v1_air ORDER BY time_utc_us, channel")
      let times = known.compactMap { row -> Int64? in
        if case .integer(let time) = row[0] { time } else { nil }
      }
      let hours = try await bench.rows("SELECT count(*) FROM v1_air_hour")[0][0]
      // Else nothing is tried of what hours are for.
      #expect(hours != .integer(0))
      let (from, to) = (times[times.count / 5], times[times.count * 4 / 5])
      for (span, isIn) in [
        ("", { (_: Int64) in true }), ("&from=\(from)", { $0 >= from }),
        ("&to=\(to)", { $0 <= to }), ("&from=\(from)&to=\(to)", { (from...to).contains($0) }),
        ("&from=\(from + 1)", { $0 > from }), ("&to=\(from - 1)", { $0 < from }),
      ] {
        let rows = try await pages(bench, "air", limit: limit, span + order)
        let there = rows.map { "\($0["time_utc_us"]) \($0["channel"])" }
        let wanted = zip(known, times).filter { isIn($0.1) }.map { row, time in
          "\(Plain.number(Double(time))) \(Plain.text(row[1].text ?? ""))"
        }
        #expect(there.sorted() == wanted.sorted(), "\(span)")
        #expect(there.count == Set(there).count)
      }
    }
  }

  @Test("where samples were erased and their hours are known still, no row after them is lost")
  func airErased() async throws {
    try await Bench.with { bench in
      try await bench.plant { try await $0.plantDays(3, seed: 13) }
      let all = try await bench.json("/api/v1/air?limit=10000")["items"].list
      let middle = try #require(all[all.count / 2]["time_utc_us"].number)
      try await DatabaseQueue(path: bench.diary).write {
        try $0.execute(sql: "DELETE FROM air WHERE time_utc_us < ?", arguments: [Int64(middle)])
      }
      let rest = all.filter { ($0["time_utc_us"].number ?? 0) >= middle }
      for limit in [3, 20] {
        #expect(try await pages(bench, "air", limit: limit) == rest)
      }
    }
  }

  @Test("a filter of the touches gives those and no others")
  func filters() async throws {
    try await Bench.with { bench in
      try await bench.plant { try await $0.plantDays(2, seed: 11) }
      let all = try await bench.json("/api/v1/touches?limit=10000")["items"].list
      let some = try await bench.json(
        "/api/v1/touches?limit=10000&site=forehead&channel=skin.sebum")["items"].list
      #expect(!some.isEmpty)
      #expect(
        some
          == all.filter {
            $0["site"] == .text("forehead") && $0["channel"] == .text("skin.sebum")
          })
      let one = try await bench.json("/api/v1/touches?session=2")["items"].list
      #expect(one == all.filter { $0["session_id"] == .number(2) })
    }
  }

  @Test("the link to the next page keeps what was asked, and leads to that page")
  func link() async throws {
    try await Bench.with { bench in
      try await bench.plant { try await $0.plantDays(2, seed: 12) }
      let first = try await bench.ask("GET", "/api/v1/slots?limit=5&person=ann&form=csv")
      let link = try #require(first["link"])
      #expect(link.hasPrefix("</api/v1/slots?") && link.hasSuffix(">; rel=\"next\""))
      let target = String(link.dropFirst().prefix { $0 != ">" })
      #expect(target.contains("limit=5") && target.contains("person=ann"))
      let second = try await bench.ask("GET", target)
      #expect(second.media == "text/csv")
      let whole = try await bench.ask("GET", "/api/v1/slots?limit=10&person=ann&form=csv")
      let lines = second.text.split(separator: "\r\n").dropFirst()
      #expect(lines.count == 5)
      #expect(Array(whole.text.split(separator: "\r\n").suffix(5)) == Array(lines))
      #expect(try await bench.ask("GET", "/api/v1/slots?limit=10000")["link"] == nil)
    }
  }

  @Test("a link cannot be broken out of")
  func linkInjection() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        for kind in ["a", "b"] {
          _ = try await store.save(
            Planted.event("x>; rel=\"evil\",<\u{E9}", at: Bench.monday, note: kind),
            at: Bench.stamp(Bench.monday))
        }
      }
      var question = Question(method: "GET", path: "/api/v1/events")
      question.query = [("limit", "1"), ("kind", "x>; rel=\"evil\",<\u{E9}")]
      let link = try #require(try await bench.ask(question)["link"])
      #expect(link.filter { $0 == ">" }.count == 1 && !link.contains("evil\""))
      #expect(link.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    }
  }

  @Test("before the station has ever run, a list says that there is no diary")
  func noDiary() async throws {
    try await Bench.with { bench in
      for list in Self.lists {
        let reply = try await bench.ask("GET", "/api/v1/\(list)")
        #expect(reply.status == 503)
        #expect(try reply.problem == "no-diary")
      }
    }
  }
}
