import Curves
import Findings
import FoundationEssentials
import Readings
import Settings

extension FindCommand {
  /// Reads the diary, asks, keeps what was found, and says it.
  func carryOut() async throws {
    let settings = try place.settings()
    let file =
      output.map { AnalysisFile(path: $0) }
      ?? AnalysisFile(besideDiary: place.diary(settings))
    if let explain {
      try self.explain(explain, in: file)
      return
    }
    let people = try await place.read(settings).people
    let asked =
      analysis == "all" ? Analysis.allCases : Analysis.allCases.filter { $0.rawValue == analysis }
    let query = Query(
      people: people, asked: asked, alarmsPerYear: alarmsPerYear, particles: particles, days: days)
    let answers = await query.answers()
    let found = answers.flatMap { $0.answer.findings(of: $0.person) }
    // Told before they are kept: what cannot be told is new again the next night.
    if tell { try AlarmNews(settings, earlier: file).tell(found, of: people) }
    do {
      try file.replace(
        asked.map(\.rawValue), with: found, figures: query.figures(of: answers), plan: query.plan,
        madeAt: Timestamp.now.microseconds)
    } catch { throw AnalysisFailure(73, "\(file.path) cannot be written: \(error)") }
    guard !tell else { return }
    let named = Set(asked.map(\.rawValue))
    try say(
      try file.findings().filter { named.contains($0.finding.analysis) }, people: people.count)
  }

  private func say(_ findings: [(number: Int, finding: Finding)], people: Int) throws {
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      encoder.keyEncodingStrategy = .convertToSnakeCase
      let numbered = findings.map { NumberedFinding(number: $0.number, finding: $0.finding) }
      print(String(decoding: try encoder.encode(numbered), as: UTF8.self))
      return
    }
    guard !findings.isEmpty else {
      print("the diary holds no slot value and no score yet: nothing can be said")
      return
    }
    for line in FindingsPage(findings: findings, people: people).lines { print(line) }
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
}

/// A finding as a program reads it: with the number that `--explain` takes.
private struct NumberedFinding: Encodable {
  var number: Int
  var finding: Finding

  private enum Key: String, CodingKey { case number }

  func encode(to encoder: any Encoder) throws {
    try finding.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(number, forKey: .number)
  }
}
