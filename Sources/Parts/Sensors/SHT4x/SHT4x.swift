package import Bus
package import Quantities

/// Sensirion SHT4x (SHT40, SHT41, SHT45): humidity and temperature.
///
/// Source of commands and conversions: SHT4x datasheet, "Command overview" and "Conversion of signal
/// output"; of the waits: Sensirion python-i2c-sht. Tried on: nothing yet but the simulated part.
///
/// The part has no product number to ask for: `identify` proves only that somebody answers a serial
/// number with right checksums. While it measures, it does not acknowledge.
package struct SHT4x: Sendable {
  /// One measurement.
  package struct Reading: Hashable, Sendable {
    package var temperature: Field<Temperature>
    package var humidity: Field<RelativeHumidity>
  }

  /// How much noise is accepted for a shorter measurement.
  package enum Precision: Hashable, Sendable, CaseIterable { case high, medium, low }

  /// The address of the -A variants; -B has 0x45, -C 0x46 (datasheet, "Ordering information").
  package static let defaultAddress: I2CAddress = 0x44

  let wire: Wire

  package init(
    bus: any I2CBus, address: I2CAddress = defaultAddress, clock: any StationClock
  ) {
    self.wire = Wire(bus: bus, address: address, clock: clock)
  }

  /// Who is there: the serial number, in hexadecimal.
  package func identify() async throws(SensorError) -> PartInfo {
    let words = try await ask(0x89, wait: .milliseconds(1))
    let serial = SensirionFrames.number(words[0], words[1])
    return PartInfo(product: "SHT4x", serial: String(serial.hex.dropFirst(2)))
  }

  /// Measures once.
  package func measure(_ precision: Precision = .high) async throws(SensorError) -> Reading {
    let words = try await ask(precision.command, wait: precision.wait)
    return Reading(
      temperature: SHT4x.checkedTemperature(words[0]),
      humidity: SHT4x.checkedHumidity(words[1]))
  }

  /// Restarts the part.
  package func reset() async throws(SensorError) {
    try await wire.write([0x94])
    // Datasheet, "Timing specifications": soft reset time, maximum.
    try await wire.pause(.milliseconds(1))
  }
}

// Conversion.
extension SHT4x {
  /// −45 + 175·word/65535 °C.
  static func temperature(_ word: UInt16) -> Temperature {
    .celsius(-45 + 175 * Double(word) / 65535)
  }

  /// −6 + 125·word/65535 %RH, cropped to 0…100 as the datasheet advises.
  ///
  /// The scale is wider than the quantity so that an uncertain reading near an end is not bent.
  static func humidity(_ word: UInt16) -> RelativeHumidity {
    .percent(min(max(-6 + 125 * Double(word) / 65535, 0), 100))
  }

  /// A fault outside −40…125 °C, where the part may work (datasheet, "Temperature").
  static func checkedTemperature(_ word: UInt16) -> Field<Temperature> {
    let temperature = temperature(word)
    return (-40...125).contains(temperature.celsius) ? .value(temperature) : .fault
  }

  /// A fault at either end of the scale, six percent and more beyond the quantity: a broken element.
  static func checkedHumidity(_ word: UInt16) -> Field<RelativeHumidity> {
    word == 0 || word == .max ? .fault : .value(humidity(word))
  }
}

extension SHT4x.Precision {
  /// Datasheet, "Command overview".
  var command: UInt8 {
    switch self {
    case .high: 0xFD
    case .medium: 0xF6
    case .low: 0xE0
    }
  }

  /// The datasheet's longest times ("Timing specifications") as python-i2c-sht rounds them up.
  var wait: Duration {
    switch self {
    case .high: .milliseconds(10)
    case .medium: .milliseconds(5)
    case .low: .milliseconds(2)
    }
  }
}

// Wire.
extension SHT4x {
  /// Sends a one-byte command and fetches two words in a transfer of its own.
  func ask(_ command: UInt8, wait: Duration) async throws(SensorError) -> [UInt16] {
    try await wire.write([command])
    try await wire.pause(wait)
    return try SensirionFrames.words(in: try await wire.read(6))
  }
}
