import ArgumentParser
import Control
import Readings
import Store

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
    let page = StatusPage(station: station, diary: try await DiarySketch(of: setup))
    if output.json {
      desk.say(try page.json())
    } else {
      for line in page.lines(setup.local, desk.paint) { desk.say(line) }
    }
    return station == nil ? .notRunning : .done
  }
}

extension DiarySketch {
  /// What the diary knows; an absent or unreadable diary is told rather than thrown.
  fileprivate init(of setup: Setup) async throws {
    self.init(path: setup.diary)
    do {
      let archive = try setup.archive()
      summary = try await archive.summary()
      parts = try await archive.parts()
      air = try await archive.latestAir()
      let ever = (from: Timestamp(microseconds: .min), to: Timestamp(microseconds: .max))
      lastSession = try await archive.sessions(from: ever.from, to: ever.to, limit: 1).first
    } catch let error as StoreError {
      problem = error.kind == .missing ? "no diary yet" : error.description
    }
  }
}
