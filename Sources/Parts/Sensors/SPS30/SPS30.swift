package import Bus

/// Sensirion SPS30: particles only, as floating-point numbers.
///
/// Source of commands and values: SPS30 datasheet 1.0, "Operation and Communication through the I2C
/// Interface", and Sensirion embedded-sps (sps30.h, sps30.c); of oddities: the Linux driver
/// iio/chemical/sps30_i2c.c. Tried on: nothing yet but the simulated part.
///
/// It has the SEN5x's address, so only one of the two can be on a bus, and is told from it by its
/// product type. There is no sentinel for "nothing yet": ask `isDataReady` before every read. A
/// sleeping part has its I²C switched off and answers nobody until `wake`.
package struct SPS30: Sendable, SensirionPart {
  /// The only address there is (datasheet, "I2C Interface").
  package static let defaultAddress: I2CAddress = 0x69
  /// How often there are new values (datasheet, "Specification Overview").
  package static let period = Duration.seconds(1)
  /// How long the fan is blown free (datasheet, "Fan Auto Cleaning").
  package static let fanCleaningTime = Duration.seconds(10)
  /// What the product type says (datasheet, "Read Device Information").
  static let productType = "00080000"
  /// Asks for IEEE 754 numbers rather than whole ones (datasheet, "Start Measurement").
  static let floatFormat: UInt16 = 0x0300

  let wire: Wire

  package init(
    bus: any I2CBus, address: I2CAddress = defaultAddress, clock: any StationClock
  ) {
    self.wire = Wire(bus: bus, address: address, clock: clock)
  }

  /// Who is there: product, serial number and firmware; throws `.wrongPart` unless it is an SPS30.
  package func identify() async throws(SensorError) -> PartInfo {
    let type = try SensirionFrames.text(in: try await ask(.productType, words: 4))
    guard type == SPS30.productType else {
      throw .wrongPart(
        expected: "SPS30 (\(SPS30.productType))", found: type.isEmpty ? "no product type" : type)
    }
    let serial = try SensirionFrames.text(in: try await ask(.serialNumber, words: 16))
    // Major, then minor (datasheet, "Read Version").
    let version = try await ask(.version, words: 1)[0].bigEndianBytes
    return PartInfo(product: "SPS30", serial: serial, firmware: "\(version[0]).\(version[1])")
  }

  /// Starts measuring; the first values come after about `period`, and settle in 8 s, or in up to
  /// 30 s in clean air (datasheet, "Specification Overview", start-up time).
  package func start() async throws(SensorError) { try await tell(.start, [SPS30.floatFormat]) }

  /// Stops measuring; the part is idle afterwards.
  package func stop() async throws(SensorError) { try await tell(.stop) }

  /// Wakes the part from sleep; a part that is awake is left as it is.
  ///
  /// Sent twice within 100 ms (datasheet, "Wake-up"): the first only switches the interface on,
  /// and is not acknowledged.
  package func wake() async throws(SensorError) {
    do {
      try await tell(.wake)
    } catch {
      guard case .bus(let failure) = error, failure.kind == .notAcknowledged else { throw error }
    }
    try await tell(.wake)
  }

  /// Restarts the part: idle afterwards, its status cleared; the cleaning interval is kept.
  package func reset() async throws(SensorError) {
    try await tell(.reset)
    // The restart disturbs the bus and leaves some adapters in an error; any transfer mends that,
    // and to stop an idle part changes nothing (Linux sps30_i2c.c, sps30_i2c_reset).
    try? await tell(.stop)
  }

  /// Blows the fan free for about ten seconds; the part does it only while it measures.
  package func startFanCleaning() async throws(SensorError) { try await tell(.startFanCleaning) }

  /// Whether there are values that have not been read; false while idle and while cleaning.
  package func isDataReady() async throws(SensorError) -> Bool {
    // The high byte is unused, always 0 (datasheet, "Read Data-Ready Flag").
    try await askFlag(.dataReady)
  }

  /// The latest values, new or not; an idle part has none and does not answer.
  package func readValues() async throws(SensorError) -> Reading {
    Reading(words: try await ask(.values, words: Reading.wordCount))
  }

  /// How often the part cleans its fan by itself; zero for never.
  ///
  /// Firmware before 2.2 tells the old interval until it is reset (embedded-sps, sps30.h).
  package func fanCleaningInterval() async throws(SensorError) -> Duration {
    let words = try await ask(.fanCleaningInterval, words: 2)
    return .seconds(SensirionFrames.number(words[0], words[1]))
  }

  /// Sets how often the part cleans its fan by itself, in whole seconds; zero for never.
  ///
  /// The part keeps it without power.
  package func setFanCleaningInterval(_ interval: Duration) async throws(SensorError) {
    try await tell(.fanCleaningInterval, SEN5x.fanCleaningWords(interval))
  }

  /// The status register; errors stay in it until cleared.
  package func readStatus() async throws(SensorError) -> Status {
    Status(words: try await ask(.status, words: 2))
  }

  /// The status register, and clears the errors in it.
  package func readAndClearStatus() async throws(SensorError) -> Status {
    let status = try await readStatus()
    try await tell(.clearStatus)
    return status
  }
}

extension SPS30 {
  struct Command: SensirionCommand {
    let word: UInt16
    let wait: Duration

    // Words: datasheet, "I2C Commands". Waits: embedded-sps, sps30.c, which gives 5 ms to every command
    // but those that start, stop and write; the reset's is Linux's.
    static let start = Command(word: 0x0010, wait: .milliseconds(20))
    static let stop = Command(word: 0x0104, wait: .milliseconds(20))
    static let dataReady = Command(word: 0x0202, wait: .milliseconds(5))
    static let values = Command(word: 0x0300, wait: .milliseconds(5))
    static let wake = Command(word: 0x1103, wait: .milliseconds(5))
    static let startFanCleaning = Command(word: 0x5607, wait: .milliseconds(5))
    static let fanCleaningInterval = Command(word: 0x8004, wait: .milliseconds(20))
    static let productType = Command(word: 0xD002, wait: .milliseconds(5))
    static let serialNumber = Command(word: 0xD033, wait: .milliseconds(5))
    static let version = Command(word: 0xD100, wait: .milliseconds(5))
    static let status = Command(word: 0xD206, wait: .milliseconds(5))
    static let clearStatus = Command(word: 0xD210, wait: .milliseconds(5))
    static let reset = Command(word: 0xD304, wait: .milliseconds(500))
  }
}
