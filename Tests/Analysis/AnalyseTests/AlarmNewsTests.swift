import Control
import Findings
import Foundation
import Readings
import Settings
import Synchronization
import TestSupport
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

  /// Alternating, and then far higher from the 150th day on.
  private static let shifted: @Sendable (Int) -> Double = { day in
    (day < 150 ? 1 : 4) + Double(day * 7 % 5) / 5
  }

  @Test func `A new alarm is told to the station once, and again where it was not taken`()
    async throws
  {
    try await Bench.withDiary(days: 160, score: Self.shifted) { bench in
      let isBusy = Mutex(true)
      let told = Mutex<[ControlRequest]>([])
      let server = try ControlServer(path: bench.socket)
      let service = Task(executorPreference: OwnThread()) {
        try await server.serve { request, _ in
          if isBusy.withLock({ $0 }) { return .refused(problem: "busy", hint: "later") }
          told.withLock { $0.append(request) }
          return .done("told")
        }
      }
      defer { service.cancel() }
      try await bench.expect(70, "find", "watch", "--tell")
      #expect(throws: (any Error).self) { try bench.findings }
      isBusy.withLock { $0 = false }
      try await bench.expect(0, "find", "watch", "--tell")
      try await bench.expect(0, "find", "watch", "--tell")
      let requests = told.withLock { $0 }
      let sentence = try #require(bench.findings.first { $0.isClaim }).sentence
      #expect(sentence.hasPrefix("score.oil has been"))
      #expect(requests == [.alarm(words: sentence, of: Person("me"))])
    }
  }
}
