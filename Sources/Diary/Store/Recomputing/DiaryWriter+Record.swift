import GRDB
import Readings

extension DiaryWriter {
  /// Does something, keeps what it returns, and nothing of what it wrote.
  func rehearse<T>(_ body: (DiaryWriter) throws -> T) throws -> T {
    var result: Result<T, any Error>?
    try db.inSavepoint {
      result = Result { try body(self) }
      return .rollback
    }
    // What is in memory is of the diary as it would be.
    try recall()
    guard let result else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
    return try result.get()
  }

  /// Keeps an account of a recomputation, and tells of it.
  func record(_ recomputation: Recomputation, at stamp: Stamp) throws {
    try run(
      """
      INSERT INTO recomputation (since_date, changes, digest, time_utc_us, boot, boot_us, clock)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        recomputation.since?.description, recomputation.changes.json,
        recomputation.after.description,
      ] + columns(of: stamp))
    try append(recomputation.notice(at: stamp))
  }
}

extension Recomputation.Changes {
  /// Names as the table's JSON and the command have them, with the counts.
  package var counts: [(name: String, count: Int)] {
    [
      ("touches", touches), ("air_values", airValues), ("hours", hours), ("days", days),
      ("slot_values", slotValues), ("comparisons", comparisons),
    ]
  }

  fileprivate var json: String {
    "{" + counts.map { JSONText.quoted($0.name) + ":\($0.count)" }.joined(separator: ",") + "}"
  }
}

extension Recomputation {
  fileprivate func notice(at stamp: Stamp) -> Notice {
    let from = since.map { " since \($0) by the last limits" } ?? ""
    let changed = changes.counts.filter { $0.count > 0 }.map { name, count in
      "\(count) \(name.split(separator: "_").joined(separator: " "))"
    }
    let words = changes.isEmpty ? "nothing changed" : changed.joined(separator: ", ") + " changed"
    return Notice(
      .recomputed, "everything was worked out anew\(from): \(words)", priority: .notice,
      fields: [.init("DIGEST", after.description)]
        + changes.counts.map { .init($0.name.uppercased(), "\($0.count)") }, stamp: stamp)
  }
}
