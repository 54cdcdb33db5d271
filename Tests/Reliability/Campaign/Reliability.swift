import ArgumentParser

/// Tries to lose a reading, in bulk, and says what came out.
///
/// Run by `Tests/Reliability/campaign`, which collects the outcomes and writes `Tests/RELIABILITY.md`.
@main
struct Reliability: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reliability",
    abstract: "Tries to lose, to invent or to spoil a reading, in bulk.",
    discussion: """
      Each campaign tells how far it is on standard error, and at the end prints one line \
      'outcome: {…}' on standard output. Its status is 1 where anything was lost, and where a \
      planted defect was not noticed.
      """,
    subcommands: [
      PowerCutsCommand.self, KillsCommand.self, WiresCommand.self, InputsCommand.self,
      DecadeCommand.self, PageCommand.self,
    ])
}
