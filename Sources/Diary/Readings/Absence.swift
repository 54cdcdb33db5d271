/// Why a channel has no value.
///
/// Stored, counted, drawn as a gap; never 0, NaN or the last good value.
package enum Absence: String, Error, Hashable, Sendable, CaseIterable, Codable {
  /// No part answered.
  case notPresent
  /// The part answered and had nothing new yet.
  case notReady
  /// The part, or the bus, did not answer in time.
  case timedOut
  /// A checksum or a frame was wrong.
  case corrupted
  /// The part said something it cannot mean: saturated, or almost a sentinel.
  case outOfRange
  /// The part has been running too short a time.
  case warming
  /// The part repeats an old value.
  case stale
  /// The settings or the person switched it off.
  case switchedOff
}

/// How far a value can be used.
package enum Quality: String, Hashable, Sendable, CaseIterable, Codable {
  case ok
  /// Kept and normalised, in nobody's window.
  case suspect
  /// Kept and normalised, in nobody's window, and known to be wrong.
  case bad
}

/// How far the wall clock could be trusted when a reading was stamped.
package enum ClockTrust: String, Hashable, Sendable, CaseIterable, Codable {
  case synced
  case unsynced
  /// Taken while unsynced, stamped anew when the clock was set.
  case restamped
}
