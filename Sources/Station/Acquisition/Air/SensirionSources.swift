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
    let isNew = try await waitForData()
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

  /// A new reading comes every second; waits a little more than one (SEN5x driver, test `+1.1 s`).
  private func waitForData() async throws(SensorError) -> Bool {
    for attempt in 0..<4 {
      if try await driver.isDataReady() { return true }
      guard attempt < 3, await clock.wait(for: .milliseconds(400)) else { break }
    }
    return false
  }

  func warmUp(of channel: Channel) -> Duration {
    switch channel {
    case .airPM1, .airPM2_5, .airPM4, .airPM10: particleWarmUp
    default: .zero
    }
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

  func reset() async throws(SensorError) { try await driver.reset() }
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
