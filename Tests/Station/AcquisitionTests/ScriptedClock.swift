import Bus
import Readings
import Synchronization

/// A clock that says what a test tells it to; nobody can sleep by it.
final class ScriptedClock: StationClock {
  typealias Instant = BootInstant

  /// The true time at boot in these tests: 2026-03-03 21:13:05 UTC.
  static let bootUTC: Int64 = 1_772_572_385_000_000

  private let state: Mutex<ClockReading>

  init(uptime: Duration = .seconds(20), error: Duration = .zero, synchronisation: Int64? = 1) {
    state = Mutex(
      ClockReading(
        bootID: String(repeating: "b", count: 32), boot: BootInstant(sinceBoot: uptime),
        utcMicroseconds: Self.bootUTC + uptime.microseconds + error.microseconds,
        synchronisation: synchronisation))
  }

  var now: BootInstant { reading().boot }
  var minimumResolution: Duration { .microseconds(1) }
  func reading() -> ClockReading { state.withLock(\.self) }
  func sleep(until deadline: BootInstant, tolerance: Duration?) async throws {
    throw CancellationError()
  }

  /// Both clocks run on, as they do through a suspend.
  func pass(_ duration: Duration) {
    state.withLock { reading in
      reading.boot = reading.boot.advanced(by: duration)
      reading.utcMicroseconds += duration.microseconds
    }
  }

  /// The wall clock alone moves.
  func step(by duration: Duration) {
    state.withLock { $0.utcMicroseconds += duration.microseconds }
  }

  /// The time service vouches for the clock anew, or no longer.
  func confirm(_ number: Int64?) { state.withLock { $0.synchronisation = number } }
}
