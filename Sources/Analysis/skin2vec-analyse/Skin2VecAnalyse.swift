import ArgumentParser

/// The analyses' command line; `skin2vec analyse`, `skin2vec plan` and `skin2vec report` run it.
@main
struct Skin2VecAnalyse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skin2vec-analyse",
    abstract: "What the diary can prove. Reads the diary and never writes it.",
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
