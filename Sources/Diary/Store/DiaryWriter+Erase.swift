import GRDB
import Readings

extension DiaryWriter {
  /// Removes everything about a person; the room's air stays, being nobody's.
  ///
  /// - Parameter person: Who.
  /// - Returns: How many sessions were removed.
  /// - Throws: GRDB's errors.
  func erase(_ person: Person) throws -> Int {
    let name: StatementArguments = [person.rawValue]
    let sessions: Int =
      try row("SELECT count(*) FROM session WHERE person = ?", name)?[0] ?? 0
    try run(
      "DELETE FROM slot_value WHERE epoch IN (SELECT epoch FROM epoch WHERE person = ?)", name)
    try run("DELETE FROM notice WHERE fields ->> '$.PERSON' = ?", name)
    for table in ["epoch", "air_slot", "session", "event", "score", "choice", "person"] {
      try run("DELETE FROM \(table) WHERE person = ?", name)
    }
    return sessions
  }
}
