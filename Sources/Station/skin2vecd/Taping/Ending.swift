import Acquisition
import Bus
import ServiceLifecycle
import Tape

/// Ends the station's present life when something from outside says so.
struct Ending: Service {
  /// What the tape calls it: `stop`.
  let name: String
  let deck: any Deck
  /// Returns when it is said, and soon after it is cancelled.
  let wait: @Sendable () async -> Void

  func run() async throws {
    await untilShutdown {
      _ = await deck.hear(name) {
        await wait()
        return .done
      }
    }
  }
}

extension Service {
  /// The same service, whose requests a tape knows by a name.
  func on(_ track: String) -> any Service { OnTrack(track, self) }
}

/// A service whose every request the tape knows by a name.
private struct OnTrack: Service {
  let track: Track
  let service: any Service

  init(_ name: String, _ service: any Service) {
    track = Track(name)
    self.service = service
  }

  func run() async throws {
    try await Track.$current.withValue(track) { try await service.run() }
  }
}
