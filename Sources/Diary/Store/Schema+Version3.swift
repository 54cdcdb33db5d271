extension Schema {
  /// What lets people take back what they entered: the entry stays, and another row withdraws it.
  static let stepToVersion3 = [
    """
    CREATE TABLE withdrawal (
      withdrawal INTEGER PRIMARY KEY, event INTEGER UNIQUE REFERENCES event ON DELETE CASCADE,
      score INTEGER UNIQUE REFERENCES score ON DELETE CASCADE,
      time_utc_us INTEGER NOT NULL, boot INTEGER NOT NULL REFERENCES boot,
      boot_us INTEGER NOT NULL,
      clock TEXT NOT NULL CHECK (clock IN ('synced', 'unsynced', 'restamped')),
      CHECK ((event IS NULL) <> (score IS NULL))) STRICT
    """
  ]
}
