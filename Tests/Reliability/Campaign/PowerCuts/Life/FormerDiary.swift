import GRDBSQLite

/// A diary as the schema's first version kept it, written down here so that no later code makes it.
enum FormerDiary {
  /// Writes one with some weeks of taps, air, events and scores.
  ///
  /// - Throws: `ReaderError`
  static func plant(at path: String) throws {
    var connection: OpaquePointer?
    defer { sqlite3_close_v2(connection) }
    guard sqlite3_open(path, &connection) == SQLITE_OK else { throw ReaderError("no \(path)") }
    for sql in ["PRAGMA journal_mode = WAL; BEGIN", schema, rows, "COMMIT"] {
      guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else {
        throw ReaderError(String(cString: sqlite3_errmsg(connection)))
      }
    }
  }

  /// 30 days from 2026-03-02: two taps of three touches each, air every hour.
  private static let rows = """
    PRAGMA application_id = \(0x536B_3256); PRAGMA user_version = 1;
    INSERT INTO meta VALUES ('origin', 'real');
    INSERT INTO boot VALUES (1, 'b');
    INSERT INTO part VALUES (1, 'fdc1004 0x50'), (2, 'sen55 0x69');
    INSERT INTO channel VALUES ('skin.moisture', 0, 'index', 'moisture', 2),
      ('air.temperature', 4, '°C', 'temperature', 0.2);
    INSERT INTO person VALUES ('me', 1772431200000000, 1, 5, 'synced', NULL, NULL);
    INSERT INTO day_plan VALUES (1, 'UTC', 240, 840, 1772431200000000, 1, 5, 'synced');
    INSERT INTO epoch VALUES (1, 'me', 'skin.moisture', 'cheek', 'first', 1772431200000000, 1, 5,
      'synced');
    CREATE TEMP TABLE tap AS
      WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59)
      SELECT i, 1772431200000000 + (i / 2) * 86400000000 + (i % 2) * 50400000000 AS us,
        date(1772431200 + (i / 2) * 86400, 'unixepoch') AS day,
        CASE i % 2 WHEN 0 THEN 'morning' ELSE 'evening' END AS slot FROM n;
    INSERT INTO session SELECT i + 1, 'me', day, slot, us, 5 + i, us + 30000000, 6 + i, 1, 'synced',
      'synced', 'saved' FROM tap;
    INSERT INTO touch SELECT 10 * i + k.value, i + 1, k.value, 'cheek', 1200000,
      us + 2000000 * k.value, 1, 7, 'synced' FROM tap, json_each('[1,2,3]') AS k;
    INSERT INTO measure SELECT touch_id, 'skin.moisture', 6.5 + touch_id % 7 * 0.1, 'pF',
      41.25 + touch_id % 7, 0.5, zeroblob(320), NULL, 1, NULL FROM touch;
    INSERT INTO slot_value (epoch, slot, local_date, value, spread, count, quality, session_id)
      SELECT 1, slot, day, 42.0, 0.5, 3, 'ok', i + 1 FROM tap;
    INSERT INTO air (time_utc_us, nudged_us, part, boot, boot_us, clock, offered,
        temperature_celsius)
      WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 719)
      SELECT 1772431200000000 + i * 3600000000, 0, 2, 1, 5, 0, 1, 20.5 + i % 24 * 0.1 FROM n;
    INSERT INTO event SELECT i + 1, 'me', day, us, 'sun', 0.5, 'a note', us, 1, 5, 'synced' FROM tap;
    INSERT INTO score SELECT i + 1, 'me', day, 'oil', 3, us, 1, 5, 'synced' FROM tap;
    DROP TABLE tap;
    """
}
