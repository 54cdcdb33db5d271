// Source of commands and scalings: Sensirion embedded-i2c-sen5x, sen5x_i2c.h. All of these are lost at
// a reset and when power is.
extension SEN5x {
  /// How much of the temperature is the housing's own heat.
  package struct TemperatureCompensation: Hashable, Sendable {
    /// Added to the temperature, in kelvins; stored as two-hundredths.
    package let offsetKelvins: Double
    /// Added per degree of temperature; stored as ten-thousandths.
    package let slope: Double
    /// How fast a new setting takes effect; stored as whole seconds.
    package let timeConstant: Duration

    let words: [UInt16]

    /// Nil where a number does not fit the register.
    package init?(offsetKelvins: Double, slope: Double, timeConstant: Duration) {
      guard let offset = Int16(exactly: (offsetKelvins * 200).rounded()),
        let tilt = Int16(exactly: (slope * 10_000).rounded()),
        let seconds = UInt16(exactly: (timeConstant / .seconds(1)).rounded())
      else { return nil }
      self.offsetKelvins = offsetKelvins
      self.slope = slope
      self.timeConstant = timeConstant
      words = [UInt16(bitPattern: offset), UInt16(bitPattern: tilt), seconds]
    }
  }

  /// Sets the compensation; it takes effect at once.
  package func setTemperatureCompensation(
    _ compensation: TemperatureCompensation
  ) async throws(SensorError) {
    try await tell(.temperatureCompensation, compensation.words)
  }

  /// Sets how warm the part is taken to be at its next start: 0 (cold, the default) to 1 (warm).
  package func setWarmStart(_ fraction: Double) async throws(SensorError) {
    try await tell(.warmStart, [SEN5x.warmStartWord(fraction)])
  }

  /// The register's word for a warm start between 0 and 1: the whole of 16 bits.
  static func warmStartWord(_ fraction: Double) -> UInt16 {
    precondition((0...1).contains(fraction), "0 to 1 only")
    return UInt16((fraction * 65535).rounded())
  }

  /// How often the part cleans its fan by itself; zero for never.
  package func fanCleaningInterval() async throws(SensorError) -> Duration {
    let words = try await ask(.fanCleaningInterval, words: 2)
    return .seconds(SensirionFrames.number(words[0], words[1]))
  }

  /// Sets how often the part cleans its fan by itself, in whole seconds; zero for never.
  package func setFanCleaningInterval(_ interval: Duration) async throws(SensorError) {
    try await tell(.fanCleaningInterval, SEN5x.fanCleaningWords(interval))
  }

  /// The register's two words, the more significant first.
  static func fanCleaningWords(_ interval: Duration) -> [UInt16] {
    let seconds = interval.components.seconds
    precondition((0...Int64(UInt32.max)).contains(seconds), "0 to 2³² − 1 seconds only")
    return [UInt16(seconds >> 16), UInt16(seconds & 0xFFFF)]
  }
}
