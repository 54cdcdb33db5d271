import GRDB
import Readings

/// The question behind an export, in SQL: what the views give, and what an import needs besides.
struct ExportQuestion {
  let columns: [ExportColumn]
  let sql: String
  /// Whether the rows are bounded by local dates rather than by moments.
  private let isByDate: Bool

  init(_ selection: ExportSelection) {
    let plan = Self.plan(selection.kind)
    columns = plan.columns.map { name in
      name.hasSuffix("_utc_us")
        ? ExportColumn(String(name.dropLast(7)), isMoment: true) : ExportColumn(name)
    }
    var conditions: [String] = []
    if let bound = plan.bound {
      let ends = plan.isByDate ? ("''", "'9999-99-99'") : ("-1 << 62", "1 << 62")
      conditions = [
        "\(bound) >= coalesce(?1, \(ends.0))", "\(bound) < coalesce(?2, \(ends.1))",
      ]
    }
    if let person = plan.person { conditions.append("(?3 IS NULL OR \(person) = ?3)") }
    if let channel = plan.channel, !selection.channels.isEmpty {
      let names = selection.channels.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      conditions.append("\(channel) IN (\(names))")
    }
    let condition = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    // The unit is the channel's.
    let units =
      plan.columns.contains("unit")
      ? " JOIN (SELECT channel, unit FROM v1_channel) USING (channel)" : ""
    sql = "SELECT \(plan.select) FROM \(plan.from)\(units)\(condition) ORDER BY \(plan.order)"
    isByDate = plan.isByDate
  }

  func arguments(_ selection: ExportSelection) -> StatementArguments {
    let bounds: [(any DatabaseValueConvertible)?] =
      isByDate
      ? [selection.fromDate?.description, selection.toDate?.description]
      : [selection.from?.microseconds, selection.to?.microseconds]
    let all = StatementArguments(bounds + [selection.person?.rawValue])
    // SQLite counts the places up to the greatest that is used.
    return sql.contains("?3") ? all : sql.contains("?2") ? StatementArguments(bounds) : []
  }

  /// One kind's columns, and what bounds them.
  private struct Plan {
    var columns: [String]
    var from: String
    var order: String
    var bound: String?
    var isByDate = false
    var person: String?
    var channel: String?

    var select: String { columns.map { Plan.sources[$0] ?? $0 }.joined(separator: ", ") }

    /// Columns that are not called in SQL what the export calls them.
    private static let sources = [
      "time_utc_us": "t.time_utc_us AS time_utc_us",
      "session_started_utc_us": "t.started_utc_us AS session_started_utc_us",
      "session_ended_utc_us": "t.ended_utc_us AS session_ended_utc_us",
    ]
  }

  private static func plan(_ kind: ExportKind) -> Plan {
    switch kind {
    case .touches: touches
    case .slots:
      Plan(
        columns: [
          "person", "local_date", "slot", "channel", "site", "value", "unit", "spread",
          "n_touches", "quality", "reason", "session_id", "epoch", "ma7", "z7", "n7", "z30", "n30",
          "baseline_state",
        ], from: "v1_slot", order: "local_date, slot = 'evening', person, channel, site",
        bound: "local_date", isByDate: true, person: "person", channel: "channel")
    case .air, .hours: rollup("hour_utc_us", "v1_air_hour")
    case .days: rollup("local_date", "v1_air_day")
    case .events:
      Plan(
        columns: ["event_id", "person", "time_utc_us", "local_date", "kind", "weight", "note"],
        from: "v1_event AS t", order: "t.time_utc_us, event_id", bound: "t.time_utc_us",
        person: "person")
    case .scores:
      Plan(
        columns: ["person", "local_date", "dimension", "value"], from: "v1_score",
        order: "local_date, person, dimension", bound: "local_date", isByDate: true,
        person: "person")
    case .sessions:
      Plan(
        columns: [
          "session_id", "person", "local_date", "slot", "started_utc_us", "ended_utc_us", "clock",
          "verdict", "touches", "accepted",
        ], from: "v1_session", order: "started_utc_us, session_id", bound: "started_utc_us",
        person: "person")
    case .epochs:
      Plan(
        columns: ["epoch", "person", "channel", "site", "began_utc_us", "cause"], from: "v1_epoch",
        order: "epoch", bound: "began_utc_us", person: "person", channel: "channel")
    case .calibrations:
      Plan(
        columns: [
          "calibration_id", "part", "channel", "valid_from_utc_us", "valid_to_utc_us", "who",
          "why", "parameters",
        ], from: "v1_calibration", order: "calibration_id", channel: "channel")
    }
  }

  private static func rollup(_ key: String, _ view: String) -> Plan {
    Plan(
      columns: [key, "channel", "unit", "mean", "min", "max", "n", "coverage"], from: view,
      order: "\(key), channel", bound: key, isByDate: key == "local_date", channel: "channel")
  }

  /// A touch and channel a row, with the part's own codes; what they mean is the calibrations'.
  private static let touches = Plan(
    columns: [
      "touch_id", "session_id", "session_started_utc_us", "session_ended_utc_us", "verdict",
      "person", "site", "time_utc_us", "clock", "contact_us", "channel", "value", "unit",
      "spread", "raw", "raw_unit", "accepted", "reason", "fault", "part", "samples",
    ],
    from: """
      (SELECT t.*, s.person, s.started_utc_us, s.ended_utc_us, s.verdict, m.channel, m.value,
          m.spread, m.raw, m.raw_unit, m.reason IS NULL AS accepted, m.reason, m.fault,
          p.name AS part, m.samples
        FROM session AS s JOIN touch AS t USING (session_id) JOIN measure AS m USING (touch_id)
          JOIN part AS p USING (part)) AS t
      """, order: "t.started_utc_us, session_id, t.number, channel", bound: "t.time_utc_us",
    person: "person", channel: "channel")
}
