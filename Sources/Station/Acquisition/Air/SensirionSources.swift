import Bus
import Quantities
import Readings
import Sensors

/// SEN54 and SEN55: particles, climate and gas indices.
struct SEN5xSource: AirSource {
  let part: String
  let channels: [Channel]
  let driver: SEN5x
  let clock: any StationClock
  let particleWarmUp: Duration

  func start() async throws(SensorError) -> PartIdentity {
    let info = try await driver.identify()
    // It may still be measuring for the daemon before this one, and a start is for an idle part.
    try await driver.stop()
    try await driver.start()
    return PartIdentity(part, info, status: try await status(), channels)
  }

  func sample() async throws(SensorError) -> [AirReading] {
    let isNew = try await clock.waitForData { () async throws(SensorError) in
      try await driver.isDataReady()
    }
    let reading = try await driver.readValues()
    // Read although nothing is new: all unknown tells a part that has rebooted from a slow one.
    guard isNew || reading.isAllUnknown else { return absent(.stale) }
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

  func warmUp(of channel: Channel) -> Duration {
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
struct SEN66Source: AirSource {
  let part: String
  let channels: [Channel]
  let driver: SEN66
  let clock: any StationClock
  let particleWarmUp: Duration

  func start() async throws(SensorError) -> PartIdentity {
    let info = try await driver.identify()
    // It may still be measuring for the daemon before this one, and a start is for an idle part.
    try await driver.stop()
    try await driver.start()
    return PartIdentity(part, info, status: try await status(), channels)
  }

  func sample() async throws(SensorError) -> [AirReading] {
    let isNew = try await clock.waitForData { () async throws(SensorError) in
      try await driver.isDataReady()
    }
    let reading = try await driver.readValues()
    // Read although nothing is new: all unknown tells a part that has rebooted from a slow one.
    guard isNew || reading.isAllUnknown else { return absent(.stale) }
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

  func warmUp(of channel: Channel) -> Duration {
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

/// SPS30: particles.
actor SPS30Source: AirSource {
  nonisolated let part: String
  nonisolated let channels: [Channel]
  private let driver: SPS30
  private let clock: any StationClock
  private let particleWarmUp: Duration
  /// When it last began to measure, or had something new.
  private var lastNews: BootInstant?
  /// Longer than the cleaning of its fan, which brings nothing new either.
  private static let longestSilence = SPS30.fanCleaningTime * 2

  init(
    part: String, channels: [Channel], driver: SPS30, clock: any StationClock,
    particleWarmUp: Duration
  ) {
    self.part = part
    self.channels = channels
    self.driver = driver
    self.clock = clock
    self.particleWarmUp = particleWarmUp
  }

  func start() async throws(SensorError) -> PartIdentity {
    let info = try await identifyAwake()
    // It may still be measuring for the daemon before this one, and a start is for an idle part.
    try await driver.stop()
    try await driver.start()
    lastNews = clock.now
    return PartIdentity(part, info, status: try await status(), channels)
  }

  /// Nobody answers for a part that sleeps: it is woken, and asked again.
  private func identifyAwake() async throws(SensorError) -> PartInfo {
    do {
      return try await driver.identify()
    } catch {
      guard case .bus(let failure) = error, failure.kind == .notAcknowledged else { throw error }
      try await driver.wake()
      return try await driver.identify()
    }
  }

  func sample() async throws(SensorError) -> [AirReading] {
    let isNew = try await clock.waitForData { () async throws(SensorError) in
      try await driver.isDataReady()
    }
    // An idle part has no sentinel to read: only its silence tells that it has rebooted.
    guard isNew else { return absent(isSilentForLong ? .notReady : .stale) }
    lastNews = clock.now
    let reading = try await driver.readValues()
    return channels.map { channel in
      switch channel {
      case .airPM1: AirReading(channel, reading.pm1, \.microgramsPerCubicMetre)
      case .airPM2_5: AirReading(channel, reading.pm2_5, \.microgramsPerCubicMetre)
      case .airPM4: AirReading(channel, reading.pm4, \.microgramsPerCubicMetre)
      case .airPM10: AirReading(channel, reading.pm10, \.microgramsPerCubicMetre)
      default: AirReading(channel, .absent(.notPresent))
      }
    }
  }

  private var isSilentForLong: Bool {
    lastNews.map { $0.duration(to: clock.now) > Self.longestSilence } ?? true
  }

  nonisolated func warmUp(of channel: Channel) -> Duration { particleWarmUp }

  func status() async throws(SensorError) -> String? {
    do {
      return try await statusWords { () async throws(SensorError) in
        try await driver.readStatus().words
      } clear: {
        // Its answer was read a moment ago; where it does not take, the error is told again.
        _ = try? await driver.readAndClearStatus()
      }
    } catch {
      // Firmware before 2.2 has no status register (SPS30 datasheet, "Read Device Status Register").
      guard case .bus(let failure) = error, failure.kind == .notAcknowledged else { throw error }
      return nil
    }
  }

  func cleanFan() async throws(SensorError) -> Duration? {
    try await driver.startFanCleaning()
    return SPS30.fanCleaningTime + particleWarmUp
  }

  /// The part remembers it without its supply, in a memory that wears: it is written only once.
  func stopCleaningByItself() async throws(SensorError) {
    guard try await driver.fanCleaningInterval() != .zero else { return }
    try await driver.setFanCleaningInterval(.zero)
  }

  func reset() async throws(SensorError) { try await driver.reset() }
}

extension Channel {
  /// Whether it counts particles, for which a fan must have turned for a while.
  var isParticles: Bool {
    switch self {
    case .airPM1, .airPM2_5, .airPM4, .airPM10: true
    default: false
    }
  }
}

extension StationClock {
  /// Whether a part has something new; waits a little more than the second in which it measures
  /// (SEN5x and SEN66 drivers, data after 1.1 s).
  fileprivate func waitForData(
    _ isReady: () async throws(SensorError) -> Bool
  ) async throws(SensorError) -> Bool {
    for attempt in 0..<4 {
      if try await isReady() { return true }
      guard attempt < 3, await wait(for: .milliseconds(400)) else { break }
    }
    return false
  }
}

extension AirSource {
  /// The words of a part's status register; its errors are cleared once they have been read whole.
  ///
  /// A register that never answers whole is told of and is no failure: the rest of such a part was
  /// seen to be well (Sensirion arduino-i2c-sen66, issue 13).
  ///
  /// - Parameters:
  ///   - read: Reads what is set, in words.
  ///   - clear: Clears it.
  /// - Returns: What is set, empty where nothing is.
  /// - Throws: `SensorError` where the part does not answer at all.
  fileprivate func statusWords(
    _ read: () async throws(SensorError) -> [String],
    clear: () async -> Void
  ) async throws(SensorError) -> String {
    var failure = ""
    for _ in 0..<3 {
      do {
        let words = try await read()
        if !words.isEmpty { await clear() }
        return words.joined(separator: ", ")
      } catch {
        guard case .corrupted(let what) = error else { throw error }
        failure = what
      }
    }
    return "its status cannot be read: \(failure)"
  }
}
