package import Bus
package import Quantities

/// Bosch BME280: temperature, pressure and humidity.
///
/// Source: BME280 datasheet (BST-BME280-DS001). Tried on: nothing yet but the simulated part.
///
/// Each part is calibrated at the factory; `start` fetches its calibration, which `measure` then needs.
/// There is no checksum on this wire: settings are read back, and whatever is read must be read four
/// times alike. A part that has lost its settings (a brown-out, or another part in its place with a
/// calibration of its own) throws `.forgotten` until `start`.
package struct BME280: Sendable {
  /// One measurement.
  package struct Reading: Hashable, Sendable {
    package var temperature: Field<Temperature>
    package var pressure: Field<Pressure>
    package var humidity: Field<RelativeHumidity>
  }

  /// How many conversions are averaged on the chip (section 5.4.3, 5.4.5).
  package enum Oversampling: UInt8, Hashable, Sendable, CaseIterable {
    case skipped, times1, times2, times4, times8, times16
  }

  /// The address with SDO at ground; 0x77 with SDO at the supply (section 6.2).
  package static let defaultAddress: I2CAddress = 0x76
  /// What the id register holds; a BMP280, without humidity, has 0x56 to 0x58 (section 5.4.1).
  static let identity: UInt8 = 0x60

  package let oversampling: Oversampling
  let wire: Wire

  /// The default, one conversion of each, is the maker's for weather (section 3.5.1).
  package init(
    bus: any I2CBus, address: I2CAddress = defaultAddress, clock: any StationClock,
    oversampling: Oversampling = .times1
  ) {
    self.oversampling = oversampling
    self.wire = Wire(bus: bus, address: address, clock: clock)
  }

  /// Who is there; throws `.wrongPart` unless the id register says BME280.
  package func identify() async throws(SensorError) -> PartInfo {
    let found = try await read(Register.id, count: 1)[0]
    guard found == BME280.identity else {
      let name = (0x56...0x58).contains(found) ? "BMP280 (\(found.hex))" : found.hex
      throw .wrongPart(expected: "BME280 (\(BME280.identity.hex))", found: name)
    }
    return PartInfo(product: "BME280")
  }

  /// Checks who is there, restarts the part, fetches its calibration and sets it up.
  package func start() async throws(SensorError) -> Calibration {
    _ = try await identify()
    // The word that resets (section 5.4.2): asleep afterwards, as settings can be sure to take.
    try await wire.writeRegister(Register.reset, [0xB6])
    try await wire.pause(BME280.startUp)
    try await expectIdle(.copying, "the calibration was still being copied after \(BME280.startUp)")
    let low = try await read(Register.calibrationLow, count: 26)
    let high = try await read(Register.calibrationHigh, count: 7)
    let calibration = try Calibration(low: low, high: high)
    // Takes effect with the next write of ctrl_meas (section 5.4.3), which `measure` does.
    try await wire.writeRegister(Register.humidityControl, [oversampling.rawValue])
    let told = try await read(Register.humidityControl, count: 1)[0]
    guard told & Register.humidityBits == oversampling.rawValue else {
      throw .corrupted("ctrl_hum was set to \(oversampling.rawValue.hex) and holds \(told.hex)")
    }
    return calibration
  }

  /// Measures once ("forced mode", section 3.3.3) and sleeps again.
  package func measure(
    using calibration: Calibration
  ) async throws(SensorError) -> Reading {
    calibration.reading(of: try await measureRaw())
  }

  /// The converters' own results: two measurements that are alike to the last bit in all of them are
  /// hardly two.
  package func measureRaw() async throws(SensorError) -> Raw {
    // Nothing chosen first: if the start is lost on the way, the register shows it afterwards.
    try await wire.writeRegister(Register.measureControl, [0])
    try await wire.writeRegister(Register.measureControl, [oversampling.forcedMode])
    try await wire.pause(oversampling.longestMeasurement)
    // One burst from the settings to the data: values of two measurements are mixed otherwise
    // (section 4.1), and the settings are those of these data.
    let bytes = try await read(Register.humidityControl, count: Burst.byteCount)
    try check(bytes)
    return Raw(bytes: Array(bytes[Burst.data...]))
  }

  /// Throws unless the settings beside the data are those that were chosen.
  private func check(_ bytes: [UInt8]) throws(SensorError) {
    let humidity = bytes[Burst.humidityControl] & Register.humidityBits
    guard humidity == oversampling.rawValue, bytes[Burst.config] & Register.configBits == 0 else {
      throw .forgotten("ctrl_hum is \(humidity.hex), config is \(bytes[Burst.config].hex)")
    }
    guard bytes[Burst.status] & Business.measuring.rawValue == 0 else {
      throw .neverReady("still measuring after \(oversampling.longestMeasurement)")
    }
    // Asleep again afterwards (section 3.3.3).
    let asleep = oversampling.forcedMode & ~0b11
    guard bytes[Burst.measureControl] == asleep else {
      throw .corrupted(
        "ctrl_meas should hold \(asleep.hex) and holds \(bytes[Burst.measureControl].hex)")
    }
    // The lower halves of the last bytes of pressure and temperature are always 0 (5.4.7, 5.4.8).
    guard (bytes[Burst.data + 2] | bytes[Burst.data + 5]) & 0x0F == 0 else {
      throw .corrupted("bits of the data that are always 0 are not")
    }
  }
}
