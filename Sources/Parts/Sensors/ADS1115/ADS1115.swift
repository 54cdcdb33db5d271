package import Bus

/// TI ADS1115: four voltages against ground, one after the other.
///
/// Source: TI SBAS444D; titles of its chapters stand where they are used. Tried on: nothing yet but the
/// simulated part.
///
/// The part has no identity register and no checksum: `identify` proves that its registers hold what an
/// ADS1115's would and that it converts when it is told to; every conversion must be seen to run and to
/// end, and its result be read three times alike. What a voltage means (a force, a temperature) is a calibration and not the driver's; a
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

  /// Who is there; throws `.wrongPart` unless the registers are an ADS1115's and it converts.
  ///
  /// Nothing of the station writes the thresholds or switches the comparator on, so they must be as
  /// after a reset. Where some are, or one holds a word of ours, noise has sent words to the wrong
  /// register: they are set back. Its sister of 12 bits, ADS1015, looks the same.
  package func identify() async throws(SensorError) -> PartInfo {
    let strange = try await strangeRegisters()
    if strange.count < 3 || strange.contains(where: { Config.isOurs($0.word) }) {
      for (register, _) in strange {
        // What does not take it is another part, and shows itself so in a moment.
        try? await wire.writeRegister(
          register.rawValue, register.wordAfterReset.bigEndianBytes)
      }
    }
    let found = strange.isEmpty ? strange : try await strangeRegisters()
    guard found.isEmpty else {
      let words = found.map { "\($0.word.hex) in register \($0.register.rawValue)" }
      throw .wrongPart(expected: "ADS1115", found: words.joined(separator: ", "))
    }
    do {
      _ = try await measure(.ain0, gain: .volts6_144, rate: .perSecond128)
    } catch {
      // A memory takes and gives back everything, and converts nothing.
      guard case .neverReady(let what) = error else { throw error }
      throw .wrongPart(expected: "ADS1115", found: "a part that does not convert: \(what)")
    }
    return PartInfo(product: "ADS1115")
  }

  /// One conversion: starts it, waits its longest time, reads; the part is off afterwards.
  ///
  /// Throws `.neverReady` if it does not begin, or is still converting then, and `.corrupted` if the
  /// part has forgotten what it was told: after a dip of its supply it would give another input at
  /// another gain.
  package func measure(
    _ input: Input, gain: Gain, rate: Rate
  ) async throws(SensorError) -> Sample {
    let told = ADS1115.configWord(input, gain: gain, rate: rate)
    try await wire.writeRegister(Register.config.rawValue, told.bigEndianBytes)
    // A word that was lost on the way would leave the last result for a new one. A conversion of a
    // fast rate may be over before the bus is free for the look.
    if rate.longestConversion > .milliseconds(4), try await isIdle(after: told) {
      throw .neverReady("no conversion has begun")
    }
    try await wire.pause(rate.longestConversion)
    guard try await isIdle(after: told) else {
      throw .neverReady("still converting after \(rate.longestConversion)")
    }
    return Sample(
      code: Int16(bitPattern: try await read(.conversion)), input: input, gain: gain)
  }

  /// Whether no conversion is running; throws `.corrupted` if the part was told something else.
  private func isIdle(after told: UInt16) async throws(SensorError) -> Bool {
    let bytes = try await wire.readRegister(Register.config.rawValue, count: 2)
    let config = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
    guard config | Config.idle == told | Config.idle else {
      throw .corrupted("the config register was set to \(told.hex) and holds \(config.hex)")
    }
    return config & Config.idle != 0
  }
}

// Wire.
extension ADS1115 {
  /// The pointer of each register ("Address Pointer Register").
  enum Register: UInt8 {
    case conversion, config, lowThreshold, highThreshold

    /// What the register holds after a reset, converting nothing ("Register Map").
    var wordAfterReset: UInt16 {
      switch self {
      case .conversion: 0
      case .config: 0x0583
      case .lowThreshold: 0x8000
      case .highThreshold: 0x7FFF
      }
    }
  }

  /// The registers that hold what an ADS1115 of this station cannot have there.
  func strangeRegisters() async throws(SensorError) -> [(register: Register, word: UInt16)] {
    var strange: [(register: Register, word: UInt16)] = []
    for register in [Register.config, .lowThreshold, .highThreshold] {
      let word = try await read(register)
      let bits: UInt16 = register == .config ? Config.comparatorBits : .max
      if (word ^ register.wordAfterReset) & bits != 0 { strange.append((register, word)) }
    }
    return strange
  }

  /// The bits of "Config Register" that the driver looks at.
  enum Config {
    /// OS: written, it starts a conversion; read, it says that none is running.
    static let idle: UInt16 = 1 << 15
    /// MODE: single-shot, and off in between.
    static let singleShot: UInt16 = 1 << 8
    /// COMP_MODE, COMP_POL, COMP_LAT and COMP_QUE.
    static let comparatorBits: UInt16 = 0x001F
    /// COMP_QUE 11 switches the comparator off; the rest as after a reset (0x8583).
    static let comparatorOff: UInt16 = 0x0003

    /// Whether a word is one that this driver writes, but for a bit: OS and MODE set, comparator off.
    static func isOurs(_ word: UInt16) -> Bool {
      let fixed = idle | singleShot | comparatorBits
      return ((word ^ (idle | singleShot | comparatorOff)) & fixed).nonzeroBitCount <= 1
    }
  }

  /// Starts one conversion ("Config Register"): MUX in bits 14 to 12, PGA in 11 to 9, DR in 7 to 5.
  static func configWord(_ input: Input, gain: Gain, rate: Rate) -> UInt16 {
    Config.idle | (4 + input.rawValue) << 12 | gain.rawValue << 9 | Config.singleShot
      | rate.rawValue << 5 | Config.comparatorOff
  }

  /// A register's word, the more significant byte first.
  func read(_ register: Register) async throws(SensorError) -> UInt16 {
    let bytes = try await wire.readRegister(register.rawValue, count: 2, agreeing: 3)
    return UInt16(bytes[0]) << 8 | UInt16(bytes[1])
  }
}
