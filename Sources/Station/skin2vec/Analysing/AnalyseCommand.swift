import ArgumentParser

/// `skin2vec analyse`.
struct AnalyseCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyse",
    abstract: "What the diary can prove, with how sure it is, or why nothing can be said.",
    discussion: """
      Effects of events, the humidity a skin likes best, drifts and shifts, comparisons of \
      products, forecasts. Runs skin2vec-analyse, which lies beside this program; \
      'skin2vec analyse --help' is its own.

      Examples:
        skin2vec analyse
        skin2vec analyse effects --json
        skin2vec analyse --explain 3
      """)

  @Argument(parsing: .captureForPassthrough, help: "What is asked, and how.")
  var arguments: [String] = []

  func perform(at desk: Desk) async throws -> ExitStatus {
    throw AnalysesProgram.handOver("find", arguments)
  }
}

/// `skin2vec plan`.
struct PlanCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Tosses a coin for an event, day by day: the one way to a cause.",
    discussion: """
      Proposes a randomised trial of one event on one person, how long it must last, and says what \
      came of it. Runs skin2vec-analyse; 'skin2vec plan --help' is its own.

      Examples:
        skin2vec plan late_night
        skin2vec plan late_night --begin 2026-12-01
      """)

  @Argument(parsing: .captureForPassthrough, help: "Which event, and how.")
  var arguments: [String] = []

  func perform(at desk: Desk) async throws -> ExitStatus {
    throw AnalysesProgram.handOver("plan", arguments)
  }
}

/// `skin2vec report`.
struct ReportCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "One month as a page: readings, findings, and what cannot be said.",
    discussion: """
      Writes one file that needs nothing else, with figures. Runs skin2vec-analyse; 'skin2vec \
      report --help' is its own.

      Examples:
        skin2vec report --month 2026-10 --out report.html
        skin2vec report --month 2026-10 --out report.pdf
      """)

  @Argument(parsing: .captureForPassthrough, help: "Which month, and where to.")
  var arguments: [String] = []

  func perform(at desk: Desk) async throws -> ExitStatus {
    throw AnalysesProgram.handOver("report", arguments)
  }
}
