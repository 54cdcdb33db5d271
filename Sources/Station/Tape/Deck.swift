package import Bus

/// Through which everything passes that the station asks and hears: records it, or plays it back.
package protocol Deck: Sendable {
  /// The time of the last thing heard; it stands still until the next.
  var now: BootInstant { get }

  /// Both clocks, as of the last thing heard.
  func reading() -> ClockReading

  /// Asks for something and waits for what comes of it.
  ///
  /// - Parameters:
  ///   - request: What is asked.
  ///   - track: Who asks, where it is not the present task's loop.
  ///   - deadline: When it is to end, where that is known.
  ///   - act: Asks the world; not called where it is played back, save to keep something.
  /// - Returns: What came of it.
  @concurrent func carry(
    _ request: Request, on track: String?, until deadline: BootInstant?,
    _ act: @Sendable () async -> Outcome
  ) async -> Outcome

  /// Something about the board that never changes.
  ///
  /// - Parameters:
  ///   - request: What is meant.
  ///   - isTrue: How the board has it.
  /// - Returns: How the taped board had it.
  func fact(_ request: Request, _ isTrue: Bool) -> Bool
}

extension Deck {
  /// The same of what has no deadline.
  @concurrent package func carry(
    _ request: Request, on track: String?, _ act: @Sendable () async -> Outcome
  ) async -> Outcome {
    await carry(request, on: track, until: nil, act)
  }

  /// Waits for something from outside: a stop, or somebody who asks.
  ///
  /// - Parameters:
  ///   - subject: What is waited for; it is a track of its own.
  ///   - act: Waits for it; ends soon after it is cancelled.
  /// - Returns: What was heard.
  package func hear(_ subject: String, _ act: @Sendable () async -> Outcome) async -> Outcome {
    await carry(Request(.hear, subject), on: subject, act)
  }
}

/// No tape: everything passes as it is.
package struct Bypass: Deck {
  private let clock: any StationClock

  package init(clock: any StationClock) { self.clock = clock }

  package var now: BootInstant { clock.now }
  package func reading() -> ClockReading { clock.reading() }

  @concurrent package func carry(
    _ request: Request, on track: String?, until deadline: BootInstant?,
    _ act: @Sendable () async -> Outcome
  ) async -> Outcome { await act() }

  package func fact(_ request: Request, _ isTrue: Bool) -> Bool { isTrue }
}
