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
  private var last: SPS30.Reading?
  /// Whether the part may still call values new that it had at an earlier sample.
  private var isUnread = false

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
    let info = try await confirmed { () async throws(SensorError) in try await identifyAwake() }
    // It may still be measuring for the daemon before this one, and a start is for an idle part.
    try await driver.stop()
    try await driver.start()
    isUnread = false
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
    // Reading is what takes the flag back: one that is left from a sample that failed says nothing.
    if isUnread { _ = try await driver.readValues() }
    isUnread = false
    guard try await hasNews() else { return try await silence() }
    isUnread = true
    let (reading, isNew) = try await fresh(after: last) { () async throws(SensorError) in
      try await hasNews()
    } _: { () async throws(SensorError) in
      try await driver.readValues()
    }
    isUnread = false
    guard isNew else { return absent(.stale) }
    last = reading
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

  private func hasNews() async throws(SensorError) -> Bool {
    try await clock.waitForData { () async throws(SensorError) in try await driver.isDataReady() }
  }

  /// Waits for as long as a cleaning of the fan can take, which brings nothing new either; what is
  /// silent for longer is idle, as after a reboot, and has no sentinel to say so.
  private func silence() async throws(SensorError) -> [AirReading] {
    let end = clock.now.advanced(by: SPS30.fanCleaningTime + SPS30.period)
    while clock.now < end {
      guard await clock.wait(for: .milliseconds(400)) else { throw .cancelled }
      if try await driver.isDataReady() { return absent(.stale) }
    }
    throw .forgotten("there was nothing new for longer than its fan is cleaned")
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
