extension Schema {
  /// What the keeper added: raw beside corrected, limits, health, rollups that say how whole they
  /// are, and an account of every change that was not a reading.
  static let stepToVersion2 = columnsOfVersion2 + tablesOfVersion2

  private static let columnsOfVersion2 = [
    // By channel what the part said, where that is not the value: `{"air.temperature":23.4}`.
    "ALTER TABLE air ADD COLUMN raw TEXT",
    // What a code is in `raw_unit`, and what failed while it was read. Null: the value came as it is.
    "ALTER TABLE measure ADD COLUMN units_per_code REAL",
    "ALTER TABLE measure ADD COLUMN offset REAL",
    "ALTER TABLE measure ADD COLUMN greatest_code INTEGER",
    "ALTER TABLE measure ADD COLUMN fault TEXT",
    // Why a value is not `ok`, or what else should be known of it.
    "ALTER TABLE slot_value ADD COLUMN reason TEXT",
    // How many samples the hour should have had; null where nobody knows.
    "ALTER TABLE air_hour ADD COLUMN expected INTEGER",
    // The earliest and the latest time that moved, as they were, and how far the earliest did.
    "ALTER TABLE restamp ADD COLUMN from_utc_us INTEGER",
    "ALTER TABLE restamp ADD COLUMN to_utc_us INTEGER",
    "ALTER TABLE restamp ADD COLUMN moved_us INTEGER",
  ]

  private static let stamp = """
    time_utc_us INTEGER NOT NULL, boot INTEGER NOT NULL REFERENCES boot,
      boot_us INTEGER NOT NULL,
      clock TEXT NOT NULL CHECK (clock IN ('synced', 'unsynced', 'restamped'))
    """

  private static let tablesOfVersion2 = [
    """
    CREATE TABLE air_day (
      local_date TEXT NOT NULL, channel TEXT NOT NULL REFERENCES channel, mean REAL NOT NULL,
      min REAL NOT NULL, max REAL NOT NULL, n INTEGER NOT NULL CHECK (n > 0), expected INTEGER,
      PRIMARY KEY (local_date, channel)) STRICT, WITHOUT ROWID
    """,
    // How many samples are there of a part and a local date, whole or not.
    """
    CREATE TABLE air_part_day (
      local_date TEXT NOT NULL, part INTEGER NOT NULL REFERENCES part, samples INTEGER NOT NULL,
      PRIMARY KEY (local_date, part)) STRICT, WITHOUT ROWID
    """,
    // The limits in force from a moment on, as JSON; the first also serve everything before. A later
    // row rules over an earlier one from its moment on; with a date, over what has that date or a
    // later one.
    """
    CREATE TABLE limits (
      limits INTEGER PRIMARY KEY, valid_from_utc_us INTEGER NOT NULL, since_date TEXT,
      rules TEXT NOT NULL CHECK (json_valid(rules)), \(stamp)) STRICT
    """,
    """
    CREATE TABLE part_health (
      hour_utc_us INTEGER NOT NULL CHECK (hour_utc_us % 3600000000 = 0),
      part INTEGER NOT NULL REFERENCES part, samples INTEGER NOT NULL, corrupted INTEGER NOT NULL,
      not_acknowledged INTEGER NOT NULL, other_failures INTEGER NOT NULL,
      recoveries INTEGER NOT NULL, restarts INTEGER NOT NULL, warm_up_seconds REAL NOT NULL,
      uptime_seconds REAL NOT NULL, status TEXT, PRIMARY KEY (hour_utc_us, part)
      ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE disk_day (
      local_date TEXT PRIMARY KEY NOT NULL, bytes_written INTEGER NOT NULL) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE recomputation (
      recomputation INTEGER PRIMARY KEY, since_date TEXT, changes TEXT NOT NULL,
      digest TEXT NOT NULL, \(stamp)) STRICT
    """,
    // That something was erased, and of which time; never what.
    """
    CREATE TABLE erasure (
      erasure INTEGER PRIMARY KEY, from_utc_us INTEGER, to_utc_us INTEGER, what TEXT NOT NULL,
      rows INTEGER NOT NULL, \(stamp)) STRICT
    """,
    """
    CREATE TABLE import (
      import INTEGER PRIMARY KEY, source TEXT NOT NULL, what TEXT NOT NULL,
      taken INTEGER NOT NULL, known INTEGER NOT NULL, refused INTEGER NOT NULL, \(stamp)) STRICT
    """,
  ]
}
