/// The tables and views of `analysis.sqlite`.
///
/// The views are what others may rely on.
enum AnalysisSchema {
  static let version = 2

  static let statements = [
    // "S2VA".
    "PRAGMA application_id = 0x53325641",
    "PRAGMA user_version = \(version)",
    """
    CREATE TABLE finding (
      finding_id INTEGER PRIMARY KEY,
      analysis TEXT NOT NULL,
      person TEXT NOT NULL,
      subject TEXT NOT NULL,
      sentence TEXT NOT NULL,
      sentence_zh TEXT NOT NULL,
      is_claim INTEGER NOT NULL CHECK (is_claim IN (0, 1)),
      value REAL,
      low REAL,
      high REAL,
      level REAL CHECK (level > 0 AND level < 1),
      unit TEXT NOT NULL,
      n INTEGER NOT NULL CHECK (n >= 0),
      evidence TEXT CHECK (evidence IN ('none', 'hint', 'replicated', 'randomised')),
      adjusted_for TEXT NOT NULL CHECK (json_valid(adjusted_for)),
      silence TEXT,
      details TEXT NOT NULL CHECK (json_valid(details)),
      plan_hash TEXT NOT NULL,
      model_version TEXT NOT NULL,
      made_utc_us INTEGER NOT NULL,
      -- A number comes with its interval, or there is a reason why there is none.
      CHECK ((value IS NULL) = (silence IS NOT NULL) OR is_claim = 0),
      CHECK (value IS NULL OR (low IS NOT NULL AND high IS NOT NULL AND level IS NOT NULL)),
      CHECK (low IS NULL OR low <= high)
    ) STRICT
    """,
    """
    CREATE TABLE figure (
      figure_id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE CHECK (name NOT GLOB '*[^a-z0-9-]*' AND name <> ''),
      analysis TEXT NOT NULL,
      person TEXT NOT NULL,
      n INTEGER NOT NULL CHECK (n >= 0),
      silence TEXT,
      data TEXT NOT NULL CHECK (json_valid(data)),
      csv TEXT NOT NULL,
      plan_hash TEXT NOT NULL,
      model_version TEXT NOT NULL,
      made_utc_us INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE VIEW v1_figure AS SELECT name, analysis, person, n, silence, data, csv, plan_hash,
      model_version, made_utc_us
    FROM figure
    """,
    view("v1_effect", of: "effects", ["outcome", "event", "occasions", "p", "q", "detectable_sd"]),
    view("v1_trial", of: "trials", ["outcome", "event", "plan", "blocks", "kept", "p", "q"]),
    view("v1_optimum", of: "humidity", ["outcome", "zone", "shift", "p_two_sided", "p_shift"]),
    view("v1_alarm", of: "watch", ["outcome", "kind", "noticed_on", "began_on", "probabilities"]),
    view("v1_product", of: "products", ["outcome", "first", "second", "still_needed"]),
    view("v1_what_if", of: "what-if", ["outcome", "channel", "level", "days"]),
    view("v1_forecast", of: "forecast", ["outcome", "horizon", "method", "mase", "for_date"]),
  ]

  private static let findingColumns = """
    analysis, person, subject, sentence, sentence_zh, is_claim, value, low, high, level, unit, n,
    evidence, adjusted_for, silence, details, plan_hash, model_version, made_utc_us
    """

  private static let figureColumns = """
    name, analysis, person, n, silence, data, csv, plan_hash, model_version, made_utc_us
    """

  static let insertFinding = insert("finding", findingColumns)
  static let insertFigure = insert("figure", figureColumns)

  private static func insert(_ table: String, _ columns: String) -> String {
    let values = columns.split(separator: ",").map { _ in "?" }.joined(separator: ", ")
    return "INSERT INTO \(table) (\(columns)) VALUES (\(values))"
  }

  /// Each copies what other analyses than those of a JSON list found before.
  static let keep = [keep("finding", findingColumns), keep("figure", figureColumns)]

  private static func keep(_ table: String, _ columns: String) -> String {
    """
    INSERT INTO \(table) (\(columns)) SELECT \(columns) FROM old.\(table)
    WHERE analysis NOT IN (SELECT value FROM json_each(?)) ORDER BY \(table)_id
    """
  }

  private static func view(_ name: String, of analysis: String, _ details: [String]) -> String {
    let columns = details.map { "details ->> '$.\($0)' AS \($0)" }.joined(separator: ", ")
    return """
      CREATE VIEW \(name) AS SELECT finding_id, person, subject, \(columns), value, low, high, level,
        unit, n, evidence, adjusted_for, silence, sentence, plan_hash, model_version, made_utc_us,
        sentence_zh
      FROM finding WHERE analysis = '\(analysis)'
      """
  }
}
