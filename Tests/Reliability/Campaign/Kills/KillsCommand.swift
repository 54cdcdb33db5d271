import ArgumentParser

/// Kills the real daemon again and again.
struct KillsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kills", abstract: "Kills the real daemon again and again.")

  func run() async throws { throw ValidationError("not built yet") }
}
