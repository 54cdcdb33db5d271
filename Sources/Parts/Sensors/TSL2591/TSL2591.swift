package import Bus

/// ams TSL2591: light, in the raw counts of two photodiodes.
///
/// Source: TSL2591 datasheet, "Register description"; Adafruit_TSL2591 library. Tried on: nothing yet
/// but the simulated part.
///
/// There is no checksum on this wire: what is set is read back, and what is read must be read four
/// times alike.
///
/// Photometry wants counts, not lux, which a formula for daylight would bend. The lamp is the caller's:
/// switch it, then `measure`, which starts a fresh integration, so that none straddles the switching.
package struct TSL2591: Sendable {
  /// The only address there is (datasheet, "I2C").
  package static let defaultAddress: I2CAddress = 0x29
  /// What ID holds (datasheet, "ID register (0x12)").
  static let identity: UInt8 = 0x50

  let wire: Wire

  package init(
    bus: any I2CBus, address: I2CAddress = defaultAddress, clock: any StationClock
  ) {
    self.wire = Wire(bus: bus, address: address, clock: clock)
  }

  /// Who is there; throws `.wrongPart` unless the ID register says TSL2591.
  package func identify() async throws(SensorError) -> PartInfo {
    try check(identity: try await read(.id, count: 1)[0])
    return PartInfo(product: "TSL2591")
  }

  private func check(identity found: UInt8) throws(SensorError) {
    guard found == TSL2591.identity else {
      throw .wrongPart(expected: "TSL2591 (\(TSL2591.identity.hex))", found: found.hex)
    }
  }

  /// Powers up and starts integrating afresh, over and over, until `disable`.
  package func enable(gain: Gain, integration: Integration) async throws(SensorError) {
    // Light off between the two: AVALID then speaks of an integration with these settings only.
    try await write(.enable, Enable.power)
    // Had it gone on instead, its next result might be of both sides of the lamp's switching.
    try await expect([Enable.power], in: .enable)
    let control = TSL2591.controlByte(gain: gain, integration: integration)
    try await write(.control, control)
    try await write(.enable, Enable.power | Enable.light)
    try await expect([Enable.power | Enable.light, control], in: .enable)
  }

  /// Stops integrating and powers down; the registers stay readable.
  package func disable() async throws(SensorError) { try await write(.enable, 0) }

  /// What the last whole integration counted, and with which settings; not valid before the first.
  package func read() async throws(SensorError) -> Light {
    // The settings come from the part and not from memory: after a brown-out they differ.
    let control = try await read(.control, count: 1)[0]
    // From ID to CH1: the light has the part's name in front of it.
    let bytes = try await read(.id, count: 6)
    try check(identity: bytes[0])
    return try Light(control: control, bytes: Array(bytes[1...]))
  }

  /// One fresh integration: starts, waits its longest time, reads.
  ///
  /// The part goes on integrating afterwards. Throws `.neverReady` if nothing is valid even then.
  package func measure(
    gain: Gain, integration: Integration
  ) async throws(SensorError) -> Light {
    try await enable(gain: gain, integration: integration)
    try await wire.pause(integration.longestTime)
    let light = try await read()
    guard light.gain == gain, light.integration == integration else {
      throw .forgotten("its gain and its time are others than those that were chosen")
    }
    guard light.isValid else {
      throw .neverReady("no light integrated within \(integration.longestTime)")
    }
    return light
  }
}

// Wire.
extension TSL2591 {
  /// Registers (datasheet, "Register description").
  enum Register: UInt8 {
    case enable = 0x00
    case control = 0x01
    case id = 0x12
    /// Followed by CH0 low and high, CH1 low and high.
    case status = 0x13

    /// A normal transaction on the register (datasheet, "Command register").
    var command: UInt8 { 0xA0 | rawValue }
  }

  /// Bits of ENABLE (datasheet, "Enable register (0x00)").
  enum Enable {
    static let power: UInt8 = 0x01
    static let light: UInt8 = 0x02
  }

  func read(_ register: Register, count: Int) async throws(SensorError) -> [UInt8] {
    try await wire.readRegister(register.command, count: count, agreeing: 4)
  }

  /// Throws `.corrupted` unless the registers hold what they were told.
  func expect(_ told: [UInt8], in register: Register) async throws(SensorError) {
    let found = try await read(register, count: told.count)
    guard found == told else {
      throw .corrupted(
        "the registers from \(register.rawValue.hex) on were set to "
          + "\(told.map(\.hex).joined(separator: " ")) and hold "
          + found.map(\.hex).joined(separator: " "))
    }
  }

  func write(_ register: Register, _ byte: UInt8) async throws(SensorError) {
    try await wire.writeRegister(register.command, [byte])
  }
}
