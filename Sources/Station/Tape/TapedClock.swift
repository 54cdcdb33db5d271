package import Bus

/// The board's clock as the station sees it through a deck: time passes when something is heard.
package struct TapedClock: StationClock {
  package typealias Instant = BootInstant

  private let clock: any StationClock
  private let deck: any Deck

  package init(_ clock: any StationClock, deck: any Deck) {
    self.clock = clock
    self.deck = deck
  }

  package var now: BootInstant { deck.now }
  package var minimumResolution: Duration { .microseconds(1) }
  package func reading() -> ClockReading { deck.reading() }

  package func sleep(until deadline: BootInstant, tolerance: Duration?) async throws {
    let clock = clock
    let outcome = await deck.carry(Request(.sleep), on: nil, until: deadline) {
      do {
        try await clock.sleep(until: deadline, tolerance: tolerance)
        return .done
      } catch {
        return .cancelled
      }
    }
    guard outcome == .done else { throw CancellationError() }
  }
}
