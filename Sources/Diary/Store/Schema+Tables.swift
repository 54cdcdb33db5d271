extension Schema {
  /// The check that a clock's trust is one of `ClockTrust`.
  private static let clock =
    "clock TEXT NOT NULL CHECK (clock IN ('synced', 'unsynced', 'restamped'))"

  /// The moment of a row: UTC, boot, time since boot, trust.
  private static let stamp = """
    time_utc_us INTEGER NOT NULL, boot INTEGER NOT NULL REFERENCES boot,
      boot_us INTEGER NOT NULL, \(clock)
    """

  private static let slot = "slot TEXT NOT NULL CHECK (slot IN ('morning', 'evening'))"

  private static let date =
    "local_date TEXT NOT NULL CHECK (local_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')"

  private static let quality =
    "quality TEXT NOT NULL CHECK (quality IN ('ok', 'suspect', 'bad'))"

  static let tablesOfVersion1 = names + taps + air + derived + entries

  /// What the rest refers to by a number or by name.
  private static let names = [
    "CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE boot (boot INTEGER PRIMARY KEY, boot_id TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE part (part INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    """
    CREATE TABLE channel (
      channel TEXT PRIMARY KEY NOT NULL, position INTEGER NOT NULL, unit TEXT NOT NULL,
      description TEXT NOT NULL, floor REAL NOT NULL CHECK (floor > 0)) STRICT, WITHOUT ROWID
    """,
    // Known since; and the last slot given its air without waiting for a tap any longer.
    """
    CREATE TABLE person (
      person TEXT PRIMARY KEY NOT NULL, \(stamp),
      closed_date TEXT, closed_slot TEXT) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE part_identity (
      identity INTEGER PRIMARY KEY, part INTEGER NOT NULL REFERENCES part,
      product TEXT NOT NULL, serial TEXT, firmware TEXT, status TEXT,
      channels TEXT NOT NULL CHECK (json_valid(channels)), \(stamp)) STRICT
    """,
    """
    CREATE TABLE calibration (
      calibration_id INTEGER PRIMARY KEY AUTOINCREMENT, part INTEGER NOT NULL REFERENCES part,
      channel TEXT NOT NULL REFERENCES channel, valid_from_utc_us INTEGER NOT NULL,
      valid_to_utc_us INTEGER, who TEXT NOT NULL, why TEXT NOT NULL,
      parameters TEXT NOT NULL CHECK (json_valid(parameters)),
      CHECK (valid_to_utc_us > valid_from_utc_us)) STRICT
    """,
    """
    CREATE TABLE day_plan (
      day_plan INTEGER PRIMARY KEY, zone TEXT NOT NULL, morning_start_minute INTEGER NOT NULL,
      evening_start_minute INTEGER NOT NULL, \(stamp)) STRICT
    """,
  ]

  private static let taps = [
    """
    CREATE TABLE session (
      session_id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL REFERENCES person,
      \(date), \(slot), started_utc_us INTEGER NOT NULL, started_boot_us INTEGER NOT NULL,
      ended_utc_us INTEGER NOT NULL, ended_boot_us INTEGER NOT NULL,
      boot INTEGER NOT NULL REFERENCES boot, \(clock),
      ended_clock TEXT NOT NULL CHECK (ended_clock IN ('synced', 'unsynced', 'restamped')),
      verdict TEXT NOT NULL CHECK (verdict IN ('saved', 'refused', 'interrupted'))) STRICT
    """,
    "CREATE INDEX session_by_slot ON session (person, local_date, slot)",
    "CREATE INDEX session_by_time ON session (started_utc_us)",
    """
    CREATE TABLE touch (
      touch_id INTEGER PRIMARY KEY, session_id INTEGER NOT NULL REFERENCES session
        ON DELETE CASCADE, number INTEGER NOT NULL, site TEXT NOT NULL CHECK (site <> ''),
      contact_us INTEGER, \(stamp), UNIQUE (session_id, number)) STRICT
    """,
    // A touch counts in a channel where `reason` is null. Samples are little-endian int32.
    """
    CREATE TABLE measure (
      touch_id INTEGER NOT NULL REFERENCES touch ON DELETE CASCADE,
      channel TEXT NOT NULL REFERENCES channel, raw REAL,
      raw_unit TEXT NOT NULL CHECK (raw_unit IN ('pF', 'counts')), value REAL, spread REAL,
      samples BLOB NOT NULL CHECK (length(samples) % 4 = 0), reason TEXT,
      part INTEGER NOT NULL REFERENCES part,
      calibration_id INTEGER REFERENCES calibration,
      PRIMARY KEY (touch_id, channel)) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE session_air (
      session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
      channel TEXT NOT NULL REFERENCES channel, value REAL, quality TEXT NOT NULL, reason TEXT,
      PRIMARY KEY (session_id, channel), CHECK ((value IS NULL) = (quality = 'absent'))
      ) STRICT, WITHOUT ROWID
    """,
  ]

  /// One B-tree only, keyed by time, so that a batch writes one page: any other key, or an index
  /// of the time, doubled the bytes written when it was measured.
  ///
  /// Two samples may not share a microsecond: the one saved later is filed at the next free one,
  /// and `nudged_us` says by how much. `clock` is a number here (0 synced, 1 unsynced,
  /// 2 restamped), which costs a row no bytes.
  private static let air = [
    """
    CREATE TABLE air (
      time_utc_us INTEGER PRIMARY KEY, nudged_us INTEGER NOT NULL, part INTEGER NOT NULL,
      boot INTEGER NOT NULL, boot_us INTEGER NOT NULL, clock INTEGER NOT NULL,
      offered INTEGER NOT NULL, flags TEXT, temperature_celsius REAL, humidity_percent REAL,
      pm1_ug_m3 REAL, pm2_5_ug_m3 REAL, pm4_ug_m3 REAL, pm10_ug_m3 REAL, voc_index REAL,
      nox_index REAL, co2_ppm REAL, pressure_pascals REAL)
      STRICT
    """,
    // What a re-stamping looks for, without reading years of samples; empty nearly always.
    "CREATE INDEX air_unsynced ON air (boot) WHERE clock = 1",
    """
    CREATE TABLE air_hour (
      hour_utc_us INTEGER NOT NULL CHECK (hour_utc_us % 3600000000 = 0),
      channel TEXT NOT NULL REFERENCES channel, mean REAL NOT NULL, min REAL NOT NULL,
      max REAL NOT NULL, n INTEGER NOT NULL CHECK (n > 0),
      PRIMARY KEY (hour_utc_us, channel)) STRICT, WITHOUT ROWID
    """,
  ]

  /// What is worked out from the rest, and can be again.
  private static let derived = [
    // `site` is '' for the air. The first epoch of a series reaches back without end.
    """
    CREATE TABLE epoch (
      epoch INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES person,
      channel TEXT NOT NULL REFERENCES channel, site TEXT NOT NULL, cause TEXT NOT NULL,
      time_utc_us INTEGER NOT NULL, boot INTEGER REFERENCES boot, boot_us INTEGER, \(clock)
      ) STRICT
    """,
    "CREATE INDEX epoch_by_series ON epoch (person, channel, site, time_utc_us)",
    // Epoch and slot are a series: the epoch says whose, of what and where.
    """
    CREATE TABLE slot_value (
      epoch INTEGER NOT NULL REFERENCES epoch, \(slot), \(date),
      value REAL NOT NULL, spread REAL, count INTEGER NOT NULL CHECK (count > 0), \(quality),
      session_id INTEGER REFERENCES session ON DELETE SET NULL,
      ma7 REAL, z7 REAL, n7 INTEGER NOT NULL DEFAULT 0, z30 REAL, n30 INTEGER NOT NULL DEFAULT 0,
      baseline_state TEXT NOT NULL DEFAULT 'forming'
        CHECK (baseline_state IN ('forming', 'frozen')),
      PRIMARY KEY (epoch, slot, local_date)) STRICT, WITHOUT ROWID
    """,
    // The moment before which a slot's air is taken: its session's start, or its own end.
    """
    CREATE TABLE air_slot (
      person TEXT NOT NULL REFERENCES person, \(date), \(slot),
      reference_utc_us INTEGER NOT NULL, PRIMARY KEY (person, local_date, slot)
      ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX air_slot_by_reference ON air_slot (reference_utc_us)",
  ]

  private static let entries = [
    """
    CREATE TABLE event (
      event_id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL REFERENCES person,
      \(date), event_utc_us INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind <> ''),
      weight REAL NOT NULL CHECK (weight BETWEEN 0 AND 1), note TEXT, \(stamp)) STRICT
    """,
    "CREATE INDEX event_by_time ON event (event_utc_us)",
    // Every score is kept; the last for a day and dimension counts.
    """
    CREATE TABLE score (
      score INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES person, \(date),
      dimension TEXT NOT NULL, value REAL NOT NULL CHECK (value BETWEEN 0 AND 5), \(stamp)
      ) STRICT
    """,
    "CREATE INDEX score_by_day ON score (person, local_date, dimension)",
    """
    CREATE TABLE notice (
      notice INTEGER PRIMARY KEY, kind TEXT NOT NULL, priority INTEGER NOT NULL,
      text TEXT NOT NULL, fields TEXT CHECK (fields IS NULL OR json_valid(fields)), \(stamp)) STRICT
    """,
    "CREATE INDEX notice_by_time ON notice (time_utc_us)",
    """
    CREATE TABLE choice (
      choice INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES person, \(stamp)) STRICT
    """,
    """
    CREATE TABLE restamp (
      restamp INTEGER PRIMARY KEY, restamped_boot INTEGER NOT NULL REFERENCES boot,
      boot_time_zero_utc_us INTEGER NOT NULL, sessions INTEGER NOT NULL,
      air_samples INTEGER NOT NULL, others INTEGER NOT NULL, \(stamp)) STRICT
    """,
  ]
}
