import ArgumentParser
import Control
import Readings
import Settings
import Store
import Wording

/// `skin2vec status`.
struct StatusCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "How the station is: parts, last tap, diary.",
    discussion: """
      Asks skin2vecd. Where it does not run, says so, shows what the diary knows, and ends with \
      exit status 3, as systemctl status does.

      Examples:
        skin2vec status
        skin2vec status --json | jq .last_tap
      """)

  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let station = try setup.station()
    let page = StatusPage(
      station: station, diary: await DiarySketch(of: setup, station),
      backup: Backups.latest(in: setup.settings.backup.folder))
    if output.json {
      desk.say(try page.json())
    } else {
      for line in page.lines(clock(setup, station), desk.paint) { desk.say(line) }
    }
    return station == nil ? .notRunning : .done
  }

  /// The person's clock; simulated people have a time of their own.
  private func clock(_ setup: Setup, _ station: StationStatus?) -> LocalClock {
    var clock = setup.local
    if let station, station.isSimulated {
      clock.now = station.started + .seconds(station.uptimeSeconds)
    }
    return clock
  }
}
