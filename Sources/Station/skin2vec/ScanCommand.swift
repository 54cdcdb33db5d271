import ArgumentParser
import Readings
import Bus
import Control
import Settings

/// `skin2vec scan`.
struct ScanCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Who answers on the I²C buses, and who it may be.",
    discussion: """
      Looks at every address the way i2cdetect does, and asks who is there where asking can do no \
      harm. While skin2vecd runs this is fine but slow, and nobody is asked: 'skin2vec status' \
      shows who the daemon has found.

      Examples:
        skin2vec scan
        skin2vec scan --bus /dev/i2c-1 --json
      """)

  @Option(
    help: ArgumentHelp("Only this bus (default: those of the configuration).", valueName: "path"),
    completion: .file())
  var bus: [String] = []
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let isRunning = setup.isStationRunning
    if isRunning {
      desk.complain(
        "skin2vecd runs: scanning is slow beside it, and parts are not asked who they are")
    }
    let names = Dictionary(uniqueKeysWithValues: setup.settings.buses.map { ($1, $0) })
    let paths = bus.isEmpty ? names.sorted { $0.value < $1.value }.map(\.key) : bus
    var scans: [BusScan] = []
    for path in paths {
      let configured = setup.settings.parts.filter { $0.bus == names[path] }
      let scanner = Scanner(clock: desk.clock, configured: configured, asks: !isRunning)
      scans.append(await scan(path, name: names[path], scanner, desk))
    }
    if output.json {
      desk.say(try JSON.list(scans.map(\.json)).indented())
    } else {
      for line in scans.flatMap({ $0.lines(desk.paint) }) { desk.say(line) }
    }
    return scans.contains { $0.problem != nil } ? .unavailable : .done
  }

  private func scan(
    _ path: String, name: String?, _ scanner: Scanner, _ desk: Desk
  ) async -> BusScan {
    do {
      return await scanner.scan(try desk.board.openBus(path), path: path, name: name)
    } catch {
      return BusScan(path: path, name: name, problem: error.description, hint: error.hint)
    }
  }
}
