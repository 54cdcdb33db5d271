import ArgumentParser

/// Writes the page from the outcomes.
struct PageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "page", abstract: "Writes the page from the outcomes.")

  func run() async throws { throw ValidationError("not built yet") }
}
