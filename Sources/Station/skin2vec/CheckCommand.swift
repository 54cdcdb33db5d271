import ArgumentParser
import Settings

/// `skin2vec check`.
struct CheckCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks the configuration, and that the board has what it names.",
    discussion: """
      Prints every fault as file:line:column, with its mend. Exit status 78 where the file is at \
      fault, 69 where the board lacks something, 73 where the diary's folder may not be written. \
      Run it as the station's user: 'sudo -u skin2vec skin2vec check'.

      Examples:
        skin2vec check
        skin2vec check ./skin2vec.yaml --file-only
        skin2vec check --json
      """)

  @Argument(help: "The file (default: the configuration in use).", completion: .file())
  var file: String?
  @Flag(help: "Check the file only, not the board.")
  var fileOnly = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func perform(at desk: Desk) async throws -> ExitStatus {
    let report = report(of: file ?? places.file, at: desk)
    if output.json {
      desk.say(try report.json.indented())
    } else {
      for line in report.lines(desk.paint) { desk.say(line) }
    }
    return report.status
  }

  private func report(of path: String?, at desk: Desk) -> CheckReport {
    do throws(SettingsError) {
      let settings = try path.map { path throws(SettingsError) in try Settings.read(path: path) }
      let positions = try path.map { path throws(SettingsError) in try KeyPositions(path: path) }
      let check = BoardCheck(
        settings: settings ?? Settings(), file: path ?? "defaults", positions: positions,
        desk: desk)
      return CheckReport(
        file: path, findings: fileOnly ? [] : check.findings(), includesBoard: !fileOnly)
    } catch {
      let findings = error.faults.map { Finding(fault: $0, weight: .fault(.configuration)) }
      return CheckReport(file: path, findings: findings, includesBoard: false)
    }
  }
}
