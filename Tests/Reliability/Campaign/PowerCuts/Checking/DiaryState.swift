/// What a diary holds, in a number a table.
struct DiaryState: Hashable, Sendable {
  /// By table, with every column; none of what an opening finishes by itself.
  var tables: [String: UInt64]
  /// Every tap with what was read and what came of it, whatever its numbers in the diary.
  var taps: UInt64
  var tapCount: Int64

  /// Hours and days that an opening completes, what it notes, and SQLite's own tables.
  private static let finishedAtOpening = [
    "air_hour", "air_day", "air_part_day", "meta", "channel", "boot",
  ]

  /// Whether it says anything new after another: a commit of nothing is none.
  func isOther(than before: DiaryState?) -> Bool {
    before.map { $0.tables != tables } ?? true
  }

  /// - Throws: `ReaderError`
  init(_ reader: Reader) throws {
    let names = try reader.texts(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    tables = [:]
    for name in names where !Self.finishedAtOpening.contains(name) {
      tables[name] = try reader.digest("SELECT * FROM \"\(name)\"")
    }
    taps = try reader.digest(
      """
      SELECT s.person, s.local_date, s.slot, s.started_utc_us, s.ended_utc_us, s.clock, s.verdict,
        t.number, t.site, t.contact_us, t.time_utc_us, m.channel, m.raw, m.value, m.spread, m.samples,
        m.reason
      FROM session AS s LEFT JOIN touch AS t USING (session_id) LEFT JOIN measure AS m USING (touch_id)
      ORDER BY s.started_utc_us, s.person, t.number, m.channel
      """)
    tapCount = try reader.number("SELECT count(*) FROM session")
  }

  /// Tables that differ; empty where nothing does.
  func differences(from other: DiaryState) -> [String] {
    Set(tables.keys).union(other.tables.keys).filter { tables[$0] != other.tables[$0] }.sorted()
  }
}
