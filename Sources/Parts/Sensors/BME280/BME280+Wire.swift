extension BME280 {
  /// Start-up time, maximum (section 1.1, table 1).
  static let startUp = Duration.milliseconds(2)

  /// Addresses (section 5.3, table 18).
  enum Register {
    static let calibrationLow: UInt8 = 0x88
    static let id: UInt8 = 0xD0
    static let reset: UInt8 = 0xE0
    static let calibrationHigh: UInt8 = 0xE1
    static let humidityControl: UInt8 = 0xF2
    static let status: UInt8 = 0xF3
    static let measureControl: UInt8 = 0xF4

    /// What counts of ctrl_hum (section 5.4.3) and of config, whose bit 1 is reserved (5.4.6).
    static let humidityBits: UInt8 = 0x07
    static let configBits: UInt8 = 0xFD
  }

  /// Where what stands in one burst from ctrl_hum on (section 5.3, table 18).
  enum Burst {
    static let humidityControl = 0
    static let status = 1
    static let measureControl = 2
    static let config = 3
    static let data = 5
    static let byteCount = 13
  }

  /// Four reads alike: one flipped bit in every transfer passes once in a million of these bursts.
  func read(_ register: UInt8, count: Int) async throws(SensorError) -> [UInt8] {
    try await wire.readRegister(register, count: count, agreeing: 4)
  }

  /// Bits of the status register (section 5.4.4).
  enum Business: UInt8 {
    /// The calibration is being copied from the part's own memory.
    case copying = 0x01
    /// A conversion is running.
    case measuring = 0x08
  }

  /// Throws `.neverReady` with the words if the part is still busy.
  func expectIdle(_ business: Business, _ words: String) async throws(SensorError) {
    let status = try await read(Register.status, count: 1)[0]
    guard status & business.rawValue == 0 else { throw .neverReady(words) }
  }
}

extension BME280.Oversampling {
  /// ctrl_meas: temperature in bits 7 to 5, pressure in bits 4 to 2, forced mode 01 (section 5.4.5).
  var forcedMode: UInt8 { rawValue << 5 | rawValue << 2 | 0b01 }

  /// The longest measurement of all three (appendix B, section 9.1), rounded up to milliseconds.
  ///
  /// 1.25 ms, 2.3 ms a conversion, and 0.575 ms each for pressure and humidity.
  var longestMeasurement: Duration {
    guard self != .skipped else { return .milliseconds(2) }
    let conversions = 1 << (Int(rawValue) - 1)
    let microseconds = 1_250 + 3 * 2_300 * conversions + 2 * 575
    return .milliseconds((microseconds + 999) / 1_000)
  }
}
