package import Bus
package import Readings
import Synchronization

/// Says what time it is, and how far that can be trusted.
///
/// The wall clock is trusted once the time service has set it. After a step it is not, until the
/// service confirms it anew or it returns to where it was. Whatever was stamped in between is
/// stamped again from the boot-time clock when trust returns.
package final class TimeKeeper: Sendable {
  /// Something the clock did that people should know.
  package enum Event: Hashable, Sendable {
    /// The wall clock moved against the boot-time clock.
    case stepped(by: Duration)
    /// The wall clock can be trusted from now on; the boot-time clock stood at zero at `zero`.
    case set(zero: Timestamp)
  }

  fileprivate struct State {
    var isTrusted = false
    /// UTC less boot time, in microseconds, when last looked at; nil before the first look.
    var offset: Int64?
    /// The same when it was last trusted.
    var trustedOffset: Int64?
    var confirmation: Int64?
    var events: [Event] = []
  }

  package let clock: any StationClock
  private let state = Mutex(State())
  /// A difference between two looks that no oscillator makes, in microseconds.
  private static let step: Int64 = 1_000_000

  package init(clock: any StationClock) { self.clock = clock }

  /// The time now.
  package func stamp() -> Stamp { stamp(look()) }

  /// The time of a moment on the boot-time clock, by what is known of the wall clock now.
  package func stamp(at instant: BootInstant) -> Stamp {
    var reading = look()
    reading.utcMicroseconds -= reading.boot.microseconds - instant.microseconds
    reading.boot = instant
    return stamp(reading)
  }

  /// Looks at the clocks and takes what happened since the last call.
  package func takeEvents() -> [Event] {
    _ = look()
    return state.withLock { state in
      defer { state.events = [] }
      return state.events
    }
  }

  /// Whether the wall clock can be trusted.
  package var isTrusted: Bool {
    _ = look()
    return state.withLock { $0.isTrusted }
  }

  private func stamp(_ reading: ClockReading) -> Stamp {
    Stamp(
      utc: Timestamp(microseconds: reading.utcMicroseconds), bootID: reading.bootID,
      bootMicroseconds: reading.boot.microseconds,
      trust: state.withLock { $0.isTrusted } ? .synced : .unsynced)
  }

  private func look() -> ClockReading {
    let reading = clock.reading()
    state.withLock { $0.take(reading, step: Self.step) }
    return reading
  }
}

extension TimeKeeper.State {
  fileprivate mutating func take(_ reading: ClockReading, step: Int64) {
    let offset = reading.utcMicroseconds - reading.boot.microseconds
    let moved = self.offset.map { offset - $0 } ?? 0
    let isStep = abs(moved) > step
    let isConfirmed = reading.synchronisation != nil && reading.synchronisation != confirmation
    let wasTrusted = isTrusted
    if isStep { events.append(.stepped(by: .microseconds(moved))) }
    if reading.synchronisation == nil {
      isTrusted = false
    } else if isConfirmed {
      isTrusted = true
    } else if isStep {
      isTrusted = trustedOffset.map { abs(offset - $0) <= step } ?? false
    }
    if isTrusted {
      trustedOffset = offset
      if !wasTrusted {
        events.append(.set(zero: Timestamp(microseconds: offset)))
      }
    }
    confirmation = reading.synchronisation
    self.offset = offset
  }
}
