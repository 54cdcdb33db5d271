import FoundationEssentials
import Readings
import Store
import Testing

@testable import Dashboard

@Suite("what the station's page shows") struct StationPagesTests {
  @Test("without a station it is said that there is none, and who lives here all the same")
  func off() async throws {
    try await Bench.with { bench in
      let station = try await bench.json("/api/v1/station")
      #expect(station["status"] == .null && station["tap"] == .null)
      #expect(station["default_person"].text == "ann")
      #expect(station["people"].list.compactMap(\.["name"].text) == ["ann", "bo"])
      #expect(station["people"][0]["sites"] == .list([.text("cheek"), .text("forehead")]))
    }
  }

  @Test("what the station last said is there, and gone once it is off")
  func status() async throws {
    try await Bench.with { bench in
      bench.feed.post(.status(StationDouble.status(at: Bench.time(0, 12), person: "bo")))
      bench.feed.post(
        .tap(TapMoment(.again, person: Person("bo"), touches: 2, refusal: .tooShort)))
      let station = try await bench.json("/api/v1/station")
      #expect(station["status"]["person"].text == "bo")
      #expect(station["status"]["parts"][0]["counters"]["reads"] == .number(7))
      #expect(station["tap"]["state"].text == "again")
      #expect(station["tap"]["refusal"].text == TouchRefusal.tooShort.rawValue)
      #expect(station["now_utc_us"] == .number(Double(Bench.time(0, 12).microseconds)))
      bench.feed.post(.status(nil))
      let off = try await bench.json("/api/v1/station")
      #expect(off["status"] == .null && off["tap"] == .null)
    }
  }

  @Test("the log is given newest first, page by page, down to an importance")
  func log() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        let priorities: [Notice.Priority] = [.error, .warning, .notice, .info, .debug]
        for number in 0..<20 {
          try await store.append(
            Notice(
              .tapSaved, "line \(number)", priority: priorities[number % 5],
              stamp: Bench.stamp(Bench.time(0, Double(number)))))
        }
      }
      var lines: [String] = []
      var before = ""
      repeat {
        let page = try await bench.json("/api/v1/log?importance=debug&limit=3\(before)")
        lines += page["items"].list.compactMap(\.["text"].text)
        before = page["next"].number.map { "&before=\(Int($0))" } ?? ""
      } while !before.isEmpty
      let own = lines.filter { $0.hasPrefix("line") }
      #expect(own == (0..<20).reversed().map { "line \($0)" })
      let bad = try await bench.json("/api/v1/log?importance=warning")["items"].list
      #expect(
        bad.compactMap(\.["text"].text).filter { $0.hasPrefix("line") }
          == [16, 15, 11, 10, 6, 5, 1, 0].map { "line \($0)" })
      #expect(Set(bad.compactMap(\.["priority"].text)).isSubset(of: ["error", "warning"]))
    }
  }

  @Test("the settings and the copies are as the house says")
  func files() async throws {
    try await Bench.with { bench in
      let settings = try await bench.json("/api/v1/settings")
      #expect(settings["path"].text == "/etc/skin2vec/skin2vec.yaml")
      #expect(settings["text"].text == "people: [{name: ann}, {name: bo}]\n")
      let backups = try await bench.json("/api/v1/backups")
      #expect(backups["folder"].text == "/copies")
      #expect(backups["backups"][0]["name"].text == "diary-1.sqlite")
      #expect(backups["backups"][0]["bytes"] == .number(4096))
    }
  }

  @Test("what was found is given for the person asked for, and nothing where nothing has run")
  func findings() async throws {
    try await Bench.with { bench in
      let none = try await bench.json("/api/v1/findings?person=ann")
      #expect(none["made_utc_us"] == .null && none["findings"].list.isEmpty)
      let figure: JSON = [
        "name": "curve", "analysis": "watch", "person": "ann", "title": "A curve", "n": 30,
        "silence": .null,
      ]
      bench.findings.put(
        FoundPage(madeAt: 1_772_409_600_000_000, findings: [], figures: [figure]), of: "ann")
      let found = try await bench.json("/api/v1/findings?person=ann")
      #expect(found["made_utc_us"] == .number(1_772_409_600_000_000))
      let figures = try await bench.json("/api/v1/figures?person=ann")["figures"].list
      #expect(figures.map { $0["name"].text } == ["curve"])
      #expect(try await bench.json("/api/v1/figures?person=bo")["figures"].list.isEmpty)
    }
  }

  @Test("a value that the diary knows is explained, another is not found")
  func explained() async throws {
    try await Bench.with { bench in
      try await bench.plant { try await $0.plantDays(1, seed: 2) }
      let way = "/api/v1/explain?date=2026-03-02&slot=morning"
      let known = try await bench.json(
        way + "&channel=skin.moisture&person=ann&site=forehead")
      #expect(known["lines"][0].text == "skin.moisture of ann at forehead")
      let usual = try await bench.json(way + "&channel=skin.moisture")
      #expect(usual["lines"][0].text == "skin.moisture of ann at cheek")
      for unknown in ["&channel=skin.force", "&channel=skin.moisture&person=eve"] {
        let reply = try await bench.ask("GET", way + unknown)
        #expect(reply.status == 404)
      }
    }
  }
}
