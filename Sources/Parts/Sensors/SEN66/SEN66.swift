package import Bus

/// Sensirion SEN66: particles, humidity, temperature, VOC and NOx indices, and carbon dioxide.
///
/// Source of every command, wait and scaling: Sensirion embedded-i2c-sen66 (sen66_i2c.h, sen66_i2c.c)
/// and the Python driver sensirion-i2c-sen66 1.3.1; where the two differ, the longer wait is taken.
/// Tried on: nothing yet but the simulated part.
///
/// It speaks as a SEN5x does, with two differences that bite: it takes 3.3 V and no more, and its fan
/// is cleaned while it is idle, not while it measures. As there, a read between two measurements
/// gives the previous values again, and a brown-out leaves it idle without a word.
package struct SEN66: Sendable, SensirionPart {
  /// The only address there is (embedded-i2c-sen66, SEN66_I2C_ADDR_6B).
  package static let defaultAddress: I2CAddress = 0x6B
  /// How often there are new values (embedded-i2c-sen66, sen66_get_data_ready).
  package static let period = Duration.seconds(1)
  /// How long it must be left alone once its fan's cleaning has begun (sen66_start_fan_cleaning).
  package static let fanCleaningTime = Duration.seconds(10)
  /// What the product type says (embedded-i2c-sen66, sen66_get_product_type).
  static let productType = "00085300"

  let wire: Wire

  package init(
    bus: any I2CBus, address: I2CAddress = defaultAddress, clock: any StationClock
  ) {
    self.wire = Wire(bus: bus, address: address, clock: clock)
  }

  /// Who is there: product, serial number and firmware; throws `.wrongPart` unless it is a SEN66.
  ///
  /// Its sisters answer at the same address and have other values to read: the product type says
  /// which of them it is.
  package func identify() async throws(SensorError) -> PartInfo {
    let type = try SensirionFrames.text(in: try await ask(.productType, words: 4))
    guard type == SEN66.productType else {
      throw .wrongPart(expected: "SEN66 (\(SEN66.productType))", found: SEN66.name(ofType: type))
    }
    let serial = try SensirionFrames.text(in: try await ask(.serialNumber, words: 16))
    // Major, then minor (sen66_get_version).
    let version = try await ask(.version, words: 1)[0].bigEndianBytes
    return PartInfo(product: "SEN66", serial: serial, firmware: "\(version[0]).\(version[1])")
  }

  /// The name and type of a member of the family, for an error.
  static func name(ofType type: String) -> String {
    let name: String? =
      switch type {
      case "00085800": "SEN62"
      case "00085700": "SEN63C"
      case "00085200": "SEN65"
      case "00085400": "SEN68"
      case "00085900": "SEN69C"
      default: nil
      }
    return name.map { "\($0) (\(type))" } ?? (type.isEmpty ? "no product type" : type)
  }

  /// Starts measuring; the first values come after a little more than `period`.
  package func start() async throws(SensorError) { try await tell(.start) }

  /// Stops measuring; the part is idle afterwards.
  package func stop() async throws(SensorError) { try await tell(.stop) }

  /// Restarts the part: idle afterwards, every setting back to its default, status cleared.
  package func reset() async throws(SensorError) { try await tell(.reset) }

  /// Begins to blow the fan free; only an idle part does it, and it is not to be started again
  /// before `fanCleaningTime` is over.
  package func startFanCleaning() async throws(SensorError) { try await tell(.startFanCleaning) }

  /// Whether there are values that have not been read; false while idle.
  package func isDataReady() async throws(SensorError) -> Bool {
    // The high byte is padding (sen66_get_data_ready).
    try await askFlag(.dataReady)
  }

  /// The latest values, new or not.
  package func readValues() async throws(SensorError) -> Reading {
    Reading(words: try await ask(.values, words: Reading.wordCount))
  }

  /// The status register; errors stay in it until cleared.
  ///
  /// A part whose status came with a wrong checksum each time, and whose values were well, has been
  /// seen (Sensirion arduino-i2c-sen66, issue 13): `.corrupted` here says nothing of the rest.
  package func readStatus() async throws(SensorError) -> Status {
    Status(words: try await ask(.status, words: 2))
  }

  /// The status register, and clears the errors in it.
  package func readAndClearStatus() async throws(SensorError) -> Status {
    Status(words: try await ask(.readAndClearStatus, words: 2))
  }
}

extension SEN66 {
  struct Command: SensirionCommand {
    let word: UInt16
    let wait: Duration

    // Words and waits: Sensirion embedded-i2c-sen66, sen66_i2c.c, and the Python driver 1.3.1; the
    // longer wait where they differ (stop: 1000 and 1400 ms).
    static let start = Command(word: 0x0021, wait: .milliseconds(50))
    static let stop = Command(word: 0x0104, wait: .milliseconds(1400))
    static let dataReady = Command(word: 0x0202, wait: .milliseconds(20))
    static let values = Command(word: 0x0300, wait: .milliseconds(20))
    static let startFanCleaning = Command(word: 0x5607, wait: .milliseconds(20))
    static let productType = Command(word: 0xD002, wait: .milliseconds(20))
    static let serialNumber = Command(word: 0xD033, wait: .milliseconds(20))
    static let version = Command(word: 0xD100, wait: .milliseconds(20))
    static let status = Command(word: 0xD206, wait: .milliseconds(20))
    static let readAndClearStatus = Command(word: 0xD210, wait: .milliseconds(20))
    static let reset = Command(word: 0xD304, wait: .milliseconds(1200))
  }
}
