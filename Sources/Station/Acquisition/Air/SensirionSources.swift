import Bus
import Quantities
import Readings
import Sensors

/// A part with particles, climate and gases in one housing, as a source of the air sees it.
protocol AirStation: Sendable {
  associatedtype Values: Equatable & Sendable

  func identify() async throws(SensorError) -> PartInfo
  func start() async throws(SensorError)
  func stop() async throws(SensorError)
  func reset() async throws(SensorError)
  func isDataReady() async throws(SensorError) -> Bool
  func readValues() async throws(SensorError) -> Values
  /// Whether the part has nothing at all to say, as after a reboot.
  static func isAllUnknown(_ values: Values) -> Bool
  static func reading(_ channel: Channel, of values: Values) -> AirReading

  /// What is wrong with it, in words.
  func faultWords() async throws(SensorError) -> [String]
  func clearFaults() async throws(SensorError)

  /// Cleans the fan; gives how long from then on it measures nothing that can be used.
  func cleanFan(by clock: any StationClock) async throws(SensorError) -> Duration
  /// Switches off a timer of its own for that, where it has one.
  func stopCleaningByItself() async throws(SensorError)
}

/// SEN54, SEN55 and SEN66.
actor SensirionSource<Part: AirStation>: AirSource {
  nonisolated let part: String
  nonisolated let channels: [Channel]
  private let driver: Part
  private let clock: any StationClock
  private let particleWarmUp: Duration
  private var last: Part.Values?
  /// Whether the part may still call values new that it had at an earlier sample.
  private var isUnread = false

  init(
    part: String, channels: [Channel], driver: Part, clock: any StationClock,
    particleWarmUp: Duration
  ) {
    self.part = part
    self.channels = channels
    self.driver = driver
    self.clock = clock
    self.particleWarmUp = particleWarmUp
  }

  func start() async throws(SensorError) -> PartIdentity {
    let info = try await confirmed { () async throws(SensorError) in
      try await driver.identify()
    }
    // It may still be measuring for the daemon before this one, and a start is for an idle part.
    try await driver.stop()
    try await driver.start()
    isUnread = false
    return PartIdentity(part, info, status: try await status(), channels)
  }

  func sample() async throws(SensorError) -> [AirReading] {
    // Reading is what takes the flag back: one that is left from a sample that failed says nothing.
    if isUnread { _ = try await driver.readValues() }
    isUnread = true
    let (values, isNew) = try await fresh(after: last) { () async throws(SensorError) in
      try await clock.waitForData { () async throws(SensorError) in try await driver.isDataReady() }
    } _: { () async throws(SensorError) in
      try await driver.readValues()
    }
    isUnread = false
    // Read although nothing is new: all unknown tells a part that has rebooted from a slow one.
    guard isNew || Part.isAllUnknown(values) else { return absent(.stale) }
    last = values
    return channels.map { Part.reading($0, of: values) }
  }

  nonisolated func warmUp(of channel: Channel) -> Duration {
    channel.isParticles ? particleWarmUp : .zero
  }

  func status() async throws(SensorError) -> String? {
    try await statusWords { () async throws(SensorError) in
      try await driver.faultWords()
    } clear: {
      // Its answer was read a moment ago; where it does not take, the error is told again.
      try? await driver.clearFaults()
    }
  }

  func cleanFan() async throws(SensorError) -> Duration? {
    try await driver.cleanFan(by: clock) + particleWarmUp
  }

  func stopCleaningByItself() async throws(SensorError) { try await driver.stopCleaningByItself() }

  func reset() async throws(SensorError) { try await driver.reset() }
}

extension SEN5x: AirStation {
  static func isAllUnknown(_ values: Reading) -> Bool { values.isAllUnknown }

  static func reading(_ channel: Channel, of values: Reading) -> AirReading {
    switch channel {
    case .airPM1: AirReading(channel, values.pm1, \.microgramsPerCubicMetre)
    case .airPM2_5: AirReading(channel, values.pm2_5, \.microgramsPerCubicMetre)
    case .airPM4: AirReading(channel, values.pm4, \.microgramsPerCubicMetre)
    case .airPM10: AirReading(channel, values.pm10, \.microgramsPerCubicMetre)
    case .airHumidity: AirReading(channel, values.humidity, \.percent)
    case .airTemperature: AirReading(channel, values.temperature, \.celsius)
    case .airVOCIndex: AirReading(channel, values.vocIndex, \.value)
    case .airNOxIndex: AirReading(channel, values.noxIndex, \.value)
    default: AirReading(channel, .absent(.notPresent))
    }
  }

  func faultWords() async throws(SensorError) -> [String] { try await readStatus().faults.words }

  func clearFaults() async throws(SensorError) { _ = try await readAndClearStatus() }

  func cleanFan(by clock: any StationClock) async throws(SensorError) -> Duration {
    try await startFanCleaning()
    return Self.fanCleaningTime
  }

  /// The part forgets it at a reset, and with its supply.
  func stopCleaningByItself() async throws(SensorError) {
    try await setFanCleaningInterval(.zero)
  }
}

extension SEN66: AirStation {
  static func isAllUnknown(_ values: Reading) -> Bool { values.isAllUnknown }

  static func reading(_ channel: Channel, of values: Reading) -> AirReading {
    guard channel == .airCO2 else { return SEN5x.reading(channel, of: values.shared) }
    return AirReading(channel, values.carbonDioxide, \.partsPerMillion)
  }

  func faultWords() async throws(SensorError) -> [String] { try await readStatus().words }

  func clearFaults() async throws(SensorError) { _ = try await readAndClearStatus() }

  /// Stops the part, since only an idle one cleans itself, and starts it again whatever happens.
  func cleanFan(by clock: any StationClock) async throws(SensorError) -> Duration {
    try await stop()
    do {
      try await startFanCleaning()
    } catch {
      try await start()
      throw error
    }
    _ = await clock.wait(for: Self.fanCleaningTime)
    try await start()
    return .zero
  }

  func stopCleaningByItself() async throws(SensorError) {}
}
