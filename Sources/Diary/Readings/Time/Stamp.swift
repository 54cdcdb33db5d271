/// A moment in UTC, stored in microseconds since 1970-01-01T00:00Z.
package struct Timestamp: Hashable, Sendable, Comparable, Codable {
  package var microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package init(from decoder: any Decoder) throws {
    microseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(microseconds)
  }

  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }

  package static func seconds(_ seconds: Int64) -> Timestamp {
    Timestamp(microseconds: 0) + .seconds(seconds)
  }

  /// Whole seconds since 1970, rounded down.
  package var seconds: Int64 { microseconds.flooringDivision(by: 1_000_000) }

  /// The moment so much later; the last there is, or the first, where that is beyond it.
  ///
  /// Files and requests may hold any number: what is absurd must not end the program.
  package static func + (a: Timestamp, b: Duration) -> Timestamp {
    let (seconds, attoseconds) = b.components
    let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let (span, isLonger) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000)
    let (sum, isBeyond) = a.microseconds.addingReportingOverflow(span)
    if isTooLong || isLonger || isBeyond {
      return Timestamp(microseconds: b < .zero ? .min : .max)
    }
    return Timestamp(microseconds: sum)
  }

  package static func - (a: Timestamp, b: Duration) -> Timestamp { a + (.zero - b) }

  package static func - (a: Timestamp, b: Timestamp) -> Duration {
    .microseconds(a.microseconds) - .microseconds(b.microseconds)
  }
}

/// When something was measured, and how far that can be believed.
package struct Stamp: Hashable, Sendable, Codable {
  package var utc: Timestamp
  /// The kernel's boot id: 32 hexadecimal digits.
  package var bootID: String
  /// The boot-time clock (CLOCK_BOOTTIME) in microseconds.
  package var bootMicroseconds: Int64
  package var trust: ClockTrust

  package init(utc: Timestamp, bootID: String, bootMicroseconds: Int64, trust: ClockTrust) {
    self.utc = utc
    self.bootID = bootID
    self.bootMicroseconds = bootMicroseconds
    self.trust = trust
  }
}

extension Int64 {
  /// The quotient rounded towards minus infinity, where `/` rounds towards zero.
  package func flooringDivision(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder != 0 && (remainder < 0) != (divisor < 0) ? quotient - 1 : quotient
  }
}
