import ArgumentParser

/// Pulls the plug of a simulated disk at every point of a run.
struct PowerCutsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "power-cuts",
    abstract: "Pulls the plug of a simulated disk at every point of a run.")

  func run() async throws { throw ValidationError("not built yet") }
}
