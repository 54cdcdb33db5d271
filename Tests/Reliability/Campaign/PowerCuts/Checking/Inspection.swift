import Foundation
import Readings
import Store

/// Opens a diary as the station does after a power cut, and looks for anything that is wrong.
struct Inspection {
  var folder: String
  var expectation: Expectation
  /// Which of the taps still to come is the next.
  var nextTap = 0
  /// Whether to work the diary out anew too, and to close it.
  var isThorough = false

  var path: String { folder + "/diary.sqlite" }

  /// - Returns: What is wrong, in words; nothing where all is well.
  func problems() async -> [String] {
    var problems = missingErasures()
    do {
      let store = try Store(path: path, options: Stage.options(backups: folder + "/backups"))
      problems += opened(store.opening)
      problems += try await look(store)
      problems += try await tap(store)
      if isThorough { problems += try await workOut(store) }
      problems += copies()
    } catch {
      problems.append("\(error)")
    }
    return problems
  }

  func opened(_ opening: Store.Opening) -> [String] {
    var problems: [String] = []
    if !expectation.isSalvage, let aside = opening.movedAside {
      problems.append("the diary was found damaged, and moved to \(aside)")
    }
    if expectation.isUnclosed, opening.lastCloseWasClean {
      problems.append("a diary that was open is said to have been closed")
    }
    return problems
  }

  /// Integrity, references, halves, doubles, and one of the states that may be.
  func look(_ store: Store) async throws -> [String] {
    let reader = try Reader(path)
    var problems = try reader.texts("PRAGMA integrity_check").filter { $0 != "ok" }
    problems += try reader.texts("PRAGMA foreign_key_check").map { "a row of \($0) has no parent" }
    for (what, sql) in Self.halves where try reader.number(sql) > 0 { problems.append(what) }
    if let problem = expectation.problem(with: try DiaryState(reader)) { problems.append(problem) }
    return problems
  }

  /// What must not be found, and how to count it.
  static let halves = [
    (
      "a session without a touch",
      "SELECT count(*) FROM session WHERE session_id NOT IN (SELECT session_id FROM touch)"
    ),
    (
      "a touch without what was read",
      "SELECT count(*) FROM touch WHERE touch_id NOT IN (SELECT touch_id FROM measure)"
    ),
    (
      "a session whose touches are not numbered from 1",
      """
      SELECT count(*) FROM (SELECT count(*) AS n, max(number) AS last FROM touch
        GROUP BY session_id) WHERE n <> last
      """
    ),
    (
      "a tap without its slot",
      """
      SELECT count(*) FROM session AS s WHERE EXISTS (SELECT 1 FROM touch JOIN measure
          USING (touch_id) WHERE session_id = s.session_id AND reason IS NULL)
        AND NOT EXISTS (SELECT 1 FROM slot_value AS v JOIN epoch AS e USING (epoch)
          WHERE e.person = s.person AND v.local_date = s.local_date AND v.slot = s.slot)
      """
    ),
    (
      "a tap that is there twice",
      "SELECT count(*) - count(DISTINCT person || started_utc_us || started_boot_us) FROM session"
    ),
  ]

  /// The next tap saves, once.
  func tap(_ store: Store) async throws -> [String] {
    var acts = Acts(seed: 99)
    for _ in 0...400 + nextTap { acts.wait() }
    let session = acts.tap()
    try await store.save(session)
    let found = try Reader(path).number(
      """
      SELECT count(*) FROM session JOIN touch USING (session_id) JOIN measure USING (touch_id)
      WHERE started_utc_us = \(session.started.utc.microseconds)
      """)
    let wanted = session.touches.reduce(0) { $0 + $1.measures.count }
    return found == wanted ? [] : ["the next tap has \(found) of \(wanted) measures"]
  }

  /// What is derived follows from what was read.
  private func workOut(_ store: Store) async throws -> [String] {
    if expectation.isDerived {
      let anew = try await store.recompute(isRehearsal: true)
      guard anew.changes.isEmpty else { return ["worked out anew, it is another: \(anew.changes)"] }
    }
    try await store.close()
    return try Reader(path).texts("PRAGMA integrity_check").filter { $0 != "ok" }
  }

  /// Copies that were said to be there are, and every copy proves itself.
  private func copies() -> [String] {
    let folder = Backups(folder: self.folder + "/backups")
    var problems: [String] = []
    var found: [String: String] = [:]
    for copy in folder.verified {
      do {
        _ = try Drill(of: copy.path)
        found[FolderName.of(copy.path)] = copy.manifest.contents.digest
      } catch {
        problems.append("\(error)")
      }
    }
    for (name, digest) in expectation.copies where found[name] != digest {
      problems.append("the copy \(name) is gone")
    }
    return problems
  }

  /// What was erased is in no byte of the diary's own files.
  private func missingErasures() -> [String] {
    expectation.erased.flatMap { text in
      ["", "-wal", "-journal"].compactMap { suffix in
        guard let bytes = FileManager.default.contents(atPath: path + suffix),
          bytes.range(of: Data(text.utf8)) != nil
        else { return nil }
        return "'\(text)' was erased, and is in the diary\(suffix)"
      }
    }
  }
}
