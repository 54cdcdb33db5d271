import ArgumentParser

/// A subcommand: its work at a desk, apart from the process it runs in.
protocol StationCommand: AsyncParsableCommand {
  /// Does what was asked, and says how it ended.
  func perform(at desk: Desk) async throws -> ExitStatus
}

extension StationCommand {
  mutating func run() async throws {
    let status = await carryOut(at: .real())
    guard status == .done else { throw ExitCode(status.rawValue) }
  }

  /// Does what was asked; a failure is said, and is the exit status.
  func carryOut(at desk: Desk) async -> ExitStatus {
    do {
      return try await perform(at: desk)
    } catch {
      let failure = Failure(error)
      for line in failure.lines(desk.paint) { desk.complain(line) }
      return failure.status
    }
  }
}
