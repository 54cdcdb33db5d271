package import Figures
internal import FoundationEssentials
internal import GRDB

// What was found, read back.
extension AnalysisFile {
  /// All findings by their numbers, which are those of `finding_id`.
  ///
  /// - Throws: an error of SQLite; where there is no file, one that says so.
  package func findings() throws -> [(number: Int, finding: Finding)] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM finding ORDER BY finding_id").map {
        ($0["finding_id"], try Self.finding($0))
      }
    }
  }

  /// All figures, in the order in which they were made.
  ///
  /// - Throws: an error of SQLite, also where the file is of a version that had no figures.
  package func figures() throws -> [KeptFigure] {
    try read { db in
      try String.fetchAll(db, sql: "SELECT data FROM figure ORDER BY figure_id").map(Self.figure)
    }
  }

  /// One figure; nil where none has that name.
  ///
  /// - Throws: an error of SQLite, also where the file is of a version that had no figures.
  package func figure(named name: String) throws -> KeptFigure? {
    try read { db in
      try String.fetchOne(db, sql: "SELECT data FROM figure WHERE name = ?", arguments: [name])
        .map(Self.figure)
    }
  }

  private func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    return try queue.read(body)
  }

  private static func finding(_ row: Row) throws -> Finding {
    let adjusted: String = row["adjusted_for"]
    let details: String = row["details"]
    let named = try decoder.decode([String: String].self, from: Data(details.utf8))
    return Finding(
      analysis: row["analysis"], person: row["person"], subject: row["subject"],
      sentence: row["sentence"],
      // Files of version 1 had none.
      chinese: row.hasColumn("sentence_zh") ? row["sentence_zh"] : nil,
      isClaim: row["is_claim"], value: row["value"], low: row["low"], high: row["high"],
      level: row["level"], unit: row["unit"], readings: row["n"], evidence: row["evidence"],
      adjustedFor: try decoder.decode([String].self, from: Data(adjusted.utf8)),
      silence: row["silence"],
      details: named.sorted { $0.key < $1.key }.map { Finding.Detail($0.key, $0.value) })
  }

  private static func figure(_ data: String) throws -> KeptFigure {
    try decoder.decode(KeptFigure.self, from: Data(data.utf8))
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }
}
