import ArgumentParser
import Readings
import Store
import Wording

/// `skin2vec today`.
struct TodayCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "today",
    abstract: "A day's taps and how they compare, its air, scores and events.",
    discussion: """
      A day is the plan's: what comes before the morning begins (04:00 by default) belongs to the \
      evening of the day before. A deviation counts robust standard deviations of your own \
      values: mornings against mornings, evenings against evenings.

      Examples:
        skin2vec today
        skin2vec today --date yesterday
        skin2vec today --date 2026-11-20 --json
      """)

  @Option(help: ArgumentHelp("Another day.", valueName: "YYYY-MM-DD"))
  var date = "today"
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let date = try setup.local.day(date)
    let page = try await DayPage(
      date: date, archive: Archive(path: setup.diary), local: setup.local)
    if output.json {
      desk.say(try page.json.indented())
    } else {
      for line in page.lines(setup.local, desk.paint) { desk.say(line) }
    }
    return .done
  }
}
