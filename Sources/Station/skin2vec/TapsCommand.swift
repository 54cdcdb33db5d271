import ArgumentParser
import Readings
import Wording

/// `skin2vec taps`.
struct TapsCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "taps",
    abstract: "The last taps, latest first.",
    discussion: """
      A slot takes its values from its best tap: the one with the most touches that count, then \
      the latest. A tap without values was not the best, or has no touch that counts.

      Examples:
        skin2vec taps
        skin2vec taps --days 1 --touches
        skin2vec taps --person anna --json
      """)

  @Option(help: ArgumentHelp("How many days back, today with them.", valueName: "n"))
  var days = 7
  @Flag(help: "Show each touch, and why one does not count.")
  var touches = false
  @Option(help: ArgumentHelp("Only this person's.", valueName: "name"))
  var person: String?
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func validate() throws {
    guard (1...36_525).contains(days) else {
      throw ValidationError("--days \(days) is out of range: use 1 to 36525")
    }
  }

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let since = setup.local.today - (days - 1)
    let start = setup.local.bounds(of: since).start
    // A clock that was ahead for a while may have left sessions in the future.
    let end = Timestamp(microseconds: .max)
    let sessions = try await setup.archive().sessions(from: start, to: end, limit: 100_000)
      .filter { person == nil || $0.session.person.rawValue == person }
    if output.json {
      desk.say(try JSON.list(sessions.map { $0.json(withTouches: touches) }).indented())
    } else {
      let list = TapList(since: since, sessions: sessions, showsTouches: touches)
      for line in list.lines(setup.local, desk.paint) { desk.say(line) }
    }
    return .done
  }
}
