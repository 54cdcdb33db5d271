import Foundation
import GRDBSQLite

/// A diary whose writers are killed, and everything that they said they had saved.
final class KilledDiary {
  let folder: String
  var path: String { folder + "/diary.sqlite" }
  /// How often each line was seen.
  private(set) var seen: [SavedLine: Int] = [:]
  /// Notes of events that were said to be saved.
  private(set) var events: Set<String> = []
  /// How often a writer was killed.
  var kills = 0

  init(folder: String) throws {
    self.folder = folder
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(
      atPath: folder + "/backups", withIntermediateDirectories: true)
  }

  func note(_ lines: [SavedLine]) { for line in lines { seen[line, default: 0] += 1 } }

  func note(event: String) { events.insert(event) }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  var bytes: Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }

  /// Looks at a copy of the files as they were left, so that the next start finds them untouched.
  ///
  /// - Parameter new: The lines whose values are compared too.
  /// - Returns: What is wrong, in words.
  func problems(new: [SavedLine]) -> [String] {
    guard FileManager.default.fileExists(atPath: path) else {
      return seen.isEmpty ? [] : ["there is no diary, and \(seen.count) lines were seen"]
    }
    let copy = folder + "-copy"
    defer { for suffix in ["", "-wal", "-shm"] { unlink(copy + suffix) } }
    do {
      for suffix in ["", "-wal"] {
        try? FileManager.default.removeItem(atPath: copy + suffix)
        guard FileManager.default.fileExists(atPath: path + suffix) else { continue }
        try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
      }
      return try problems(in: Reader(copy), new) + strangers()
    } catch {
      return ["\(error)"]
    }
  }

  fileprivate func problems(in reader: Reader, _ new: [SavedLine]) throws -> [String] {
    guard try reader.number("SELECT count(*) FROM sqlite_schema WHERE name = 'notice'") == 1 else {
      // Killed before it was made.
      return seen.isEmpty ? [] : ["the diary is empty"]
    }
    var problems = try reader.texts("PRAGMA integrity_check").filter { $0 != "ok" }
    problems += try reader.texts("PRAGMA foreign_key_check").map { "a row of \($0) has no parent" }
    for (what, sql) in Inspection.halves where try reader.number(sql) > 0 { problems.append(what) }
    problems += try missing(in: reader)
    for line in new { problems += try values(of: line, in: reader) }
    return problems
  }

  private func missing(in reader: Reader) throws -> [String] {
    var kept: [String: Int] = [:]
    try reader.each(
      "SELECT text, count(*) FROM notice WHERE text LIKE '% tap saved: %' GROUP BY text"
    ) { row in
      kept[String(cString: sqlite3_column_text(row, 0))] = Int(sqlite3_column_int64(row, 1))
    }
    var problems = seen.filter { kept[$0.key.text, default: 0] < $0.value }
      .map { "not in the diary: \($0.key.text)" }
    let said = seen.values.reduce(0, +)
    let all = kept.values.reduce(0, +)
    // A kill between the commit and the line hides one line at most.
    if all > said + kills { problems.append("\(all) taps, of which \(said) were said") }
    let sessions = try reader.number("SELECT count(*) FROM session WHERE verdict = 'saved'")
    if Int(sessions) != all { problems.append("\(sessions) sessions, \(all) lines of them") }
    let notes = Set(try reader.texts("SELECT note FROM event WHERE note IS NOT NULL"))
    problems += events.subtracting(notes).map { "event '\($0)' is not in the diary" }
    return problems
  }

  /// What the line says is what can be worked out from the touches.
  private func values(of line: SavedLine, in reader: Reader) throws -> [String] {
    guard let said = line.moisture else { return ["not understood: \(line.text)"] }
    let text = line.text.replacing("'", with: "''")
    var (values, touches): ([Double], Int) = ([], 0)
    try reader.each(
      """
      SELECT value, accepted FROM v1_touch WHERE channel = 'skin.moisture' AND session_id = (
        SELECT max(fields ->> '$.SESSION') + 0 FROM notice WHERE text = '\(text)')
      """
    ) { row in
      touches += 1
      if sqlite3_column_int(row, 1) == 1 { values.append(sqlite3_column_double(row, 0)) }
    }
    values.sort()
    guard !values.isEmpty, values.count == said.accepted, touches == said.touches else {
      return ["\(values.count) of \(touches) touches: \(line.text)"]
    }
    let median = (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
    guard let value = Double(said.value), abs(value - median) <= 0.0501 else {
      return ["\(median) is kept: \(line.text)"]
    }
    return []
  }

  /// Files that should not be there: each would stay, and another come with the next kill.
  private func strangers() throws -> [String] {
    let usual = ["", "-wal", "-shm", ".lock", ".control"].map { "diary.sqlite" + $0 }
    return try FolderFiles.names(in: folder).filter { !usual.contains($0) }
      .map { "left behind: \($0)" }
  }
}

extension KilledDiary {
  /// Whether a tap of which half is taken away, in a copy, is noticed.
  func isHalfNoticed() -> Bool {
    let other = folder + "-half"
    defer { for suffix in ["", "-wal", "-shm"] { unlink(other + suffix) } }
    do {
      for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
        try FileManager.default.copyItem(atPath: path + suffix, toPath: other + suffix)
      }
      var connection: OpaquePointer?
      defer { sqlite3_close_v2(connection) }
      let sql = """
        DELETE FROM measure WHERE touch_id = (SELECT max(touch_id) FROM touch JOIN session
          USING (session_id) WHERE verdict = 'saved')
        """
      guard sqlite3_open(other, &connection) == SQLITE_OK,
        sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK
      else { return false }
      return try !problems(in: Reader(other), []).isEmpty
    } catch {
      return false
    }
  }
}
