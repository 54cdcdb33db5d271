import ArgumentParser

/// Feeds every decoder with what it should never see.
struct InputsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inputs", abstract: "Feeds every decoder with what it should never see.")

  func run() async throws { throw ValidationError("not built yet") }
}
