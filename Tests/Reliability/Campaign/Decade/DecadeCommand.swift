import ArgumentParser

/// Simulates ten years at full speed.
struct DecadeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decade", abstract: "Simulates ten years at full speed.")

  func run() async throws { throw ValidationError("not built yet") }
}
