package import Bus

/// Sensirion SEN54 and SEN55: particles, humidity, temperature, VOC index and, SEN55 only, NOx index.
///
/// Source of every command, wait and scaling: Sensirion embedded-i2c-sen5x (sen5x_i2c.h, sen5x_i2c.c)
/// and python-i2c-sen5x; where the two differ, the longer wait is taken. Tried on: nothing yet but
/// the simulated part.
///
/// Two oddities. A read between two measurements gives the previous values again, so ask `isDataReady`
/// first. A brown-out leaves the part idle without a word: every field then reads unknown until
/// `start`.
package struct SEN5x: Sendable, SensirionPart {
  /// Which of the family is expected.
  package enum Model: String, Hashable, Sendable {
    case sen54 = "SEN54"
    case sen55 = "SEN55"
  }

  /// The only address there is (embedded-i2c-sen5x, SEN5X_I2C_ADDRESS).
  package static let defaultAddress: I2CAddress = 0x69
  /// How often there are new values (embedded-i2c-sen5x, sen5x_read_data_ready).
  package static let period = Duration.seconds(1)
  /// How long the fan is blown free (embedded-i2c-sen5x, sen5x_start_fan_cleaning).
  package static let fanCleaningTime = Duration.seconds(10)

  package let model: Model
  let wire: Wire

  package init(
    bus: any I2CBus, address: I2CAddress = defaultAddress, clock: any StationClock,
    model: Model = .sen55
  ) {
    self.model = model
    self.wire = Wire(bus: bus, address: address, clock: clock)
  }

  /// Who is there: product, serial number and firmware; throws `.wrongPart` unless it is `model`.
  package func identify() async throws(SensorError) -> PartInfo {
    let product = try SensirionFrames.text(in: try await ask(.productName, words: 16))
    guard product == model.rawValue else {
      throw .wrongPart(expected: model.rawValue, found: product.isEmpty ? "no name" : product)
    }
    let serial = try SensirionFrames.text(in: try await ask(.serialNumber, words: 16))
    // Bytes: firmware major and minor, debug flag, hardware, protocol (sen5x_get_version).
    let version = try await ask(.version, words: 4)[0].bigEndianBytes
    return PartInfo(product: product, serial: serial, firmware: "\(version[0]).\(version[1])")
  }

  /// Starts measuring everything; the first values come after about `period`.
  package func start() async throws(SensorError) { try await tell(.start) }

  /// Starts measuring without fan and laser: particles read unknown.
  package func startWithoutParticles() async throws(SensorError) {
    try await tell(.startWithoutParticles)
  }

  /// Stops measuring; the part is idle afterwards.
  package func stop() async throws(SensorError) { try await tell(.stop) }

  /// Restarts the part: idle afterwards, every setting back to its default, status cleared.
  package func reset() async throws(SensorError) { try await tell(.reset) }

  /// Blows the fan free for about ten seconds; the part ignores it unless it measures particles.
  package func startFanCleaning() async throws(SensorError) { try await tell(.startFanCleaning) }

  /// Whether there are values that have not been read; false while idle and while cleaning.
  package func isDataReady() async throws(SensorError) -> Bool {
    // The high byte is unused and set to 0 (SEN5x datasheet, "Read Data-Ready Flag").
    try await askFlag(.dataReady)
  }

  /// The latest values, new or not.
  package func readValues() async throws(SensorError) -> Reading {
    Reading(words: try await ask(.values, words: Reading.wordCount))
  }

  /// The status register; errors stay in it until cleared.
  package func readStatus() async throws(SensorError) -> Status {
    Status(words: try await ask(.status, words: 2))
  }

  /// The status register, and clears the errors in it.
  package func readAndClearStatus() async throws(SensorError) -> Status {
    Status(words: try await ask(.readAndClearStatus, words: 2))
  }
}
