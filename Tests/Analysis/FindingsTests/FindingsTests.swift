import Curves
import Figures
import Findings
import Foundation
import GRDB
import Readings
import Testing

@Suite struct FindingsTests {
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "findings-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  private let effect = Finding(
    analysis: "effects", person: "me", subject: "skin.moisture at cheek after alcohol",
    sentence: "less", isClaim: true, value: -0.5, low: -0.8, high: -0.2, level: 0.9,
    unit: "own SD", readings: 600, evidence: "hint", adjustedFor: ["season", "weekday"],
    details: [
      Finding.Detail("event", "alcohol"), Finding.Detail("outcome", "skin.moisture at cheek"),
    ])
  private let silent = Finding(
    analysis: "humidity", person: "me", subject: "skin.moisture at cheek", sentence: "too few days",
    silence: "too few days")

  @Test func `Findings come back as they were written, and a later run takes the place of its own`()
    throws
  {
    try inFolder { folder in
      let file = AnalysisFile(besideDiary: folder + "/diary.sqlite")
      #expect(file.path == folder + "/analysis.sqlite")
      let plan = AnalysisPlan(text: "everything")
      try file.replace(["effects", "humidity"], with: [effect, silent], plan: plan, madeAt: 1)
      #expect(try file.findings().map(\.finding) == [effect, silent])
      #expect(try file.findings().map(\.number) == [1, 2])
      // Only effects were asked again, and there were none.
      try file.replace(["effects"], with: [], plan: plan, madeAt: 2)
      #expect(try file.findings().map(\.finding) == [silent])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["analysis.sqlite"])
    }
  }

  @Test func `A number without its interval is refused, and the old file stays`() throws {
    try inFolder { folder in
      let file = AnalysisFile(path: folder + "/analysis.sqlite")
      let plan = AnalysisPlan(text: "everything")
      try file.replace(["effects"], with: [effect], plan: plan, madeAt: 1)
      var bare = effect
      bare.low = nil
      #expect(throws: (any Error).self) {
        try file.replace(["effects"], with: [bare], plan: plan, madeAt: 2)
      }
      #expect(try file.findings().map(\.finding) == [effect])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["analysis.sqlite"])
    }
  }

  private func figure(_ name: String, _ analysis: String, silence: Silence? = nil) -> KeptFigure {
    let heading = FigureHeading.lags(outcome: "skin.moisture at cheek", event: "alcohol")
    let drawing = LagFigure(
      title: .heading(heading), unit: "index",
      bars: [.init(lag: 1, effect: Estimate(value: -0.1, low: -.infinity, high: 0.3))])
    return KeptFigure(
      name: name, analysis: analysis, person: "me", heading: heading, readings: 600, occasions: 31,
      silence: silence, drawing: silence == nil ? .lags(drawing) : nil)
  }

  @Test func `Figures come back as they were kept, in their order, and one by its name`() throws {
    try inFolder { folder in
      let file = AnalysisFile(path: folder + "/analysis.sqlite")
      let plan = AnalysisPlan(text: "everything")
      let figures = [
        figure("lag-me", "effects"),
        figure("humidity-me", "humidity", silence: Silence("too few days", "日子太少")),
      ]
      try file.replace(
        ["effects", "humidity"], with: [], figures: figures, plan: plan, madeAt: 1)
      #expect(try file.figures() == figures)
      let silent = try #require(try file.figure(named: "humidity-me"))
      #expect(silent.silence?.reason(in: .simplifiedChinese) == "日子太少")
      #expect(try file.figure(named: "none") == nil)
      // Only effects were asked again.
      try file.replace(
        ["effects"], with: [], figures: [figure("lag-you", "effects")], plan: plan, madeAt: 2)
      #expect(try file.figures().map(\.name) == ["humidity-me", "lag-you"])
      #expect(throws: (any Error).self) {
        try file.replace(
          ["effects"], with: [], figures: [figure("lag me", "effects")], plan: plan, madeAt: 3)
      }
    }
  }

  @Test func `A view has each figure's table for any program`() throws {
    try inFolder { folder in
      let file = AnalysisFile(path: folder + "/analysis.sqlite")
      let kept = figure("lag-me", "effects")
      try file.replace(
        ["effects"], with: [], figures: [kept], plan: AnalysisPlan(text: ""), madeAt: 7)
      let row = try DatabaseQueue(path: file.path).read {
        try Row.fetchOne($0, sql: "SELECT * FROM v1_figure")
      }
      let found = try #require(row)
      #expect(
        Array(found.columnNames) == [
          "name", "analysis", "person", "n", "silence", "data", "csv", "plan_hash",
          "model_version", "made_utc_us",
        ])
      #expect(found["csv"] == kept.csv && found["n"] == 600 && found["made_utc_us"] == 7)
    }
  }

  @Test func `A sentence is kept in Chinese too, where there is one`() throws {
    try inFolder { folder in
      let file = AnalysisFile(path: folder + "/analysis.sqlite")
      var spoken = effect
      spoken.chinese = "变少"
      try file.replace(
        ["effects"], with: [spoken, silent], plan: AnalysisPlan(text: ""), madeAt: 1)
      let found = try file.findings().map(\.finding)
      #expect(found.map { $0.sentence(in: .simplifiedChinese) } == ["变少", "too few days"])
      #expect(found.map { $0.sentence(in: .english) } == ["less", "too few days"])
    }
  }

  @Test func `A file of the version before is read, and made anew by the next run`() throws {
    try inFolder { folder in
      let file = AnalysisFile(path: folder + "/analysis.sqlite")
      let plan = AnalysisPlan(text: "")
      try file.replace(["effects"], with: [effect], plan: plan, madeAt: 1)
      try DatabaseQueue(path: file.path).write { db in
        let views = try String.fetchAll(
          db, sql: "SELECT name FROM sqlite_schema WHERE type = 'view'")
        for view in views { try db.execute(sql: "DROP VIEW \(view)") }
        try db.execute(
          sql: """
            ALTER TABLE finding DROP COLUMN sentence_zh; DROP TABLE figure; PRAGMA user_version = 1
            """)
      }
      #expect(try file.findings().map(\.finding) == [effect])
      #expect(throws: (any Error).self) { try file.figures() }
      try file.replace(["humidity"], with: [silent], plan: plan, madeAt: 2)
      #expect(try file.findings().map(\.finding) == [silent])
      #expect(try file.figures().isEmpty)
    }
  }

  @Test func `Another plan has another hash, and the same plan the same`() {
    #expect(AnalysisPlan(text: "a").hash == AnalysisPlan(text: "a").hash)
    #expect(AnalysisPlan(text: "a").hash != AnalysisPlan(text: "b").hash)
    #expect(AnalysisPlan(text: "").hash == "07f8bc07b4ba5002")  // of "1\n", by another program
  }
}
