import Findings

/// What was found, as lines for a person: claims first, then what shows nothing, then what cannot be said.
struct FindingsPage {
  var findings: [Finding]
  var people: Int

  var lines: [String] {
    let numbered = Array(findings.enumerated())
    let claims = numbered.filter { $0.element.isClaim }
    let quiet = numbered.filter { !$0.element.isClaim && $0.element.silence == nil }
    let silent = numbered.filter { $0.element.silence != nil }
    return part("What the diary shows", claims) + part("What it does not show", quiet)
      + part("What it cannot say yet", silent)
  }

  private func part(_ title: String, _ found: [(offset: Int, element: Finding)]) -> [String] {
    guard !found.isEmpty else { return [] }
    return ["\(title):"]
      + found.map { index, finding in
        let who = people > 1 ? "\(finding.person): " : ""
        return "  [\(index + 1)] \(who)\(finding.sentence)"
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
