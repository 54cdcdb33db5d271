import Foundation
import Readings
import SimulatedParts
import Store

/// A command that writes while no daemon runs, and its end by SIGKILL.
struct ErrandRound {
  enum Errand: String, CaseIterable {
    case `import`, recompute, erase, restore, backup, event

    /// Its words on the command line.
    func arguments(_ yard: ErrandYard) -> [String] {
      let words: [String] =
        switch self {
        case .import: ["import", "air", yard.air, "--zone", "UTC", "--part", "elsewhere"]
        case .recompute: ["recompute", "--since", "2026-03-04"]
        case .erase: ["erase", "--from", "2026-03-05", "--to", "2026-03-06", "--yes"]
        case .restore: ["restore", "latest", "--yes"]
        case .backup: ["backup", "--keep", "2"]
        case .event: ["event", "late_night", "--at", "2026-03-05T22:00"]
        }
      return words + ["--config", yard.configuration]
    }
  }

  var yard: ErrandYard
  var errand: Errand

  /// Runs the command on a copy of the yard's diary, kills it, and looks at what is left.
  ///
  /// - Returns: What is wrong, and whether it was killed before its end.
  /// - Throws: A `KillFault`, Foundation's errors.
  func run(_ random: inout SeededGenerator) async throws -> (problems: [String], isKilled: Bool) {
    let milestones = try await yard.milestones(of: errand)
    try yard.reset()
    let child = try Victim(
      yard.programs.command, errand.arguments(yard), output: yard.folder + ".said")
    Waiting.milliseconds(milestones.milliseconds * 1.05 * random.uniform())
    let end = child.end()
    guard end == .signal(SIGKILL) || end == .exit(0) else {
      return (["it failed by itself: \(end): \(child.said)"], false)
    }
    var problems = try await look(milestones)
    problems += try await again(milestones)
    return (problems.map { "\(errand.rawValue): \($0)" }, end != .exit(0))
  }

  /// The diary is as before, or as after, and no copy is a lie.
  private func look(_ milestones: ErrandYard.Milestones) async throws -> [String] {
    let stage = Stage(folder: yard.work, seed: 0)
    try await stage.open()
    guard let store = stage.store else { return ["no store"] }
    var problems = store.opening.movedAside.map { ["moved aside to \($0)"] } ?? []
    let reader = try Reader(yard.diary)
    problems += try reader.texts("PRAGMA integrity_check").filter { $0 != "ok" }
    problems += try reader.texts("PRAGMA foreign_key_check").map { "a row of \($0) has no parent" }
    for (what, sql) in Inspection.halves where try reader.number(sql) > 0 { problems.append(what) }
    let found = try ErrandYard.Contents(reader)
    if !found.isWhole(milestones) {
      problems.append("neither as before nor as after: " + found.differences(from: milestones))
    }
    for copy in Backups(folder: yard.backups).verified {
      do { _ = try Drill(of: copy.path) } catch { problems.append("\(error)") }
    }
    try await stage.close()
    return problems
  }

  /// Done again it succeeds, and what was left half done is gone.
  private func again(_ milestones: ErrandYard.Milestones) async throws -> [String] {
    let child = try Victim(
      yard.programs.command,
      errand.arguments(yard) + (errand == .import ? ["--duplicates", "keep"] : []),
      output: yard.folder + ".said")
    let end = child.wait()
    guard end == .exit(0) else { return ["done again: \(end): \(child.said)"] }
    return try FolderFiles.names(in: yard.work).filter { !yard.mayStay($0, errand) }
      .map { "left behind: \($0)" }
  }
}
