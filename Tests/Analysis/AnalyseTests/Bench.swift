import ArgumentParser
import Findings
import Foundation
import Readings
import Store
import Testing

@testable import skin2vec_analyse

/// A folder with a diary of scores that the store has written, and a configuration that names it.
struct Bench {
  let folder: String

  static let first = LocalDate(daysSince1970: 20_454)  // 2026-01-01

  var socket: String { folder + "/control.sock" }
  var findings: [Finding] {
    get throws {
      try AnalysisFile(path: folder + "/analysis.sqlite").findings().map(\.finding)
    }
  }

  private static func stamp(_ day: Int) -> Stamp {
    Stamp(
      utc: .seconds(Int64(first.daysSince1970 + day) * 86_400 + 72_000),
      bootID: String(repeating: "0", count: 32), bootMicroseconds: Int64(day) * 86_400_000_000,
      trust: .synced)
  }

  private static func event(_ kind: String, of person: Person, day: Int, note: String? = nil)
    -> SkinEvent
  {
    SkinEvent(person: person, time: stamp(day).utc, kind: kind, weight: 1, note: note)
  }

  /// A score a day, an event every fifth day, events whose notes keep a plan, and scores of dates
  /// that were mistyped.
  static func withDiary(
    days: Int, people: [String] = ["me"], trials: [String] = [], mistyped: [LocalDate] = [],
    score: (Int) -> Double = { Double($0 * 7 % 6) }, _ body: (Bench) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "analyse-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let bench = Bench(folder: folder.path)
    let diary = bench.folder + "/diary.sqlite"
    let options = Store.Options(origin: .real, plan: DayPlan(zone: .utc), now: { stamp(0) })
    let store = try Store(path: diary, options: options)
    for person in people.map({ Person($0) }) {
      for day in 0..<days {
        let score = Score(person: person, date: first + day, dimension: .oil, value: score(day))
        try await store.save(score, at: stamp(day))
        guard day.isMultiple(of: 5) else { continue }
        _ = try await store.save(event("late_night", of: person, day: day), at: stamp(day))
      }
    }
    for date in mistyped {
      let score = Score(person: Person("me"), date: date, dimension: .oil, value: 5)
      try await store.save(score, at: stamp(0))
    }
    for note in trials {
      let event = event("trial", of: Person("me"), day: 0, note: note)
      _ = try await store.save(event, at: stamp(0))
    }
    try await store.close()
    try Data("diary: \(diary)\ncontrol: \(bench.socket)\n".utf8)
      .write(to: folder.appending(path: "skin2vec.yaml"))
    try await body(bench)
  }

  /// Runs a command that is to end with this status; FOLDER in its words is the bench's.
  func expect(_ status: Int32, _ words: String...) async throws {
    let command = try Skin2VecAnalyse.parseAsRoot(
      words.map { $0.replacing("FOLDER", with: folder) } + ["--config", folder + "/skin2vec.yaml"])
    let analysis = try #require(command as? any AnalysisCommand)
    do {
      try await analysis.carryOut()
      #expect(status == 0)
    } catch let failure as AnalysisFailure {
      #expect(failure.status == status, "\(failure)")
    }
  }
}
