import ArgumentParser
import Control
import Glibc
import Readings
import Settings
import Store

/// Where the configuration and the diary are.
struct PlaceOptions: ParsableArguments {
  static let defaultConfiguration = "/etc/skin2vec/skin2vec.yaml"

  @Option(
    help: ArgumentHelp(
      "The configuration file (default: \(defaultConfiguration); without it the defaults).",
      valueName: "path"))
  var config: String?

  @Option(
    help: ArgumentHelp("The diary (default: as the configuration says).", valueName: "path"))
  var database: String?

  /// The file that is read: the one given, or the usual one where it is there.
  var file: String? {
    if let config { return config }
    return access(Self.defaultConfiguration, F_OK) == 0 ? Self.defaultConfiguration : nil
  }

  /// Reads the configuration.
  func setup(at desk: Desk) throws -> Setup {
    let settings = try file.map { path throws(SettingsError) in try Settings.read(path: path) }
    return try Setup(settings ?? Settings(), database: database, at: desk)
  }
}

/// For commands whose output a program may read.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print JSON, for a program to read.")
  var json = false
}

/// The configuration, and what follows from it for every command.
struct Setup: Sendable {
  var settings: Settings
  /// The diary's path.
  var diary: String
  /// Whether the diary is not the one of the configuration, of which the daemon knows nothing.
  var isOtherDiary: Bool
  var local: LocalClock
  var desk: Desk

  init(_ settings: Settings, database: String?, at desk: Desk) throws(ZoneError) {
    self.settings = settings
    self.desk = desk
    diary = database ?? settings.diary
    isOtherDiary = diary != settings.diary
    let name = settings.time.zone ?? desk.systemZone
    let plan = DayPlan(
      zone: try name.map { name throws(ZoneError) in try ZoneRules(named: name) } ?? .utc,
      morningStart: settings.time.morning.minutes, eveningStart: settings.time.evening.minutes)
    local = LocalClock(plan: plan, now: desk.now)
  }

  /// Opens the diary for reading.
  func archive() throws(StoreError) -> any ReadingArchive { try Archive(path: diary) }

  /// How the station is, or nil where no daemon runs.
  func station() throws(ControlError) -> StationStatus? {
    do throws(ControlError) {
      let answer = try ControlClient(path: settings.control).send(.status)
      guard case .status(let status) = answer else {
        throw ControlError.malformed("another answer than asked for")
      }
      return status
    } catch .notRunning {
      return nil
    }
  }
}
