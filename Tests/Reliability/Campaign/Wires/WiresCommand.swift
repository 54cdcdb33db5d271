import ArgumentParser

/// Spoils transfers on a simulated bus.
struct WiresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wires", abstract: "Spoils transfers on a simulated bus.")

  func run() async throws { throw ValidationError("not built yet") }
}
