package import Testing

/// Lets only a few of a suite's tests run at a time.
///
/// They live through weeks or write whole diaries. All at once they would leave no processor to the
/// tests that talk over real sockets and wait seconds, not minutes, for an answer.
package struct TakingTurns: SuiteTrait, TestTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @Sendable @concurrent () async throws -> Void
  ) async throws {
    guard testCase != nil else { return try await function() }
    await Self.turns.take()
    do {
      try await function()
    } catch {
      await Self.turns.giveBack()
      throw error
    }
    await Self.turns.giveBack()
  }

  private static let turns = Turns(2)
}

extension Trait where Self == TakingTurns {
  package static var takingTurns: TakingTurns { TakingTurns() }
}

/// So many may have one at a time; the others wait in the order they came.
private actor Turns {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  func take() async {
    guard free == 0 else {
      free -= 1
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  func giveBack() {
    guard waiting.isEmpty else { return waiting.removeFirst().resume() }
    free += 1
  }
}
