import ArgumentParser
import Curves
import Findings
import FoundationEssentials
import Glibc
import Readings
import Settings
import Store

extension Skin2VecAnalyse {
  private static let usualConfiguration = "/etc/skin2vec/skin2vec.yaml"

  /// Reads the diary, asks, keeps what was found, and says it.
  func carryOut() async throws {
    let settings: Settings
    do throws(SettingsError) {
      let usual = access(Self.usualConfiguration, F_OK) == 0 ? Self.usualConfiguration : nil
      settings =
        try (config ?? usual).map { path throws(SettingsError) in
          try Settings.read(path: path)
        } ?? Settings()
    } catch { throw AnalysisFailure(error) }
    let diary = database ?? settings.diary
    let file = output.map { AnalysisFile(path: $0) } ?? AnalysisFile(besideDiary: diary)
    if let explain {
      try self.explain(explain, in: file)
      return
    }
    let people = try await read(diary, settings)
    let histories = people.map(\.history)
    let asked =
      analysis == "all" ? Analysis.allCases : Analysis.allCases.filter { $0.rawValue == analysis }
    let findings = people.flatMap { person in
      asked.flatMap { $0.findings(person.history, person.trials) }
    }
    let plan = AnalysisPlan(
      text: (asked.map(\.rawValue) + histories.map(\.plan)).joined(separator: "\n"))
    do {
      try file.replace(
        asked.map(\.rawValue), with: findings, plan: plan,
        madeAt: Int64(Date().timeIntervalSince1970 * 1_000_000))
    } catch { throw AnalysisFailure(73, "\(file.path) cannot be written: \(error)") }
    let named = Set(asked.map(\.rawValue))
    try say(try file.findings().filter { named.contains($0.finding.analysis) }, histories)
  }

  private func read(_ diary: String, _ settings: Settings) async throws -> [(
    history: History, trials: DiaryTrials
  )] {
    do {
      let archive = try Archive(path: diary)
      let summary = try await archive.summary()
      guard let first = summary.firstDate, let last = summary.lastDate else { return [] }
      let values = try await archive.slotValues(from: first - 1, to: last + 1)
      let events = try await archive.events(
        from: Timestamp(microseconds: .min), to: Timestamp(microseconds: .max))
      let scores = try await archive.scores(from: first - 1, to: last + 1)
      let plan = try await self.plan(of: archive, settings)
      var read: [(history: History, trials: DiaryTrials)] = []
      for person in History.people(slotValues: values, scores: scores) {
        guard
          let history = History(
            person: person, slotValues: values, events: events, scores: scores, plan: plan)
        else { continue }
        let trials = try await DiaryTrials(archive, person: person, events: events, plan: plan)
        read.append((history, trials))
      }
      return read
    } catch { throw AnalysisFailure(error) }
  }

  /// The zone last in force in the diary, else the configuration's.
  private func plan(of archive: Archive, _ settings: Settings) async throws -> DayPlan {
    let table = try await archive.query("SELECT zone FROM day_plan ORDER BY day_plan DESC LIMIT 1")
    var name = settings.time.zone
    if case .text(let zone)? = table.rows.first?.first { name = zone }
    return DayPlan(
      zone: try name.map { name throws(ZoneError) in try ZoneRules(named: name) } ?? .utc,
      morningStart: settings.time.morning.minutes, eveningStart: settings.time.evening.minutes)
  }

  private func say(_ findings: [(number: Int, finding: Finding)], _ histories: [History]) throws {
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(findings.map(\.finding)), as: UTF8.self))
      return
    }
    guard !findings.isEmpty else {
      print("the diary holds no slot value and no score yet: nothing can be said")
      return
    }
    for line in FindingsPage(findings: findings, people: histories.count).lines { print(line) }
  }

  private func explain(_ number: Int, in file: AnalysisFile) throws {
    let findings: [(number: Int, finding: Finding)]
    do { findings = try file.findings() } catch {
      throw AnalysisFailure(
        66, "\(file.path) cannot be read: run 'skin2vec analyse' first (\(error))")
    }
    guard let finding = findings.first(where: { $0.number == number })?.finding else {
      throw AnalysisFailure(
        64, "there is no result \(number); there are 1 to \(findings.count) in \(file.path)")
    }
    for line in FindingsPage.explanation(finding) { print(line) }
  }

  func complain(_ text: String) {
    let line = "skin2vec analyse: \(text)\n"
    // Standard error may be gone; there is nobody left to tell.
    _ = write(STDERR_FILENO, line, line.utf8.count)
  }
}

extension History {
  /// What can be asked of it, for the plan's hash.
  var plan: String {
    "\(person) \(firstDate) \(days) "
      + (curves.map(\.name) + air.map(\.channel) + events.map(\.kind)).joined(separator: " ")
  }
}
