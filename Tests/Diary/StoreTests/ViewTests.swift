import Readings
import Store
import Testing
import TestSupport

/// The contract of the design's section 6: names and order of the columns.
@Suite("the views", .takingTurns)
struct ViewTests {
  /// Every view and its columns, in their order: a golden list that only ever gets longer at the
  /// end of a line, or by a line.
  static let contract = [
    "v1_air": "time_utc_us, channel, value, quality, reason, clock, raw",
    "v1_air_day": "local_date, channel, mean, min, max, n, coverage",
    "v1_air_hour": "hour_utc_us, channel, mean, min, max, n, coverage",
    "v1_calibration":
      "calibration_id, part, channel, valid_from_utc_us, valid_to_utc_us, who, why, parameters",
    "v1_channel": "channel, unit, description, floor",
    "v1_epoch": "epoch, person, channel, site, began_utc_us, cause",
    "v1_event": "event_id, person, time_utc_us, local_date, kind, weight, note",
    "v1_health":
      "hour_utc_us, part, samples, corrupted, not_acknowledged, other_failures, recoveries, "
      + "restarts, warm_up_seconds, uptime_seconds, status",
    "v1_limits": "limits, valid_from_utc_us, rules, since_date",
    "v1_notice": "notice, time_utc_us, kind, priority, text, fields, clock",
    "v1_restamp":
      "restamp, time_utc_us, restamped_boot_id, boot_time_zero_utc_us, sessions, air_samples, "
      + "others, from_utc_us, to_utc_us, moved_us",
    "v1_score": "person, local_date, dimension, value",
    "v1_session":
      "session_id, person, local_date, slot, started_utc_us, ended_utc_us, clock, verdict, touches, "
      + "accepted",
    "v1_slot":
      "person, local_date, slot, channel, site, value, spread, n_touches, quality, session_id, "
      + "epoch, ma7, z7, n7, z30, n30, baseline_state, reason",
    "v1_touch":
      "touch_id, session_id, person, site, channel, started_utc_us, raw, value, spread, samples, "
      + "accepted, reason",
  ]

  /// What the first diaries had: the columns that every reader may count on, at their places.
  static let contractOfVersion1 = [
    "v1_air": "time_utc_us, channel, value, quality, reason, clock",
    "v1_air_hour": "hour_utc_us, channel, mean, min, max, n",
    "v1_slot":
      "person, local_date, slot, channel, site, value, spread, n_touches, quality, session_id, "
      + "epoch, ma7, z7, n7, z30, n30, baseline_state",
  ]

  @Test("wish 19: has exactly the columns of the contract, view by view")
  func columns() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let views = try await bench.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name"
      ).map { $0[0] }
      #expect(views == Self.contract.keys.sorted())
      for view in views {
        let table = try await Archive(path: bench.path).query("SELECT * FROM \(view)")
        #expect(table.columns.joined(separator: ", ") == Self.contract[view])
      }
      try await store.close()
    }
  }

  @Test("wish 19: a view only gains columns, behind those it had")
  func gains() {
    for (view, columns) in Self.contractOfVersion1 {
      #expect(Self.contract[view]?.hasPrefix(columns) == true)
    }
  }

  @Test("every channel is described, with the floor of the settings")
  func channels() async throws {
    try await Bench.with { bench in
      _ = try Store(path: bench.path, options: bench.options(floors: [.skinMoisture: 3.5]))
      let rows = try await bench.rows(
        "SELECT channel, unit, floor FROM v1_channel WHERE channel IN "
          + "('skin.moisture', 'skin.sebum', 'air.pm2_5') ORDER BY channel")
      #expect(
        rows == [
          ["air.pm2_5", "µg/m³", "1.0"], ["skin.moisture", "index", "3.5"],
          ["skin.sebum", "index", "3.0"],
        ])
      #expect(try await bench.rows("SELECT count(*) FROM v1_channel") == [["14"]])
    }
  }

  @Test("a bound on time and channel reaches the table of samples", arguments: ["", " + 0"])
  func plan(unindexed: String) async throws {
    try await Bench.with { bench in
      _ = try bench.store()
      let plan = try await bench.rows(
        """
        EXPLAIN QUERY PLAN SELECT value FROM v1_air
        WHERE channel = 'air.pm1' AND time_utc_us\(unindexed) BETWEEN 1 AND 2
        """
      ).joined().joined(separator: "\n")
      #expect(plan.contains("SEARCH air USING INTEGER PRIMARY KEY") == unindexed.isEmpty)
    }
  }
}
