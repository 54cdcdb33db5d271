extension TSL2591 {
  /// How much the photodiodes' currents are amplified (datasheet, "Control register (0x01)").
  package enum Gain: UInt8, Hashable, Sendable, CaseIterable {
    /// 1, 25, 428 and 9876 times.
    case low, medium, high, maximum
  }

  /// How long light is gathered (datasheet, "Control register (0x01)").
  package enum Integration: UInt8, Hashable, Sendable, CaseIterable {
    case milliseconds100, milliseconds200, milliseconds300, milliseconds400, milliseconds500
    case milliseconds600

    /// The nominal time.
    package var integrationTime: Duration { .milliseconds(100) * Int(rawValue + 1) }

    /// The nominal time with the oscillator at its slowest.
    ///
    /// 120 ms for each 100 ms, as Adafruit_TSL2591 waits (getFullLuminosity).
    package var longestTime: Duration { .milliseconds(120) * Int(rawValue + 1) }

    /// The count at which the converter is full.
    ///
    /// 36 863 at 100 ms, 65 535 above (datasheet, "ALS operating characteristics", maximum count).
    package var fullScale: UInt16 { self == .milliseconds100 ? 36_863 : .max }
  }

  /// What one integration counted.
  package struct Light: Hashable, Sendable {
    /// Visible light and infrared, in counts.
    package var channel0: UInt16
    /// Infrared, in counts.
    package var channel1: UInt16
    package var gain: Gain
    package var integration: Integration
    /// Whether a whole integration has ended since the part was enabled.
    package var isValid: Bool

    package init(
      channel0: UInt16, channel1: UInt16, gain: Gain, integration: Integration, isValid: Bool = true
    ) {
      self.channel0 = channel0
      self.channel1 = channel1
      self.gain = gain
      self.integration = integration
      self.isValid = isValid
    }

    /// The nominal time the light was gathered.
    package var integrationTime: Duration { integration.integrationTime }

    /// Whether either channel is full, for this integration time: the count is then too low.
    package var isSaturated: Bool { max(channel0, channel1) >= integration.fullScale }
  }

  /// The control register's byte: gain in bits 5 and 4, time in bits 2 to 0.
  static func controlByte(gain: Gain, integration: Integration) -> UInt8 {
    gain.rawValue << 4 | integration.rawValue
  }
}

extension TSL2591.Light {
  /// From CONTROL and the five bytes from STATUS on; throws `.corrupted` on a time that has no code.
  init(control: UInt8, bytes: [UInt8]) throws(SensorError) {
    guard let gain = TSL2591.Gain(rawValue: control >> 4 & 0x03),
      let integration = TSL2591.Integration(rawValue: control & 0x07)
    else { throw .corrupted("the control register holds \(control.hex), which has no meaning") }
    self.init(
      channel0: UInt16(bytes[2]) << 8 | UInt16(bytes[1]),
      channel1: UInt16(bytes[4]) << 8 | UInt16(bytes[3]), gain: gain, integration: integration,
      // AVALID (datasheet, "Status register (0x13)").
      isValid: bytes[0] & 0x01 != 0)
  }
}
