import Findings
import Foundation
import Readings
import Settings
import Testing

@testable import skin2vec_analyse

@Suite struct AlarmNewsTests {
  private let last = LocalDate(daysSince1970: 20_500)

  private func alarm(_ curve: String, noticed days: Int, isClaim: Bool = true) -> Finding {
    Finding(
      analysis: "watch", person: "me", subject: curve, sentence: "\(curve) moved",
      isClaim: isClaim, value: 1, low: 0.5, high: 1.5, level: 0.9,
      details: [Finding.Detail("noticed_on", "\(last - days)")])
  }

  private func inFolder(_ body: (AnalysisFile) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "news-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(AnalysisFile(path: folder.path + "/analysis.sqlite"))
  }

  @Test func `Of a long diary only what was noticed lately is news`() throws {
    try inFolder { file in
      let news = AlarmNews(Settings(), earlier: file)
      let found = [
        alarm("moisture", noticed: 300), alarm("sebum", noticed: 3),
        alarm("oil", noticed: 3, isClaim: false),
      ]
      #expect(news.fresh(found, lastDates: ["me": last]).map(\.subject) == ["sebum"])
      #expect(news.fresh(found, lastDates: ["anna": last]).isEmpty)
    }
  }

  @Test func `What an earlier run had found is no news, though it be judged otherwise by now`()
    throws
  {
    try inFolder { file in
      var known = alarm("sebum", noticed: 3)
      known.sentence = "sebum drifts"
      try file.replace(["watch"], with: [known], plan: AnalysisPlan(text: ""), madeAt: 1)
      let news = AlarmNews(Settings(), earlier: file)
      let found = [alarm("sebum", noticed: 3), alarm("sebum", noticed: 1)]
      #expect(news.fresh(found, lastDates: ["me": last]).count == 1)
    }
  }
}
