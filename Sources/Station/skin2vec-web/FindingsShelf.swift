import Curves
import Dashboard
import Figures
import Findings
import Glibc
import Readings

/// What the analyses have found, read from `analysis.sqlite` as it is now.
struct FindingsShelf: FindingsSource {
  let file: AnalysisFile

  func findings(of person: Person, in language: Language) async throws -> FoundPage? {
    guard isThere else { return nil }
    let findings = try file.findings().filter { $0.finding.person == person.rawValue }
    let figures = try file.figures().filter { $0.person == person.rawValue }
    return FoundPage(
      madeAt: madeAt,
      findings: findings.map { number, finding in
        json(finding, number: number, figures.filter(finding.isShown), language)
      },
      figures: figures.map { figure in
        [
          "name": .text(figure.name), "analysis": .text(figure.analysis),
          "person": .text(figure.person), "title": .text(figure.figure(in: language).title),
          "n": JSON(figure.readings), "silence": JSON(figure.silence?.reason(in: language)),
        ]
      })
  }

  func drawing(named name: String, in language: Language) async throws -> String? {
    guard isThere else { return nil }
    return try file.figure(named: name)?.figure(in: language).svg(id: name)
  }

  func numbers(named name: String) async throws -> String? {
    guard isThere else { return nil }
    return try file.figure(named: name)?.csv
  }

  private var isThere: Bool { access(file.path, R_OK) == 0 }

  /// When the file was put in its place.
  private var madeAt: Int64? {
    var status = stat()
    guard stat(file.path, &status) == 0 else { return nil }
    return Int64(status.st_mtim.tv_sec) * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1000
  }

  private func json(
    _ finding: Finding, number: Int, _ figures: [KeptFigure], _ language: Language
  ) -> JSON {
    [
      "number": JSON(number), "analysis": .text(finding.analysis), "person": .text(finding.person),
      "subject": .text(finding.subject), "sentence": .text(finding.sentence(in: language)),
      "is_claim": .bool(finding.isClaim), "value": JSON(finding.value), "low": JSON(finding.low),
      "high": JSON(finding.high), "level": JSON(finding.level), "unit": .text(finding.unit),
      "n": JSON(finding.readings), "evidence": JSON(finding.evidence),
      "adjusted_for": .list(finding.adjustedFor.map { .text($0) }),
      "silence": JSON(finding.silence), "figures": .list(figures.map { .text($0.name) }),
      "details": .object(
        Dictionary(finding.details.map { ($0.name, .text($0.text)) }) { first, _ in first }),
    ]
  }
}
