import ArgumentParser
import Findings
import Foundation
import Readings
import Store
import Testing

@testable import skin2vec_analyse

/// The commands on a diary that the store has written.
@Suite struct CommandTests {
  private static let first = LocalDate(daysSince1970: 20_454)  // 2026-01-01

  private static func stamp(_ day: Int) -> Stamp {
    Stamp(
      utc: .seconds(Int64(first.daysSince1970 + day) * 86_400 + 72_000),
      bootID: String(repeating: "0", count: 32), bootMicroseconds: Int64(day) * 86_400_000_000,
      trust: .synced)
  }

  /// A diary of scores, a number a day, and an event every fifth day; and what stands beside it.
  private func withDiary(
    days: Int, people: [String] = ["me"], trials: [String] = [],
    _ body: (String) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "analyse-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let diary = folder.path + "/diary.sqlite"
    let options = Store.Options(origin: .real, plan: DayPlan(zone: .utc), now: { Self.stamp(0) })
    let store = try Store(path: diary, options: options)
    for person in people.map({ Person($0) }) {
      for day in 0..<days {
        try await store.save(
          Score(
            person: person, date: Self.first + day, dimension: .oil, value: Double(day * 7 % 6)),
          at: Self.stamp(day))
        guard day.isMultiple(of: 5) else { continue }
        _ = try await store.save(
          SkinEvent(
            person: person, time: Self.stamp(day).utc, kind: "late_night", weight: 1, note: nil),
          at: Self.stamp(day))
      }
    }
    for note in trials {
      _ = try await store.save(
        SkinEvent(
          person: Person("me"), time: Self.stamp(0).utc, kind: "trial", weight: 1, note: note),
        at: Self.stamp(0))
    }
    try await store.close()
    try Data("diary: \(diary)\n".utf8).write(to: folder.appending(path: "skin2vec.yaml"))
    try await body(folder.path)
  }

  private func run(_ words: String..., in folder: String) async throws {
    let words = words.map { $0.replacing("FOLDER", with: folder) }
    var command = try Skin2VecAnalyse.parseAsRoot(
      words + ["--config", folder + "/skin2vec.yaml"])
    if var asynchronous = command as? any AsyncParsableCommand {
      try await asynchronous.run()
    } else {
      try command.run()
    }
  }

  /// Runs a command that is to end with this status.
  private func expect(_ status: Int32, _ words: String..., in folder: String) async throws {
    let words = words.map { $0.replacing("FOLDER", with: folder) }
    let command = try Skin2VecAnalyse.parseAsRoot(
      words + ["--config", folder + "/skin2vec.yaml"])
    let analysis = try #require(command as? any AnalysisCommand)
    do {
      try await analysis.carryOut()
      #expect(status == 0)
    } catch let failure as AnalysisFailure {
      #expect(failure.status == status, "\(failure)")
    }
  }

  @Test func `What is found stands beside the diary, and each number can be explained`()
    async throws
  {
    try await withDiary(days: 120) { folder in
      try await run("find", in: folder)
      let found = try AnalysisFile(path: folder + "/analysis.sqlite").findings()
      #expect(found.map(\.number) == Array(1..<found.count + 1))
      #expect(Set(found.map(\.finding.analysis)).count == Analysis.allCases.count)
      let effect = try #require(found.first { $0.finding.analysis == "effects" })
      #expect(effect.finding.subject == "score.oil after late_night")
      #expect(effect.finding.value != nil && effect.finding.readings == 120)
      #expect(FindingsPage.explanation(effect.finding).contains { $0.contains("occasions: 24") })
      try await expect(0, "find", "--explain", "\(found.count)", in: folder)
      try await expect(64, "find", "--explain", "\(found.count + 1)", in: folder)
    }
  }

  @Test func `A plan that the diary keeps is graded when it is over, and a broken one is named`()
    async throws
  {
    let over = "late_night from 2026-01-01, 12 blocks of 7 days, first 4 left out, seed 8412"
    let running = "sport from 2026-03-01, 14 blocks of 7 days, first 4 left out, seed 7"
    try await withDiary(days: 100, trials: [over, running, "late_night sometimes"]) { folder in
      try await expect(0, "find", "trials", in: folder)
      try await expect(0, "plan", "late_night", in: folder)
      let found = try AnalysisFile(path: folder + "/analysis.sqlite").findings().map(\.finding)
      #expect(found.count == 3)
      #expect(found[0].subject == "score.oil, trial of late_night" && found[0].value != nil)
      #expect(found[0].details.contains(Finding.Detail("plan", over)))
      #expect(found[1].silence == "the trial is over in 57 days, on 2026-06-07")
      #expect(found[2].sentence.hasPrefix("'late_night sometimes' is no plan"))
      // What the diary says of the plan is no event that acts on the skin.
      try await expect(0, "find", "effects", in: folder)
      let effects = try AnalysisFile(path: folder + "/analysis.sqlite").findings().map(\.finding)
      #expect(effects.filter { $0.analysis == "effects" }.count == 1)
    }
  }

  @Test func `A trial begins neither in the past nor while another runs, and never unkept`()
    async throws
  {
    let running = "late_night from 2026-01-01, 400 blocks of 7 days, first 4 left out, seed 1"
    try await withDiary(days: 40, trials: [running]) { folder in
      try await expect(64, "plan", "sport", "--begin", "2020-01-01", in: folder)
      try await expect(64, "plan", "late_night", "--begin", "2030-01-01", in: folder)
      // No station runs that could keep it.
      let socket = "control: \(folder)/control.sock\n"
      let path = folder + "/skin2vec.yaml"
      try Data((try String(contentsOfFile: path, encoding: .utf8) + socket).utf8)
        .write(to: URL(filePath: path))
      try await expect(69, "plan", "sport", "--begin", "2090-01-01", in: folder)
    }
  }

  @Test func `An empty diary is told so, and nothing is made up`() async throws {
    try await withDiary(days: 0) { folder in
      try await expect(0, "find", in: folder)
      #expect(try AnalysisFile(path: folder + "/analysis.sqlite").findings().isEmpty)
      try await expect(0, "report", "--month", "2026-01", "--out", "FOLDER/r.html", in: folder)
      let page = try String(contentsOfFile: folder + "/r.html", encoding: .utf8)
      #expect(page.contains("January 2026"))
    }
  }

  @Test func `Where there is no diary, the status says so`() async throws {
    try await withDiary(days: 0) { folder in
      try await expect(66, "find", "--database", "FOLDER/none.sqlite", in: folder)
      try await expect(66, "find", "--explain", "1", in: folder)
    }
  }

  @Test func `A report asks whose it is, and knows no month that has not begun`() async throws {
    try await withDiary(days: 40, people: ["me", "anna"]) { folder in
      try await expect(64, "report", "--month", "2026-01", in: folder)
      try await expect(66, "report", "--month", "2026-01", "--person", "eve", in: folder)
      try await expect(64, "report", "--month", "2999-01", "--person", "me", in: folder)
      try await expect(
        0, "report", "--month", "2026-01", "--person", "anna", "--out", "FOLDER/a.html", in: folder)
      let page = try String(contentsOfFile: folder + "/a.html", encoding: .utf8)
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
