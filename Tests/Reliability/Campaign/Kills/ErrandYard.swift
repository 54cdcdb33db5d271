import Foundation
import Readings
import Store

/// A diary of some weeks with two copies, which commands change and are killed at.
final class ErrandYard {
  let folder: String
  let programs: Programs
  var work: String { folder + "/work" }
  var diary: String { work + "/diary.sqlite" }
  var backups: String { work + "/backups" }
  var air: String { folder + "/air.csv" }
  var configuration: String { folder + "/skin2vec.yaml" }
  private var pristine: [String: [UInt8]] = [:]
  private var known: [ErrandRound.Errand: Milestones] = [:]

  /// What a command makes of the diary where nobody kills it.
  struct Milestones {
    var before: Contents
    var after: Contents
    var milliseconds: Double
  }

  /// What must be as before or as after.
  struct Contents: Hashable {
    /// A number a table, where the same command makes the same of it at any time.
    var tables: [String: UInt64]
    /// Rows, where it says when it was made.
    var rows: [String: Int64]

    private static let dated = ["notice", "import", "recomputation", "erasure", "limits", "event"]

    init(_ reader: Reader) throws {
      let state = try DiaryState(reader)
      tables = state.tables.filter { !Self.dated.contains($0.key) }
      rows = [:]
      for table in Self.dated {
        rows[table] = try reader.number("SELECT count(*) FROM \"\(table)\"")
      }
    }

    /// Whether it is what was before, or after; the line that tells of it may not be written yet.
    func isWhole(_ milestones: Milestones) -> Bool {
      if self == milestones.before || self == milestones.after { return true }
      var told = self
      told.rows["notice", default: 0] += 1
      return told == milestones.after
    }

    /// Which tables are as in neither, or as in which.
    func differences(from milestones: Milestones) -> String {
      let (before, after) = (milestones.before, milestones.after)
      let digests = tables.keys.map { key in
        (key, tables[key] == before.tables[key], tables[key] == after.tables[key])
      }
      let counts = rows.keys.map { key in
        (key, rows[key] == before.rows[key], rows[key] == after.rows[key])
      }
      return (digests + counts).filter { !($0.1 && $0.2) }
        .map { "\($0.0) \($0.1 ? "as before" : $0.2 ? "as after" : "as in neither")" }
        .sorted().joined(separator: ", ")
    }
  }

  /// - Throws: What making the diary throws.
  init(folder: String, programs: Programs) async throws {
    self.folder = folder
    self.programs = programs
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(
      atPath: work + "/backups", withIntermediateDirectories: true)
    try await live()
    pristine = try FolderFiles.read(work)
    try write(
      configuration,
      "diary: \(diary)\nbackup: {folder: \(backups)}\n"
        + "people: [{name: ann, sites: [cheek]}, {name: bo, sites: [cheek]}]\n"
        + "default_person: ann\ncontrol: \(folder)/control.sock\n")
    let lines = (0..<6000).map { index in
      let (hour, rest) = (index / 60 % 24, index % 60)
      return "2025-11-\(digits(1 + index / 1440))T\(digits(hour)):\(digits(rest)):00Z,"
        + "\(19 + Double(index % 50) / 10),\(40 + index % 20)"
    }
    try write(
      air, "time,air.temperature,air.humidity\n" + lines.joined(separator: "\n") + "\n")
  }

  private func live() async throws {
    let stage = Stage(folder: work, seed: 5)
    try await stage.open()
    for day in 0..<60 {
      try await stage.day()
      if day == 20 || day == 40 {
        let run = BackupRun(diary: diary, folder: backups, keep: 2)
        _ = try run.run(at: stage.acts.stamp)
      }
    }
    try await stage.close()
  }

  private func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private func write(_ path: String, _ text: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
      throw KillFault("\(path) could not be written")
    }
  }

  /// Puts everything back as it was before any command.
  func reset() throws {
    let names = pristine.keys.sorted()
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    let contents = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { ($0, pristine[$1] ?? []) })
    try FolderFiles.write(work, contents: contents, names: numbers)
  }

  /// Runs a command to its end once, and remembers what came of it.
  func milestones(of errand: ErrandRound.Errand) async throws -> Milestones {
    if let known = known[errand] { return known }
    try reset()
    let before = try Contents(Reader(diary))
    let began = ContinuousClock.now
    let child = try Victim(programs.command, errand.arguments(self), output: folder + ".said")
    let end = child.wait()
    let milliseconds = began.duration(to: .now) / .milliseconds(1)
    guard end == .exit(0) else {
      throw KillFault("\(errand.rawValue) failed without a kill: \(child.said)")
    }
    let found = Milestones(
      before: before, after: try Contents(Reader(diary)), milliseconds: milliseconds)
    known[errand] = found
    return found
  }

  /// Whether a file may be there after a command has been killed once and then been done.
  func mayStay(_ name: String, _ errand: ErrandRound.Errand) -> Bool {
    if ["", "-wal", "-shm", ".lock"].contains(where: { name == "diary.sqlite" + $0 }) {
      return true
    }
    if name == "backups/.backups.lock" { return true }
    let isCopy = name.hasPrefix("backups/diary-")
    if isCopy { return name.hasSuffix(".sqlite") || name.hasSuffix(".sqlite.json") }
    // What was there before each restoration is kept on purpose.
    return errand == .restore && name.hasPrefix("diary.sqlite.before-restore-")
      && !name.hasSuffix(".partial")
  }
}
