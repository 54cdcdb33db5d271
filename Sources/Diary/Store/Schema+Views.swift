import Readings

extension Schema {
  /// The contract with every reader, section 6 of the design; within v1 they only gain columns.
  static var views: [String] {
    let all = plainViews + [("v1_air", airView)]
    return all.flatMap { name, select in
      ["DROP VIEW IF EXISTS \(name)", "CREATE VIEW \(name) AS \(select)"]
    }
  }

  private static let plainViews: [(name: String, select: String)] = [
    ("v1_channel", "SELECT channel, unit, description, floor FROM channel"),
    (
      "v1_session",
      """
      SELECT session_id, person, local_date, slot, started_utc_us, ended_utc_us, clock, verdict,
        (SELECT count(*) FROM touch AS t WHERE t.session_id = s.session_id) AS touches,
        (SELECT count(*) FROM touch AS t WHERE t.session_id = s.session_id AND EXISTS
          (SELECT 1 FROM measure AS m WHERE m.touch_id = t.touch_id AND m.reason IS NULL)
        ) AS accepted
      FROM session AS s
      """
    ),
    (
      "v1_touch",
      """
      SELECT t.touch_id, t.session_id, s.person, t.site, m.channel,
        t.time_utc_us AS started_utc_us, m.raw, m.value, m.spread,
        length(m.samples) / 4 AS samples, m.reason IS NULL AS accepted, m.reason
      FROM touch AS t JOIN session AS s USING (session_id) JOIN measure AS m USING (touch_id)
      """
    ),
    (
      "v1_slot",
      """
      SELECT e.person, v.local_date, v.slot, e.channel, nullif(e.site, '') AS site, v.value,
        v.spread, v.count AS n_touches, v.quality, v.session_id, v.epoch, v.ma7, v.z7, v.n7,
        v.z30, v.n30, v.baseline_state, v.reason
      FROM slot_value AS v JOIN epoch AS e USING (epoch)
      """
    ),
    (
      "v1_air_hour",
      """
      SELECT hour_utc_us, channel, mean, min, max, n, min(1.0, n * 1.0 / expected) AS coverage
      FROM air_hour
      """
    ),
    (
      "v1_air_day",
      """
      SELECT local_date, channel, mean, min, max, n, min(1.0, n * 1.0 / expected) AS coverage
      FROM air_day
      """
    ),
    (
      "v1_event",
      """
      SELECT event_id, person, event_utc_us AS time_utc_us, local_date, kind, weight, note
      FROM event WHERE NOT EXISTS (SELECT 1 FROM withdrawal AS w WHERE w.event = event_id)
      """
    ),
    (
      "v1_score",
      """
      SELECT person, local_date, dimension, value FROM score AS s
      WHERE NOT EXISTS (SELECT 1 FROM withdrawal AS w WHERE w.score = s.score) AND NOT EXISTS
        (SELECT 1 FROM score AS l WHERE l.person = s.person AND l.local_date = s.local_date
          AND l.dimension = s.dimension AND l.score > s.score
          AND NOT EXISTS (SELECT 1 FROM withdrawal AS w WHERE w.score = l.score))
      """
    ),
    (
      "v1_notice",
      "SELECT notice, time_utc_us, kind, priority, text, fields, clock FROM notice"
    ),
    (
      "v1_epoch",
      """
      SELECT epoch, person, channel, nullif(site, '') AS site, time_utc_us AS began_utc_us, cause
      FROM epoch
      """
    ),
    (
      "v1_calibration",
      """
      SELECT calibration_id, p.name AS part, channel, valid_from_utc_us, valid_to_utc_us, who, why,
        parameters FROM calibration AS c JOIN part AS p USING (part)
      """
    ),
    ("v1_limits", "SELECT limits, valid_from_utc_us, rules, since_date FROM limits"),
    (
      "v1_restamp",
      """
      SELECT r.restamp, r.time_utc_us, b.boot_id AS restamped_boot_id, r.boot_time_zero_utc_us,
        r.sessions, r.air_samples, r.others, r.from_utc_us, r.to_utc_us, r.moved_us
      FROM restamp AS r JOIN boot AS b ON b.boot = r.restamped_boot
      """
    ),
    (
      "v1_health",
      """
      SELECT hour_utc_us, p.name AS part, samples, corrupted, not_acknowledged, other_failures,
        recoveries, restarts, warm_up_seconds, uptime_seconds, status
      FROM part_health AS h JOIN part AS p USING (part)
      """
    ),
  ]

  /// One arm a channel, so that a bound on the time, or on the channel, reaches the table.
  private static var airView: String {
    AirColumn.all.map { column in
      let flag = "flags ->> '$.\"\(column.channel.rawValue)\"'"
      return """
        SELECT time_utc_us, '\(column.channel.rawValue)' AS channel, \(column.name) AS value,
          CASE WHEN \(column.name) IS NULL THEN 'absent' WHEN flags IS NULL THEN 'ok'
            WHEN \(flag) IS NULL THEN 'ok' WHEN \(flag) LIKE 'bad%' THEN 'bad' ELSE 'suspect'
          END AS quality,
          CASE WHEN flags IS NULL THEN NULL WHEN \(column.name) IS NULL THEN \(flag)
            WHEN instr(\(flag), ':') THEN substr(\(flag), instr(\(flag), ':') + 1)
          END AS reason,
          CASE clock WHEN 0 THEN 'synced' WHEN 1 THEN 'unsynced' ELSE 'restamped' END AS clock,
          CASE WHEN raw IS NULL THEN \(column.name)
            ELSE coalesce(raw ->> '$."\(column.channel.rawValue)"', \(column.name)) END AS raw
        FROM air WHERE offered & \(column.mask)
        """
    }.joined(separator: "\nUNION ALL\n")
  }
}
