import Figures
import Findings
import Foundation
import Readings
import Testing

@testable import skin2vec_analyse

/// What is drawn of a diary that the store has written, and what is said of it in Chinese.
@Suite struct FigureTests {
  /// Alternating, and then far higher from the 150th day on.
  private static let shifted: @Sendable (Int) -> Double = { day in
    (day < 150 ? 1 : 4) + Double(day * 7 % 5) / 5
  }

  private func figures(_ bench: Bench) throws -> [KeptFigure] {
    try AnalysisFile(path: bench.folder + "/analysis.sqlite").figures()
  }

  @Test func `Each analysis leaves its figures beside its findings, each person's apart`()
    async throws
  {
    try await Bench.withDiary(days: 160, people: ["me", "Anna"], score: Self.shifted) { bench in
      try await bench.expect(0, "find")
      let names = try figures(bench).map(\.name)
      #expect(Set(names).count == names.count)
      for begin in [
        "effects-me-score-oil", "humidity-me-score-oil", "alarm-me-score-oil-2026-0",
        "products-me", "forecast-me-score-oil", "what-if-me", "trials-me",
        "effects-anna-score-oil-",
      ] {
        #expect(names.count { $0.hasPrefix(begin) } == 1, "\(begin)")
      }
    }
  }

  @Test func `An alarm's figure has its readings, its day and the days on which it may have begun`()
    async throws
  {
    try await Bench.withDiary(days: 160, score: Self.shifted) { bench in
      try await bench.expect(0, "find", "watch")
      let alarm = try #require(try figures(bench).first { $0.name.hasPrefix("alarm-") })
      guard case .series(let series) = alarm.drawing else {
        Issue.record("no course of readings")
        return
      }
      let marked = try #require(series.marks.first { $0.kind == .alarm })
      let began = try #require(series.began)
      #expect(began.contains(marked.place))
      // The 151st day of the diary is the first that is higher.
      let first = Bench.first + 150
      #expect(series.firstDate + began.lowerBound / 2 <= first)
      #expect(first <= series.firstDate + began.upperBound / 2)
      #expect(alarm.readings > 0)
    }
  }

  @Test func `One analysis asked alone leaves the others' figures`() async throws {
    try await Bench.withDiary(days: 40) { bench in
      try await bench.expect(0, "find")
      let all = try figures(bench)
      try await bench.expect(0, "find", "forecast")
      #expect(Set(try figures(bench).map(\.name)) == Set(all.map(\.name)))
    }
  }

  @Test(arguments: [3, 40, 160])
  func `All is said in Chinese, without English words`(days: Int) async throws {
    let running = "late_night from 2026-03-01, 14 blocks of 7 days, first 4 left out, seed 7"
    let over = "late_night from 2026-01-01, 12 blocks of 7 days, first 4 left out, seed 8412"
    try await Bench.withDiary(days: days, trials: [running, over], score: Self.shifted) { bench in
      try await bench.expect(0, "find")
      let said =
        try bench.findings.map(\.chinese)
        + figures(bench).flatMap { kept in
          let figure = kept.figure(in: .simplifiedChinese)
          return [figure.title, figure.description]
        }
      #expect(!said.isEmpty)
      for text in said {
        // Commands stand between quotation marks; units and n stay.
        let bare = text.split(separator: "'", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }.joined()
        let rest = ["PM2.5", "n = ", "%RH", "；p "].reduce(bare) { $0.replacing($1, with: "") }
        #expect(!rest.contains { $0.isASCII && $0.isLetter }, "\(text)")
      }
    }
  }
}
