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

  /// Puts these findings in the place of what the same analyses found before; others' findings stay.
  ///
  /// - Parameters:
  ///   - analyses: what was asked, whether or not it found anything.
  ///   - findings: in the order in which they are numbered.
  ///   - plan: what was asked and how, in one text; its hash stands in every row.
  ///   - madeAt: microseconds since 1970, UTC.
  /// - Throws: an error of SQLite or of the file system; the old file stays as it was.
  package func replace(
    _ analyses: [String], with findings: [Finding], plan: AnalysisPlan, madeAt: Int64
  ) throws {
    let part = path + ".part"
    // What a run that was stopped left there; where there is nothing, nothing is removed.
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(part + suffix) }
    do {
      try write(analyses, findings, plan: plan, madeAt: madeAt, to: part)
      guard rename(part, path) == 0 else {
        throw CocoaError(.fileWriteUnknown, userInfo: ["path": path])
      }
    } catch {
      unlink(part)
      throw error
    }
  }

  private func write(
    _ analyses: [String], _ findings: [Finding], plan: AnalysisPlan, madeAt: Int64, to part: String
  ) throws {
    let queue = try DatabaseQueue(path: part)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let old = access(path, F_OK) == 0 ? path : nil
    if let old {
      try queue.inDatabase { try $0.execute(sql: "ATTACH ? AS old", arguments: [old]) }
    }
    try queue.write { db in
      for statement in AnalysisSchema.statements { try db.execute(sql: statement) }
      if old != nil, try Int.fetchOne(db, sql: "PRAGMA old.user_version") == AnalysisSchema.version
      {
        let asked = String(decoding: try encoder.encode(analyses), as: UTF8.self)
        try db.execute(sql: AnalysisSchema.keep, arguments: [asked])
      }
      for finding in findings {
        let details = Dictionary(
          finding.details.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
        try db.execute(
          sql: AnalysisSchema.insert,
          arguments: [
            finding.analysis, finding.person, finding.subject, finding.sentence, finding.isClaim,
            finding.value, finding.low, finding.high, finding.level, finding.unit,
            finding.readings, finding.evidence,
            String(decoding: try encoder.encode(finding.adjustedFor), as: UTF8.self),
            finding.silence, String(decoding: try encoder.encode(details), as: UTF8.self),
            plan.hash, AnalysisPlan.modelVersion, madeAt,
          ])
      }
    }
    try queue.close()
  }

  /// All findings by their numbers, which are those of `finding_id`.
  ///
  /// - Throws: an error of SQLite; where there is no file, one that says so.
  package func findings() throws -> [(number: Int, finding: Finding)] {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    let decoder = JSONDecoder()
    return try queue.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM finding ORDER BY finding_id").map { row in
        let adjusted: String = row["adjusted_for"]
        let details: String = row["details"]
        let named = try decoder.decode([String: String].self, from: Data(details.utf8))
        let finding = Finding(
          analysis: row["analysis"], person: row["person"], subject: row["subject"],
          sentence: row["sentence"], isClaim: row["is_claim"], value: row["value"],
          low: row["low"], high: row["high"], level: row["level"], unit: row["unit"],
          readings: row["n"], evidence: row["evidence"],
          adjustedFor: try decoder.decode([String].self, from: Data(adjusted.utf8)),
          silence: row["silence"],
          details: named.sorted { $0.key < $1.key }.map { Finding.Detail($0.key, $0.value) })
        return (row["finding_id"], finding)
      }
    }
  }
}
