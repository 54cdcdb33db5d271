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
    let page = StatusPage(station: station, diary: await DiarySketch(of: setup, station))
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

extension DiarySketch {
  /// What the daemon's diary knows, or the configuration's where none runs.
  ///
  /// An absent or unreadable diary is told rather than thrown.
  fileprivate init(of setup: Setup, _ station: StationStatus?) async {
    // A relative path would be relative to where the daemon was started.
    let said = station.flatMap { $0.diary.hasPrefix("/") ? $0.diary : nil }
    self.init(path: said ?? setup.diary)
    do {
      let archive: any ReadingArchive = try Archive(path: path)
      summary = try await archive.summary()
      parts = try await archive.parts()
      air = try await archive.latestAir()
      let ever = (from: Timestamp(microseconds: .min), to: Timestamp(microseconds: .max))
      lastSession = try await archive.sessions(from: ever.from, to: ever.to, limit: 1).first
    } catch let error as StoreError where error.kind == .missing {
      problem = "no diary yet"
    } catch {
      problem = "\(error)"
    }
  }
}
