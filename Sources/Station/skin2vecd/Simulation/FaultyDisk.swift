import Acquisition
import Bus
import ServiceLifecycle
import SimulatedParts
import Tape

/// Stands between a simulated station and its diary: refuses what a full disk, or a board without
/// power, would not write.
struct FaultyDisk: Deck {
  let deck: any Deck
  let faults: [BoardFault]
  /// When the scenario began.
  let start: BootInstant

  var now: BootInstant { deck.now }

  func reading() -> ClockReading { deck.reading() }

  @concurrent func carry(
    _ request: Request, on track: String?, until deadline: BootInstant?,
    _ act: @Sendable () async -> Outcome
  ) async -> Outcome {
    let elapsed = start.duration(to: deck.now)
    guard let fault = faults.first(where: { $0.isOn(at: elapsed) }) else {
      return await deck.carry(request, on: track, until: deadline, act)
    }
    let words = fault.kind == .powerCut ? "the power was cut" : "the disk is full"
    return await deck.carry(request, on: track) { .refused(words) }
  }

  func fact(_ request: Request, _ isTrue: Bool) -> Bool { deck.fact(request, isTrue) }
}

/// The plug was pulled, as the scenario says.
struct PowerCut: Service, Error {
  let at: BootInstant
  let clock: any StationClock

  func run() async throws {
    try await untilShutdown {
      if await clock.wait(until: at) { throw self }
    }
  }
}
