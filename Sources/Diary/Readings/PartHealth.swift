/// What was counted of a part in one hour.
package struct PartHealth: Hashable, Sendable, Codable {
  /// Name and address: `sen55 0x69`.
  package var part: String
  /// The start of the hour.
  package var hour: Timestamp
  /// Readings asked for.
  package var samples: Int
  /// Frames with a wrong checksum, or otherwise damaged.
  package var corrupted: Int
  package var notAcknowledged: Int
  package var otherFailures: Int
  /// Times it came back after it was lost.
  package var recoveries: Int
  /// Times it was started anew.
  package var restarts: Int
  /// Seconds of the hour in which its values did not count yet.
  package var warmUpSeconds: Double
  /// Seconds of the hour in which it was there.
  package var uptimeSeconds: Double
  /// Its status in words, as last read; nil where it has none.
  package var status: String?

  package init(
    part: String, hour: Timestamp, samples: Int = 0, corrupted: Int = 0, notAcknowledged: Int = 0,
    otherFailures: Int = 0, recoveries: Int = 0, restarts: Int = 0, warmUpSeconds: Double = 0,
    uptimeSeconds: Double = 0, status: String? = nil
  ) {
    self.part = part
    self.hour = hour
    self.samples = samples
    self.corrupted = corrupted
    self.notAcknowledged = notAcknowledged
    self.otherFailures = otherFailures
    self.recoveries = recoveries
    self.restarts = restarts
    self.warmUpSeconds = warmUpSeconds
    self.uptimeSeconds = uptimeSeconds
    self.status = status
  }
}
