package import Readings

/// One channel of one sample of the air: what was said, what became of it, and where it went.
package struct AirExplanation: Hashable, Sendable {
  package var channel: Channel
  /// The whole sample, as the diary holds it.
  package var sample: AirSample
  /// How many microseconds later it is filed, because another one has its own.
  package var nudge: Duration
  /// As the diary holds it.
  package var reading: AirReading
  /// What is made of the raw value anew; nil where nothing was said.
  package var derived: AirReading?
  package var part: PartThen?
  /// The correction in force; nil where the value is taken as it is said.
  package var correction: Calibration?
  package var checks: [Check]
  package var limits: LimitsInForce
  package var restamps: [Restamp]
  package var hour: AirHour?
  /// The slots whose air it is part of.
  package var slots: [SlotKey]

  /// Whether what is stored is not what is worked out anew.
  package var differs: Bool {
    guard let derived else { return false }
    switch (reading.state, derived.state) {
    case (.value(let a, let quality, let reason), .value(let b, let other, let why)):
      return !near(a, b) || quality != other || reason != why
    default: return reading.state != derived.state
    }
  }
}

/// An hour's rollup of a channel of the air.
package struct AirHour: Hashable, Sendable {
  package var start: Timestamp
  package var mean: Double
  package var least: Double
  package var greatest: Double
  package var count: Int
  /// How many samples it should have had; nil where nobody knows.
  package var expected: Int?
}
