import ArgumentParser
import Glibc
import Settings

/// Where the configuration and the diary are.
struct PlaceOptions: ParsableArguments {
  static let defaultConfiguration = "/etc/skin2vec/skin2vec.yaml"

  @Option(
    help: ArgumentHelp(
      "The configuration file (default: \(defaultConfiguration); without it the defaults).",
      valueName: "path"), completion: .file())
  var config: String?

  @Option(
    help: ArgumentHelp("The diary (default: as the configuration says).", valueName: "path"),
    completion: .file())
  var database: String?

  @Option(
    help: ArgumentHelp(
      "The daemon's control socket (default: as the configuration says).", valueName: "path"),
    completion: .file())
  var control: String?

  /// The file that is read: the one given, or the usual one where it is there.
  var file: String? {
    if let config { return config }
    return access(Self.defaultConfiguration, F_OK) == 0 ? Self.defaultConfiguration : nil
  }

  /// Reads the configuration.
  func setup(at desk: Desk) async throws -> Setup {
    let read = try file.map { path throws(SettingsError) in try Settings.read(path: path) }
    var settings = read ?? Settings()
    let isOtherDiary = control == nil && database.map { $0 != settings.diary } ?? false
    settings.diary = database ?? settings.diary
    settings.control = control ?? settings.control
    return try await Setup(settings, isOtherDiary: isOtherDiary, at: desk)
  }
}

/// For commands whose output a program may read.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print JSON, for a program to read.")
  var json = false
}
