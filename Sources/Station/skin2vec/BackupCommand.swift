import ArgumentParser
import FoundationEssentials
import Readings
import Settings
import Store
import Wording

/// `skin2vec backup`.
struct BackupCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Makes a proved copy of the diary, while the station runs.",
    discussion: """
      Copies one moment of the diary without holding up the station, opens the copy anew, checks \
      every page, compares it with the diary cell by cell, and only then removes the oldest copy. \
      A copy that does not match is thrown away, and the others stay.

      Never copy the diary's file yourself while the station runs: what was saved last stands \
      beside it, and such a copy lacks it, or is torn.

      Examples:
        skin2vec backup
        skin2vec backup --to /media/stick --keep 30
        skin2vec backup --list
      """)

  @Option(
    help: ArgumentHelp("The folder (default: as the configuration says).", valueName: "folder"),
    completion: .directory)
  var to: String?
  @Option(
    help: ArgumentHelp(
      "How many copies of this diary stay (default: as the configuration says).",
      valueName: "count"))
  var keep: Int?
  @Flag(name: .customLong("list"), help: "Show the copies that are there, and make none.")
  var isListing = false
  @Flag(name: .customLong("dry-run"), help: "Look whether a copy can be made, and make none.")
  var isDryRun = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func validate() throws {
    guard keep.map({ $0 > 0 }) ?? true else {
      throw ValidationError("--keep is out of range: use 1 or more")
    }
  }

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let folder = absolute(to ?? setup.settings.backup.folder)
    if isListing {
      try Backups(folder: folder).show(setup, asJSON: output.json)
      return .done
    }
    let owner = Ownership(of: setup.diary)
    owner.assume()
    defer { owner.giveUp() }
    let run = BackupRun(
      diary: absolute(setup.diary), folder: folder, keep: keep ?? setup.settings.backup.keep)
    if isDryRun {
      let bytes = try run.prepare()
      let words = "a copy of \(setup.diary) in \(folder), at most \(sizeInWords(bytes))"
      try desk.report(
        wouldWrite: words, ["folder": .text(folder), "size_bytes": .integer(bytes)],
        asJSON: output.json)
      return .done
    }
    try makeUsualFolder(folder, setup.settings.backup.folder)
    return try await carryOut(run, setup)
  }

  private func carryOut(_ run: BackupRun, _ setup: Setup) async throws -> ExitStatus {
    let line = ProgressLine(at: setup.desk)
    do {
      let outcome = try run.run(at: setup.stamp) { line.show($0, $1) }
      line.clear()
      let words = outcome.words
      await BackupNews(setup: setup).tell(Notice(.backupMade, words, fields: outcome.fields))
      setup.desk.say(output.json ? try outcome.json.indented() : words)
      return .done
    } catch {
      line.clear()
      await BackupNews(setup: setup).tell(
        Notice(.backupFailed, "no backup was made: \(error)", priority: .error))
      throw error
    }
  }

  /// The folder of the settings is made where it is missing; a stick that is not in is not.
  private func makeUsualFolder(_ folder: String, _ usual: String) throws {
    guard folder == usual, !FileManager.default.fileExists(atPath: folder) else { return }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o750])
    } catch {
      throw Failure(
        .cannotCreate, "\(folder): the folder for backups could not be made",
        hint: "make it for the station's user, or name another under `backup: folder`")
    }
  }
}
