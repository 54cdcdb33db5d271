package import Bus

/// TI ADS1115: four voltages against ground, one after the other.
///
/// Source: TI SBAS444D; titles of its chapters stand where they are used. Tried on: nothing yet but the
/// simulated part.
///
/// The part has no identity register: `identify` proves that its four registers hold what an ADS1115's
/// would. What a voltage means (a force, a temperature) is a calibration and not the driver's; a
/// resistor that is fed by the station's supply is read against that supply, which is why a sample
/// keeps its code and its gain. No input may go above the supply, whatever the gain allows.
package struct ADS1115: Sendable {
  /// With ADDR at ground; 0x49 at VDD, 0x4A at SDA, 0x4B at SCL ("I2C Address Selection").
  package static let defaultAddress: I2CAddress = 0x48

  let wire: Wire

  package init(
    bus: any I2CBus, address: I2CAddress = defaultAddress, clock: any StationClock
  ) {
    self.wire = Wire(bus: bus, address: address, clock: clock)
  }

  /// Who is there; throws `.wrongPart` unless the registers are an ADS1115's.
  ///
  /// Nothing of the station writes the thresholds or switches the comparator on, so they must be as
  /// after a reset. Its sister of 12 bits, ADS1015, looks the same.
  package func identify() async throws(SensorError) -> PartInfo {
    let config = try await read(.config)
    let (low, high) = (try await read(.lowThreshold), try await read(.highThreshold))
    guard config & Config.comparatorBits == Config.comparatorOff, low == 0x8000, high == 0x7FFF
    else {
      throw .wrongPart(
        expected: "ADS1115", found: "registers \(config.hex), \(low.hex), \(high.hex)")
    }
    return PartInfo(product: "ADS1115")
  }

  /// One conversion: starts it, waits its longest time, reads; the part is off afterwards.
  ///
  /// Throws `.neverReady` if it is still converting then, and `.corrupted` if the part has forgotten
  /// what it was told: after a dip of its supply it would give another input at another gain.
  package func measure(
    _ input: Input, gain: Gain, rate: Rate
  ) async throws(SensorError) -> Sample {
    let told = ADS1115.configWord(input, gain: gain, rate: rate)
    try await wire.writeRegister(Register.config.rawValue, told.bigEndianBytes)
    try await wire.pause(rate.longestConversion)
    let config = try await read(.config)
    guard config | Config.idle == told | Config.idle else {
      throw .corrupted("the config register was set to \(told.hex) and holds \(config.hex)")
    }
    guard config & Config.idle != 0 else {
      throw .neverReady("still converting after \(rate.longestConversion)")
    }
    return Sample(
      code: Int16(bitPattern: try await read(.conversion)), input: input, gain: gain)
  }
}

// Wire.
extension ADS1115 {
  /// The pointer of each register ("Address Pointer Register").
  enum Register: UInt8 {
    case conversion, config, lowThreshold, highThreshold
  }

  /// The bits of "Config Register" that the driver looks at.
  enum Config {
    /// OS: written, it starts a conversion; read, it says that none is running.
    static let idle: UInt16 = 1 << 15
    /// MODE: single-shot, and off in between.
    static let singleShot: UInt16 = 1 << 8
    /// COMP_MODE, COMP_POL, COMP_LAT and COMP_QUE.
    static let comparatorBits: UInt16 = 0x001F
    /// COMP_QUE 11 switches the comparator off; the rest as after a reset.
    static let comparatorOff: UInt16 = 0x0003
  }

  /// Starts one conversion ("Config Register"): MUX in bits 14 to 12, PGA in 11 to 9, DR in 7 to 5.
  static func configWord(_ input: Input, gain: Gain, rate: Rate) -> UInt16 {
    Config.idle | (4 + input.rawValue) << 12 | gain.rawValue << 9 | Config.singleShot
      | rate.rawValue << 5 | Config.comparatorOff
  }

  /// A register's word, the more significant byte first.
  func read(_ register: Register) async throws(SensorError) -> UInt16 {
    let bytes = try await wire.readRegister(register.rawValue, count: 2)
    return UInt16(bytes[0]) << 8 | UInt16(bytes[1])
  }
}
