import ArgumentParser

/// The analyses' command line; `skin2vec analyse`, `skin2vec plan` and `skin2vec report` run it.
@main
struct Skin2VecAnalyse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skin2vec-analyse",
    abstract: "What the diary can prove, a trial by a coin, and a month on one page.",
    discussion: """
      'skin2vec analyse', 'skin2vec plan' and 'skin2vec report' run this program. It reads the diary \
      and never writes it.

      Examples:
        skin2vec analyse
        skin2vec plan late_night
        skin2vec report --month 2026-10 --out report.html

      Exit status: 0 done (also where nothing can be said yet), 64 usage, 65 damaged diary, 66 no diary \
      or nobody of that name, 69 skin2vecd or Chromium is not there, 70 any other failure, 73 a file \
      cannot be written, 78 configuration at fault.
      """,
    subcommands: [FindCommand.self, PlanCommand.self, ReportCommand.self],
    defaultSubcommand: FindCommand.self)
}

/// A command that ends with a line for the person and a status of sysexits.h where it fails.
protocol AnalysisCommand: AsyncParsableCommand {
  func carryOut() async throws
}

extension AnalysisCommand {
  func run() async throws {
    do {
      try await carryOut()
    } catch let failure as AnalysisFailure {
      Complaint(failure.description).print()
      throw ExitCode(failure.status)
    }
  }
}
