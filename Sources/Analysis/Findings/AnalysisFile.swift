internal import Curves
package import Figures
internal import FoundationEssentials
internal import GRDB

#if canImport(Glibc)
  internal import Glibc
#endif

/// `analysis.sqlite`: what the analyses found, apart from the diary; it can be deleted and made anew.
///
/// It is written whole beside its place and put there by a rename: a reader has the old one or the new.
package struct AnalysisFile: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// Beside a diary: `analysis.sqlite` in its folder.
  package init(besideDiary diary: String) {
    let folder = diary.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    path = folder.isEmpty ? "analysis.sqlite" : folder.joined(separator: "/") + "/analysis.sqlite"
  }

  /// Puts these findings and figures in the place of what the same analyses found before; others' stay.
  ///
  /// - Parameters:
  ///   - analyses: what was asked, whether or not it found anything.
  ///   - findings: in the order in which they are numbered.
  ///   - figures: with names that are all different; default: none.
  ///   - plan: what was asked and how, in one text; its hash stands in every row.
  ///   - madeAt: microseconds since 1970, UTC.
  /// - Throws: an error of SQLite or of the file system; the old file stays as it was.
  package func replace(
    _ analyses: [String], with findings: [Finding], figures: [KeptFigure] = [], plan: AnalysisPlan,
    madeAt: Int64
  ) throws {
    let part = path + ".part"
    // What a run that was stopped left there; where there is nothing, nothing is removed.
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(part + suffix) }
    do {
      let made = Made(plan: plan, at: madeAt)
      try write(analyses, findings, figures, made, to: part)
      guard rename(part, path) == 0 else {
        throw CocoaError(.fileWriteUnknown, userInfo: ["path": path])
      }
    } catch {
      unlink(part)
      throw error
    }
  }

  /// From what, and when, rows were made.
  private struct Made {
    var plan: AnalysisPlan
    var at: Int64

    var arguments: StatementArguments { [plan.hash, AnalysisPlan.modelVersion, at] }
  }

  private func write(
    _ analyses: [String], _ findings: [Finding], _ figures: [KeptFigure], _ made: Made,
    to part: String
  ) throws {
    let queue = try DatabaseQueue(path: part)
    let old = access(path, F_OK) == 0 ? path : nil
    if let old {
      try queue.inDatabase { try $0.execute(sql: "ATTACH ? AS old", arguments: [old]) }
    }
    try queue.write { db in
      for statement in AnalysisSchema.statements { try db.execute(sql: statement) }
      if old != nil, try Int.fetchOne(db, sql: "PRAGMA old.user_version") == AnalysisSchema.version
      {
        let asked = try Self.json(analyses)
        for copy in AnalysisSchema.keep { try db.execute(sql: copy, arguments: [asked]) }
      }
      for finding in findings {
        try db.execute(
          sql: AnalysisSchema.insertFinding,
          arguments: try Self.arguments(finding) + made.arguments)
      }
      for figure in figures {
        try db.execute(
          sql: AnalysisSchema.insertFigure, arguments: try Self.arguments(figure) + made.arguments)
      }
    }
    try queue.close()
  }

  private static func arguments(_ finding: Finding) throws -> StatementArguments {
    let details = Dictionary(
      finding.details.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    return [
      finding.analysis, finding.person, finding.subject, finding.sentence, finding.chinese,
      finding.isClaim, finding.value, finding.low, finding.high, finding.level, finding.unit,
      finding.readings, finding.evidence, try json(finding.adjustedFor), finding.silence,
      try json(details),
    ]
  }

  private static func arguments(_ figure: KeptFigure) throws -> StatementArguments {
    [
      figure.name, figure.analysis, figure.person, figure.readings, figure.silence?.reason,
      try json(figure), figure.csv,
    ]
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
