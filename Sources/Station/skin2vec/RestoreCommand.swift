import ArgumentParser
import FoundationEssentials
import Readings
import Settings
import Store
import Wording

/// `skin2vec restore`.
struct RestoreCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Puts a proved copy in the diary's place, or proves that it could.",
    discussion: """
      The copy is checked and compared with its manifest first. The diary that is there is kept, \
      under the name this command gives; a restoration that is cut off leaves either the old diary \
      or the new one. A running station lends the diary meanwhile and holds taps in memory.

      Examples:
        skin2vec restore --list
        skin2vec restore latest --drill
        skin2vec restore latest
        skin2vec restore /media/stick/diary-20261120-033012.sqlite
        skin2vec restore --salvage /var/lib/skin2vec/diary.sqlite.corrupt-1
      """)

  @Argument(help: "A copy made by 'skin2vec backup', or latest.", completion: .file())
  var copy: String?
  @Flag(help: "Prove that the copy can be used, and touch nothing.")
  var drill = false
  @Flag(name: .customLong("list"), help: "Show the copies that are there.")
  var isListing = false
  @Option(
    help: ArgumentHelp(
      "Add to the diary what can still be read of a damaged one that was moved aside.",
      valueName: "file"), completion: .file())
  var salvage: String?
  @Flag(
    name: .customLong("with-erased"),
    help: "Restore even a copy that holds what was erased from the diary since.")
  var takesErased = false
  @Flag(help: "Do not ask.")
  var yes = false
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func validate() throws {
    let wanted = [copy != nil, isListing, salvage != nil].count { $0 }
    guard wanted == 1 else {
      throw ValidationError("name one copy, or `latest`, or give --list or --salvage FILE")
    }
  }

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    if isListing {
      try Backups(folder: absolute(setup.settings.backup.folder)).show(setup, asJSON: output.json)
      return .done
    }
    if let salvage {
      let salvaging = Salvaging(setup: setup, file: absolute(salvage))
      if writing.isDryRun {
        desk.say("would write: what can still be read of \(salvaging.file)")
      } else {
        try await salvaging.run(asJSON: output.json)
      }
      return .done
    }
    let path = try path(setup)
    if drill || writing.isDryRun {
      try prove(path, setup)
      return .done
    }
    return try await restore(path, setup)
  }

  private func path(_ setup: Setup) throws -> String {
    guard let copy, copy != "latest" else {
      let folder = absolute(setup.settings.backup.folder)
      if let latest = Backups.latest(in: folder) { return latest.path }
      throw Failure(
        .noDiary, "there is no copy in \(folder)", hint: "'skin2vec backup' makes one")
    }
    return absolute(copy)
  }

  private func prove(_ path: String, _ setup: Setup) throws {
    let line = ProgressLine(at: setup.desk)
    defer { line.clear() }
    let drill = try Drill(of: path) { line.show($0, $1) }
    line.clear()
    setup.desk.say(output.json ? try drill.json(path).indented() : drill.words(path, setup.local))
  }

  private func restore(_ path: String, _ setup: Setup) async throws -> ExitStatus {
    let restoration = Restoration(diary: absolute(setup.diary), copy: path)
    let erased = restoration.erasuresUndone()
    guard erased == 0 || takesErased else {
      throw Failure(
        .usage, "\(path): holds what was erased from the diary since it was made",
        hint: "'skin2vec erase --backups' erases it in the copies too; --with-erased restores it")
    }
    try setup.desk.require(
      yes, "the diary \(setup.diary) would be replaced by \(path), and kept beside it")
    let line = ProgressLine(at: setup.desk)
    defer { line.clear() }
    let notice = try await Borrowing(setup: setup, borrower: "skin2vec restore").whileLent {
      let outcome = try restoration.run { line.show($0, $1) }
      return try await note(outcome, setup)
    }
    line.clear()
    try setup.desk.tell(notice, asJSON: output.json)
    return .done
  }

  /// Opens the new diary as its writer, which proves it once more, and keeps the notice in it.
  private func note(_ outcome: Restoration.Outcome, _ setup: Setup) async throws -> Notice {
    let made = setup.local.dateTime(outcome.manifest.madeUTC)
    let kept = outcome.keptAs.map { "; the diary that was there is kept as \($0)" } ?? ""
    let notice = Notice(
      .diaryRestored, "the diary of \(made) was restored from \(outcome.manifest.file)\(kept)",
      priority: .warning,
      fields: [.init("BACKUP", outcome.manifest.file)]
        + (outcome.keptAs.map { [.init("KEPT_AS", $0)] } ?? []), stamp: setup.stamp)
    let store = try await setup.ownWriter()
    try await store.append(notice)
    try await store.close()
    return notice
  }
}
