import GRDB
import Readings

extension DiaryWriter {
  /// Keeps a calibration, ends the one before it, and begins new epochs for its channel.
  ///
  /// The settings' first numbers begin none: they say what the part has meant all along.
  func record(_ calibration: Calibration, at stamp: Stamp) throws -> Int64 {
    let part = try number(ofPart: calibration.part)
    let from = calibration.validFrom.microseconds
    let earliest =
      try row(
        "SELECT min(valid_from_utc_us) FROM calibration WHERE part = ? AND channel = ?",
        [part, calibration.channel.rawValue])?[0] as Int64?
    try run(
      """
      UPDATE calibration SET valid_to_utc_us = ?1
      WHERE part = ?2 AND channel = ?3 AND valid_from_utc_us < ?1
        AND (valid_to_utc_us IS NULL OR valid_to_utc_us > ?1)
      """, [from, part, calibration.channel.rawValue])
    let members = calibration.parameters.sorted { $0.key < $1.key }
    try run(
      """
      INSERT INTO calibration (part, channel, valid_from_utc_us, valid_to_utc_us, who, why,
        parameters) VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        part, calibration.channel.rawValue, from, calibration.validTo?.microseconds,
        calibration.who, calibration.why,
        "{" + members.map { JSONText.quoted($0.key) + ":\($0.value)" }.joined(separator: ",") + "}",
      ])
    let id = db.lastInsertedRowID
    try recallBooks()
    try deriveAgain(from: calibration.validFrom, to: calibration.validTo)
    if !calibration.channel.isAir, earliest.map({ from < $0 }) ?? true {
      try deriveSlots(try deriveTouches(where: "started_utc_us < ?", [from]))
    }
    if earliest == nil, calibration.who == Calibration.bySettings { return id }
    try beginEpochs(
      of: [calibration.channel], cause: "\(calibration.part) calibrated: \(calibration.why)",
      at: stamp)
    return id
  }
}

extension DiaryReader {
  /// Every calibration, by part, channel and time.
  func calibrations() throws -> [Calibration] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT p.name, c.channel, c.valid_from_utc_us, c.valid_to_utc_us, c.who, c.why,
          c.parameters, c.calibration_id FROM calibration AS c JOIN part AS p USING (part)
        ORDER BY p.name, c.channel, c.valid_from_utc_us, c.calibration_id
        """
    ).compactMap { row in
      guard let channel = Channel(rawValue: try row.decode(atIndex: 1)) else { return nil }
      let members = try Row.fetchAll(
        db, sql: "SELECT key, value FROM json_each(?)",
        arguments: [try row.decode(String.self, atIndex: 6)])
      return Calibration(
        id: try row.decode(atIndex: 7), part: try row.decode(atIndex: 0), channel: channel,
        validFrom: Timestamp(microseconds: try row.decode(atIndex: 2)),
        validTo: (try row.decode(Int64?.self, atIndex: 3)).map { Timestamp(microseconds: $0) },
        who: try row.decode(atIndex: 4), why: try row.decode(atIndex: 5),
        parameters: try Dictionary(
          members.map { (try $0.decode(atIndex: 0), try $0.decode(atIndex: 1)) },
          uniquingKeysWith: { first, _ in first }))
    }
  }
}
