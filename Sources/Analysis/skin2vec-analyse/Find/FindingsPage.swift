import Findings

/// What was found, as lines for a person: claims first, then what shows nothing, then what cannot be said.
struct FindingsPage {
  var findings: [(number: Int, finding: Finding)]
  var people: Int

  var lines: [String] {
    // All of a forecast is kept; its first step's sentence speaks for it.
    let numbered = findings.filter { !Self.isLaterStep($0.finding) }
    let ahead = numbered.filter { $0.finding.isAhead && $0.finding.silence == nil }
    let rest = numbered.filter { !$0.finding.isAhead || $0.finding.silence != nil }
    let claims = rest.filter { $0.finding.isClaim }
    let quiet = rest.filter { !$0.finding.isClaim && $0.finding.silence == nil }
    let silent = rest.filter { $0.finding.silence != nil }
    return part("What the diary shows", claims) + part("What it does not show", quiet)
      + part("What is to be expected", ahead) + part("What it cannot say yet", silent)
  }

  private static func isLaterStep(_ finding: Finding) -> Bool {
    finding.details.contains { $0.name == "horizon" && $0.text != "1" }
  }

  private func part(_ title: String, _ found: [(number: Int, finding: Finding)]) -> [String] {
    guard !found.isEmpty else { return [] }
    return ["\(title):"]
      + found.map { number, finding in
        let who = people > 1 ? "\(finding.person): " : ""
        return "  [\(number)] \(who)\(finding.sentence)"
      }
  }

  /// The data, the model and the checks behind one finding.
  static func explanation(_ finding: Finding) -> [String] {
    var lines = [finding.sentence, "  of: \(finding.person), \(finding.subject)"]
    if finding.readings > 0 { lines.append("  rests on: \(finding.readings) readings") }
    if !finding.adjustedFor.isEmpty {
      lines.append("  adjusted for: " + finding.adjustedFor.joined(separator: ", "))
    }
    if let evidence = finding.evidence { lines.append("  evidence: \(evidence)") }
    if let silence = finding.silence { lines.append("  why no number: \(silence)") }
    return lines + finding.details.map { "  \($0.name): \($0.text)" }
  }
}

extension Finding {
  /// Whether it is about days that are still to come.
  fileprivate var isAhead: Bool { analysis == "forecast" || analysis == "what-if" && !isClaim }
}
