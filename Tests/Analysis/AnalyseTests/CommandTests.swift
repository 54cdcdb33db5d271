import ArgumentParser
import Findings
import Foundation
import Readings
import Testing

@testable import skin2vec_analyse

/// The commands on a diary that the store has written.
@Suite struct CommandTests {
  @Test func `What is found stands beside the diary, and each number can be explained`()
    async throws
  {
    try await Bench.withDiary(days: 120) { bench in
      try await bench.expect(0, "find")
      let found = try AnalysisFile(path: bench.folder + "/analysis.sqlite").findings()
      #expect(found.map(\.number) == Array(1..<found.count + 1))
      #expect(Set(found.map(\.finding.analysis)).count == Analysis.allCases.count)
      let effect = try #require(found.first { $0.finding.analysis == "effects" })
      #expect(effect.finding.subject == "score.oil after late_night")
      #expect(effect.finding.value != nil && effect.finding.readings == 120)
      #expect(FindingsPage.explanation(effect.finding).contains { $0.contains("occasions: 24") })
      try await bench.expect(0, "find", "--explain", "\(found.count)")
      try await bench.expect(64, "find", "--explain", "\(found.count + 1)")
    }
  }

  @Test func `A score of a year that was mistyped changes nothing that is found`() async throws {
    let years = [LocalDate(daysSince1970: 0), LocalDate(daysSince1970: 2_932_896)]
    try await Bench.withDiary(days: 90) { plain in
      try await plain.expect(0, "find")
      let found = try plain.findings
      try await Bench.withDiary(days: 90, mistyped: years) { bench in
        try await bench.expect(0, "find")
        #expect(try bench.findings == found)
      }
    }
  }

  @Test func `A plan that the diary keeps is graded when it is over, and a broken one is named`()
    async throws
  {
    let over = "late_night from 2026-01-01, 12 blocks of 7 days, first 4 left out, seed 8412"
    let running = "sport from 2026-03-01, 14 blocks of 7 days, first 4 left out, seed 7"
    try await Bench.withDiary(days: 100, trials: [over, running, "late_night sometimes"]) { bench in
      try await bench.expect(0, "find", "trials")
      try await bench.expect(0, "plan", "late_night")
      let found = try bench.findings
      #expect(found.count == 3)
      #expect(found[0].subject == "score.oil, trial of late_night" && found[0].value != nil)
      #expect(found[0].details.contains(Finding.Detail("plan", over)))
      #expect(found[1].silence == "the trial is over in 57 days, on 2026-06-07")
      #expect(found[2].sentence.hasPrefix("'late_night sometimes' is no plan"))
      // What the diary says of the plan is no event that acts on the skin.
      try await bench.expect(0, "find", "effects")
      let effects = try bench.findings
      #expect(effects.filter { $0.analysis == "effects" }.count == 1)
    }
  }

  @Test func `A trial begins neither in the past nor while another runs, and never unkept`()
    async throws
  {
    let running = "late_night from 2026-01-01, 400 blocks of 7 days, first 4 left out, seed 1"
    try await Bench.withDiary(days: 40, trials: [running]) { bench in
      try await bench.expect(64, "plan", "sport", "--begin", "2020-01-01")
      try await bench.expect(64, "plan", "late_night", "--begin", "2030-01-01")
      // No station runs that could keep it.
      try await bench.expect(69, "plan", "sport", "--begin", "2090-01-01")
    }
  }

  @Test func `A plan counts before its person has any reading`() async throws {
    let running = "late_night from 2026-01-01, 400 blocks of 7 days, first 4 left out, seed 1"
    try await Bench.withDiary(days: 0, trials: [running]) { bench in
      try await bench.expect(64, "plan", "late_night", "--begin", "2030-01-01")
      try await bench.expect(0, "plan", "late_night")
      try await bench.expect(69, "plan", "sport", "--begin", "2090-01-01")
    }
  }

  @Test func `An empty diary is told so, and nothing is made up`() async throws {
    try await Bench.withDiary(days: 0) { bench in
      try await bench.expect(0, "find")
      #expect(try bench.findings.isEmpty)
      try await bench.expect(0, "report", "--month", "2026-01", "--out", "FOLDER/r.html")
      let page = try String(contentsOfFile: bench.folder + "/r.html", encoding: .utf8)
      #expect(page.contains("January 2026"))
    }
  }

  @Test func `Where there is no diary, the status says so`() async throws {
    try await Bench.withDiary(days: 0) { bench in
      try await bench.expect(66, "find", "--database", "FOLDER/none.sqlite")
      try await bench.expect(66, "find", "--explain", "1")
    }
  }

  @Test func `A report asks whose it is, and knows no month that has not begun`() async throws {
    try await Bench.withDiary(days: 40, people: ["me", "anna"]) { bench in
      try await bench.expect(64, "report", "--month", "2026-01")
      try await bench.expect(66, "report", "--month", "2026-01", "--person", "eve")
      try await bench.expect(64, "report", "--month", "2999-01", "--person", "me")
      try await bench.expect(
        0, "report", "--month", "2026-01", "--person", "anna", "--out", "FOLDER/a.html")
      let page = try String(contentsOfFile: bench.folder + "/a.html", encoding: .utf8)
      #expect(page.contains("Skin diary of anna, January 2026"))
      // Days after the month are not known in it: 31 of 40.
      #expect(page.contains("31 readings of good quality"))
    }
  }

  @Test(arguments: [
    ["find", "colour"], ["find", "--alarms-per-year", "0"], ["find", "--days", "15"],
    ["find", "--pm2-5", "-3"], ["report", "--month", "October"],
    ["plan", "sport", "--begin", "soon"], ["plan"],
  ])
  func `What cannot be asked is refused`(words: [String]) {
    #expect(throws: (any Error).self) { try Skin2VecAnalyse.parseAsRoot(words) }
  }
}
