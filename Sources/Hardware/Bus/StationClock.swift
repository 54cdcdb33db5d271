/// A moment on the clock that starts at boot and runs through suspend (CLOCK_BOOTTIME).
package struct BootInstant: InstantProtocol, Hashable, Sendable {
  package var sinceBoot: Duration

  package init(sinceBoot: Duration) { self.sinceBoot = sinceBoot }

  package func advanced(by duration: Duration) -> BootInstant {
    BootInstant(sinceBoot: sinceBoot + duration)
  }

  package func duration(to other: BootInstant) -> Duration { other.sinceBoot - sinceBoot }

  package static func < (a: BootInstant, b: BootInstant) -> Bool { a.sinceBoot < b.sinceBoot }

  /// Whole microseconds since boot.
  package var microseconds: Int64 { sinceBoot.microseconds }
}

/// What the board's clocks said at one moment.
///
/// The only source of wall-clock time in the station.
package struct ClockReading: Hashable, Sendable {
  /// The kernel's boot id: 32 hexadecimal digits.
  package var bootID: String
  package var boot: BootInstant
  /// Wall-clock time in microseconds since 1970-01-01T00:00Z, as the kernel has it now.
  package var utcMicroseconds: Int64
  /// Nil while the time service has not set the clock since boot; afterwards a number that changes
  /// whenever the service confirms the clock anew.
  package var synchronisation: Int64?

  package init(
    bootID: String, boot: BootInstant, utcMicroseconds: Int64, synchronisation: Int64?
  ) {
    self.bootID = bootID
    self.boot = boot
    self.utcMicroseconds = utcMicroseconds
    self.synchronisation = synchronisation
  }
}

/// The board's clock: waits run on time since boot and never on the wall clock.
package protocol StationClock: Clock where Instant == BootInstant, Duration == Swift.Duration {
  /// Both clocks, read together.
  func reading() -> ClockReading
}

extension Duration {
  /// Whole microseconds, rounded towards zero; the most there can be where it is longer.
  package var microseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let (sum, isLonger) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000)
    return isTooLong || isLonger ? (seconds < 0 ? .min : .max) : sum
  }

  /// Seconds as a floating-point number.
  package var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
