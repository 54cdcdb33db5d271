import Bus
import Quantities
import Readings
import Sensors

/// SEN54 and SEN55: particles, climate and gas indices.
actor SEN5xSource: AirSource {
  nonisolated let part: String
  nonisolated let channels: [Channel]
  private let driver: SEN5x
  private let clock: any StationClock
  private let particleWarmUp: Duration
  private var last: SEN5x.Reading?
  /// Whether the part may still call values new that it had at an earlier sample.
  private var isUnread = false

  init(
    part: String, channels: [Channel], driver: SEN5x, clock: any StationClock,
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
    let (reading, isNew) = try await fresh(after: last) { () async throws(SensorError) in
      try await clock.waitForData { () async throws(SensorError) in try await driver.isDataReady() }
    } _: { () async throws(SensorError) in
      try await driver.readValues()
    }
    isUnread = false
    // Read although nothing is new: all unknown tells a part that has rebooted from a slow one.
    guard isNew || reading.isAllUnknown else { return absent(.stale) }
    last = reading
    return channels.map { channel in
      switch channel {
      case .airPM1: AirReading(channel, reading.pm1, \.microgramsPerCubicMetre)
      case .airPM2_5: AirReading(channel, reading.pm2_5, \.microgramsPerCubicMetre)
      case .airPM4: AirReading(channel, reading.pm4, \.microgramsPerCubicMetre)
      case .airPM10: AirReading(channel, reading.pm10, \.microgramsPerCubicMetre)
      case .airHumidity: AirReading(channel, reading.humidity, \.percent)
      case .airTemperature: AirReading(channel, reading.temperature, \.celsius)
      case .airVOCIndex: AirReading(channel, reading.vocIndex, \.value)
      case .airNOxIndex: AirReading(channel, reading.noxIndex, \.value)
      default: AirReading(channel, .absent(.notPresent))
      }
    }
  }

  nonisolated func warmUp(of channel: Channel) -> Duration {
    channel.isParticles ? particleWarmUp : .zero
  }

  func status() async throws(SensorError) -> String? {
    try await statusWords { () async throws(SensorError) in
      try await driver.readStatus().faults.words
    } clear: {
      // Its answer was read a moment ago; where it does not take, the error is told again.
      _ = try? await driver.readAndClearStatus()
    }
  }

  func cleanFan() async throws(SensorError) -> Duration? {
    try await driver.startFanCleaning()
    return SEN5x.fanCleaningTime + particleWarmUp
  }

  /// The part forgets it at a reset, and with its supply.
  func stopCleaningByItself() async throws(SensorError) {
    try await driver.setFanCleaningInterval(.zero)
  }

  func reset() async throws(SensorError) { try await driver.reset() }
}

/// SEN66: particles, climate, gas indices and carbon dioxide.
actor SEN66Source: AirSource {
  nonisolated let part: String
  nonisolated let channels: [Channel]
  private let driver: SEN66
  private let clock: any StationClock
  private let particleWarmUp: Duration
  private var last: SEN66.Reading?
  /// Whether the part may still call values new that it had at an earlier sample.
  private var isUnread = false

  init(
    part: String, channels: [Channel], driver: SEN66, clock: any StationClock,
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
    let (reading, isNew) = try await fresh(after: last) { () async throws(SensorError) in
      try await clock.waitForData { () async throws(SensorError) in try await driver.isDataReady() }
    } _: { () async throws(SensorError) in
      try await driver.readValues()
    }
    isUnread = false
    // Read although nothing is new: all unknown tells a part that has rebooted from a slow one.
    guard isNew || reading.isAllUnknown else { return absent(.stale) }
    last = reading
    return channels.map { channel in
      switch channel {
      case .airPM1: AirReading(channel, reading.pm1, \.microgramsPerCubicMetre)
      case .airPM2_5: AirReading(channel, reading.pm2_5, \.microgramsPerCubicMetre)
      case .airPM4: AirReading(channel, reading.pm4, \.microgramsPerCubicMetre)
      case .airPM10: AirReading(channel, reading.pm10, \.microgramsPerCubicMetre)
      case .airHumidity: AirReading(channel, reading.humidity, \.percent)
      case .airTemperature: AirReading(channel, reading.temperature, \.celsius)
      case .airVOCIndex: AirReading(channel, reading.vocIndex, \.value)
      case .airNOxIndex: AirReading(channel, reading.noxIndex, \.value)
      case .airCO2: AirReading(channel, reading.carbonDioxide, \.partsPerMillion)
      default: AirReading(channel, .absent(.notPresent))
      }
    }
  }

  nonisolated func warmUp(of channel: Channel) -> Duration {
    channel.isParticles ? particleWarmUp : .zero
  }

  func status() async throws(SensorError) -> String? {
    try await statusWords { () async throws(SensorError) in
      try await driver.readStatus().words
    } clear: {
      // Its answer was read a moment ago; where it does not take, the error is told again.
      _ = try? await driver.readAndClearStatus()
    }
  }

  /// Stops the part, since only an idle one cleans itself, and starts it again whatever happens.
  func cleanFan() async throws(SensorError) -> Duration? {
    try await driver.stop()
    do {
      try await driver.startFanCleaning()
    } catch {
      try await driver.start()
      throw error
    }
    _ = await clock.wait(for: SEN66.fanCleaningTime)
    try await driver.start()
    return particleWarmUp
  }

  func reset() async throws(SensorError) { try await driver.reset() }
}
