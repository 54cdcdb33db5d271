import Bus
import Quantities
import Readings
import Sensors

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
