import Findings
import Foundation
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

  @Test func `Another plan has another hash, and the same plan the same`() {
    #expect(AnalysisPlan(text: "a").hash == AnalysisPlan(text: "a").hash)
    #expect(AnalysisPlan(text: "a").hash != AnalysisPlan(text: "b").hash)
    #expect(AnalysisPlan(text: "").hash == "07f8bc07b4ba5002")  // of "1\n", by another program
  }
}
