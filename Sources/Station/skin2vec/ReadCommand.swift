import Acquisition
import Readings
import ArgumentParser
import Bus
import Sensors
import Settings
import Wording

/// `skin2vec read`.
struct ReadCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "Reads parts once, with the bytes as they came.",
    discussion: """
      For wiring and for testing: nothing is kept. Parts are left as they were found; an idle \
      SEN5x, SEN66 or SPS30 is started for the reading and stopped. Reads the parts of the configuration, \
      or those named by part or address. While skin2vecd runs, the parts are its own.

      Examples:
        skin2vec read
        skin2vec read fdc1004
        skin2vec read 0x69 --json
      """)

  @Argument(help: "Parts by name or address: sen55, 0x50.")
  var parts: [String] = []
  @Flag(help: "Read beside a running daemon; the two may spoil each other's readings.")
  var anyway = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let wanted = try wantedParts(of: setup.settings)
    if !anyway, try setup.station() != nil {
      throw Failure(
        .unavailable, "skin2vecd runs, and the parts are its own",
        hint: "'skin2vec status' shows what it reads; --anyway reads beside it")
    }
    let reader = PartReader(settings: setup.settings, clock: desk.clock)
    var buses: [String: any I2CBus] = [:]
    var readings: [PartReading] = []
    for part in wanted {
      let path = setup.settings.buses[part.bus] ?? part.bus
      do throws(BusError) {
        if buses[path] == nil { buses[path] = try desk.board.openBus(path) }
        guard let bus = buses[path] else { continue }
        readings.append(await reader.read(part, on: bus))
      } catch {
        var reading = PartReading(part: part.part.name(at: part.address), bus: path)
        reading.fail(.bus(error))
        readings.append(reading)
      }
    }
    if output.json {
      desk.say(try JSON.list(readings.map(\.json)).indented())
    } else {
      for line in readings.flatMap({ $0.lines(desk.paint) }) { desk.say(line) }
    }
    return readings.contains { $0.problem != nil } ? .unavailable : .done
  }

  private func wantedParts(of settings: Settings) throws(Failure) -> [Settings.Part] {
    for name in parts where !settings.parts.contains(where: { $0.answers(to: name) }) {
      let known = settings.parts.map(\.part.rawValue)
      throw Failure(
        .usage, "`\(name.printable)` is no part of the configuration",
        hint: Spelling.hint(for: name, among: known) + "; 'skin2vec scan' shows who answers")
    }
    return settings.parts.filter { part in
      parts.isEmpty || parts.contains { part.answers(to: $0) }
    }
  }
}

extension Settings.Part {
  /// Whether it goes by a name on the command line: `sen55`, `0x69`.
  fileprivate func answers(to name: String) -> Bool {
    let name = name.lowercased()
    return name == part.rawValue || name == address.description.lowercased()
  }
}
