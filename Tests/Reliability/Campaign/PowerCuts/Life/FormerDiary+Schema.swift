extension FormerDiary {
  static let schema = """
    CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE boot (boot INTEGER PRIMARY KEY, boot_id TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE part (part INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE channel (
      channel TEXT PRIMARY KEY NOT NULL, position INTEGER NOT NULL, unit TEXT NOT NULL,
      description TEXT NOT NULL, floor REAL NOT NULL CHECK (floor > 0)) STRICT, WITHOUT ROWID;
    CREATE TABLE person (
      person TEXT PRIMARY KEY NOT NULL, time_utc_us INTEGER NOT NULL, boot INTEGER NOT NULL REFERENCES boot,
      boot_us INTEGER NOT NULL, clock TEXT NOT NULL CHECK (clock IN ('synced', 'unsynced', 'restamped')),
      closed_date TEXT, closed_slot TEXT) STRICT, WITHOUT ROWID;
    CREATE TABLE part_identity (
      identity INTEGER PRIMARY KEY, part INTEGER NOT NULL REFERENCES part,
      product TEXT NOT NULL, serial TEXT, firmware TEXT, status TEXT,
      channels TEXT NOT NULL CHECK (json_valid(channels)), time_utc_us INTEGER NOT NULL, boot INTEGER NOT NULL REFERENCES boot,
      boot_us INTEGER NOT NULL, clock TEXT NOT NULL CHECK (clock IN ('synced', 'unsynced', 'restamped'))) STRICT;
    CREATE TABLE calibration (
      calibration_id INTEGER PRIMARY KEY AUTOINCREMENT, part INTEGER NOT NULL REFERENCES part,
      channel TEXT NOT NULL REFERENCES channel, valid_from_utc_us INTEGER NOT NULL,
      valid_to_utc_us INTEGER, who TEXT NOT NULL, why TEXT NOT NULL,
      parameters TEXT NOT NULL CHECK (json_valid(parameters)),
      CHECK (valid_to_utc_us > valid_from_utc_us)) STRICT;
    CREATE TABLE day_plan (
      day_plan INTEGER PRIMARY KEY, zone TEXT NOT NULL, morning_start_minute INTEGER NOT NULL,
      evening_start_minute INTEGER NOT NULL, time_utc_us INTEGER NOT NULL, boot INTEGER NOT NULL REFERENCES boot,
      boot_us INTEGER NOT NULL, clock TEXT NOT NULL CHECK (clock IN ('synced', 'unsynced', 'restamped'))) STRICT;
    CREATE TABLE session (
      session_id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL REFERENCES person,
      local_date TEXT NOT NULL CHECK (local_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), slot TEXT NOT NULL CHECK (slot IN ('morning', 'evening')), started_utc_us INTEGER NOT NULL, started_boot_us INTEGER NOT NULL,
      ended_utc_us INTEGER NOT NULL, ended_boot_us INTEGER NOT NULL,
      boot INTEGER NOT NULL REFERENCES boot, clock TEXT NOT NULL CHECK (clock IN ('synced', 'unsynced', 'restamped')),
      ended_clock TEXT NOT NULL CHECK (ended_clock IN ('synced', 'unsynced', 'restamped')),
      verdict TEXT NOT NULL CHECK (verdict IN ('saved', 'refused', 'interrupted'))) STRICT;
    CREATE INDEX session_by_slot ON session (person, local_date, slot);
    CREATE INDEX session_by_time ON session (started_utc_us);
    CREATE TABLE touch (
      touch_id INTEGER PRIMARY KEY, session_id INTEGER NOT NULL REFERENCES session
        ON DELETE CASCADE, number INTEGER NOT NULL, site TEXT NOT NULL CHECK (site <> ''),
      contact_us INTEGER, time_utc_us INTEGER NOT NULL, boot INTEGER NOT NULL REFERENCES boot,
      boot_us INTEGER NOT NULL, clock TEXT NOT NULL CHECK (clock IN ('synced', 'unsynced', 'restamped')), UNIQUE (session_id, number)) STRICT;
    CREATE TABLE measure (
      touch_id INTEGER NOT NULL REFERENCES touch ON DELETE CASCADE,
      channel TEXT NOT NULL REFERENCES channel, raw REAL,
      raw_unit TEXT NOT NULL CHECK (raw_unit IN ('pF', 'counts')), value REAL, spread REAL,
      samples BLOB NOT NULL CHECK (length(samples) % 4 = 0), reason TEXT,
      part INTEGER NOT NULL REFERENCES part,
      calibration_id INTEGER REFERENCES calibration,
      PRIMARY KEY (touch_id, channel)) STRICT, WITHOUT ROWID;
    CREATE TABLE session_air (
      session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
      channel TEXT NOT NULL REFERENCES channel, value REAL, quality TEXT NOT NULL, reason TEXT,
      PRIMARY KEY (session_id, channel), CHECK ((value IS NULL) = (quality = 'absent'))
      ) STRICT, WITHOUT ROWID;
    CREATE TABLE air (
      time_utc_us INTEGER PRIMARY KEY, nudged_us INTEGER NOT NULL, part INTEGER NOT NULL,
      boot INTEGER NOT NULL, boot_us INTEGER NOT NULL, clock INTEGER NOT NULL,
      offered INTEGER NOT NULL, flags TEXT, temperature_celsius REAL, humidity_percent REAL,
      pm1_ug_m3 REAL, pm2_5_ug_m3 REAL, pm4_ug_m3 REAL, pm10_ug_m3 REAL, voc_index REAL,
      nox_index REAL, co2_ppm REAL, pressure_pascals REAL)
      STRICT;
    CREATE INDEX air_unsynced ON air (boot) WHERE clock = 1;
    CREATE TABLE air_hour (
      hour_utc_us INTEGER NOT NULL CHECK (hour_utc_us % 3600000000 = 0),
      channel TEXT NOT NULL REFERENCES channel, mean REAL NOT NULL, min REAL NOT NULL,
      max REAL NOT NULL, n INTEGER NOT NULL CHECK (n > 0),
      PRIMARY KEY (hour_utc_us, channel)) STRICT, WITHOUT ROWID;
    CREATE TABLE epoch (
      epoch INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES person,
      channel TEXT NOT NULL REFERENCES channel, site TEXT NOT NULL, cause TEXT NOT NULL,
      time_utc_us INTEGER NOT NULL, boot INTEGER REFERENCES boot, boot_us INTEGER, clock TEXT NOT NULL CHECK (clock IN ('synced', 'unsynced', 'restamped'))
      ) STRICT;
    CREATE INDEX epoch_by_series ON epoch (person, channel, site, time_utc_us);
    CREATE TABLE slot_value (
      epoch INTEGER NOT NULL REFERENCES epoch, slot TEXT NOT NULL CHECK (slot IN ('morning', 'evening')), local_date TEXT NOT NULL CHECK (local_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      value REAL NOT NULL, spread REAL, count INTEGER NOT NULL CHECK (count > 0), quality TEXT NOT NULL CHECK (quality IN ('ok', 'suspect', 'bad')),
      session_id INTEGER REFERENCES session ON DELETE SET NULL,
      ma7 REAL, z7 REAL, n7 INTEGER NOT NULL DEFAULT 0, z30 REAL, n30 INTEGER NOT NULL DEFAULT 0,
      baseline_state TEXT NOT NULL DEFAULT 'forming'
        CHECK (baseline_state IN ('forming', 'frozen')),
      PRIMARY KEY (epoch, slot, local_date)) STRICT, WITHOUT ROWID;
    CREATE TABLE air_slot (
      person TEXT NOT NULL REFERENCES person, local_date TEXT NOT NULL CHECK (local_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), slot TEXT NOT NULL CHECK (slot IN ('morning', 'evening')),
      reference_utc_us INTEGER NOT NULL, PRIMARY KEY (person, local_date, slot)
      ) STRICT, WITHOUT ROWID;
    CREATE INDEX air_slot_by_reference ON air_slot (reference_utc_us);
    CREATE TABLE event (
      event_id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL REFERENCES person,
      local_date TEXT NOT NULL CHECK (local_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), event_utc_us INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind <> ''),
      weight REAL NOT NULL CHECK (weight BETWEEN 0 AND 1), note TEXT, time_utc_us INTEGER NOT NULL, boot INTEGER NOT NULL REFERENCES boot,
      boot_us INTEGER NOT NULL, clock TEXT NOT NULL CHECK (clock IN ('synced', 'unsynced', 'restamped'))) STRICT;
    CREATE INDEX event_by_time ON event (event_utc_us);
    CREATE TABLE score (
      score INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES person, local_date TEXT NOT NULL CHECK (local_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      dimension TEXT NOT NULL, value REAL NOT NULL CHECK (value BETWEEN 0 AND 5), time_utc_us INTEGER NOT NULL, boot INTEGER NOT NULL REFERENCES boot,
      boot_us INTEGER NOT NULL, clock TEXT NOT NULL CHECK (clock IN ('synced', 'unsynced', 'restamped'))
      ) STRICT;
    CREATE INDEX score_by_day ON score (person, local_date, dimension);
    CREATE TABLE notice (
      notice INTEGER PRIMARY KEY, kind TEXT NOT NULL, priority INTEGER NOT NULL,
      text TEXT NOT NULL, fields TEXT CHECK (fields IS NULL OR json_valid(fields)), time_utc_us INTEGER NOT NULL, boot INTEGER NOT NULL REFERENCES boot,
      boot_us INTEGER NOT NULL, clock TEXT NOT NULL CHECK (clock IN ('synced', 'unsynced', 'restamped'))) STRICT;
    CREATE INDEX notice_by_time ON notice (time_utc_us);
    CREATE TABLE choice (
      choice INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES person, time_utc_us INTEGER NOT NULL, boot INTEGER NOT NULL REFERENCES boot,
      boot_us INTEGER NOT NULL, clock TEXT NOT NULL CHECK (clock IN ('synced', 'unsynced', 'restamped'))) STRICT;
    CREATE TABLE restamp (
      restamp INTEGER PRIMARY KEY, restamped_boot INTEGER NOT NULL REFERENCES boot,
      boot_time_zero_utc_us INTEGER NOT NULL, sessions INTEGER NOT NULL,
      air_samples INTEGER NOT NULL, others INTEGER NOT NULL, time_utc_us INTEGER NOT NULL, boot INTEGER NOT NULL REFERENCES boot,
      boot_us INTEGER NOT NULL, clock TEXT NOT NULL CHECK (clock IN ('synced', 'unsynced', 'restamped'))) STRICT;
    CREATE VIEW v1_channel AS SELECT channel, unit, description, floor FROM channel;
    CREATE VIEW v1_session AS SELECT session_id, person, local_date, slot, started_utc_us, ended_utc_us, clock, verdict,
      (SELECT count(*) FROM touch AS t WHERE t.session_id = s.session_id) AS touches,
      (SELECT count(*) FROM touch AS t WHERE t.session_id = s.session_id AND EXISTS
        (SELECT 1 FROM measure AS m WHERE m.touch_id = t.touch_id AND m.reason IS NULL)
      ) AS accepted
    FROM session AS s;
    CREATE VIEW v1_touch AS SELECT t.touch_id, t.session_id, s.person, t.site, m.channel,
      t.time_utc_us AS started_utc_us, m.raw, m.value, m.spread,
      length(m.samples) / 4 AS samples, m.reason IS NULL AS accepted, m.reason
    FROM touch AS t JOIN session AS s USING (session_id) JOIN measure AS m USING (touch_id);
    CREATE VIEW v1_slot AS SELECT e.person, v.local_date, v.slot, e.channel, nullif(e.site, '') AS site, v.value,
      v.spread, v.count AS n_touches, v.quality, v.session_id, v.epoch, v.ma7, v.z7, v.n7,
      v.z30, v.n30, v.baseline_state
    FROM slot_value AS v JOIN epoch AS e USING (epoch);
    CREATE VIEW v1_air_hour AS SELECT hour_utc_us, channel, mean, min, max, n FROM air_hour;
    CREATE VIEW v1_event AS SELECT event_id, person, event_utc_us AS time_utc_us, local_date, kind, weight, note
    FROM event;
    CREATE VIEW v1_score AS SELECT person, local_date, dimension, value FROM score AS s WHERE NOT EXISTS
      (SELECT 1 FROM score AS l WHERE l.person = s.person AND l.local_date = s.local_date
        AND l.dimension = s.dimension AND l.score > s.score);
    CREATE VIEW v1_epoch AS SELECT epoch, person, channel, nullif(site, '') AS site, time_utc_us AS began_utc_us, cause
    FROM epoch;
    """
}
