import Bus
import Quantities
import Readings
import Sensors

/// SHT4x: climate.
struct SHT4xSource: AirSource {
  let part: String
  let channels: [Channel]
  let driver: SHT4x

  func start() async throws(SensorError) -> PartIdentity {
    PartIdentity(part, try await driver.identify(), status: nil, channels)
  }

  func sample() async throws(SensorError) -> [AirReading] {
    let reading = try await driver.measure(.high)
    return channels.map { channel in
      switch channel {
      case .airTemperature: AirReading(channel, reading.temperature, \.celsius)
      case .airHumidity: AirReading(channel, reading.humidity, \.percent)
      default: AirReading(channel, .absent(.notPresent))
      }
    }
  }

  func reset() async throws(SensorError) { try await driver.reset() }
}

/// BME280: climate and pressure.
actor BME280Source: AirSource {
  nonisolated let part: String
  nonisolated let channels: [Channel]
  private let driver: BME280
  /// The part's trimming, read at its start.
  private var calibration: BME280.Calibration?

  init(part: String, channels: [Channel], driver: BME280) {
    self.part = part
    self.channels = channels
    self.driver = driver
  }

  func start() async throws(SensorError) -> PartIdentity {
    let info = try await driver.identify()
    calibration = try await driver.start()
    return PartIdentity(part, info, status: nil, channels)
  }

  func sample() async throws(SensorError) -> [AirReading] {
    guard let calibration else { return absent(.notReady) }
    let reading = try await driver.measure(using: calibration)
    return channels.map { channel in
      switch channel {
      case .airTemperature: AirReading(channel, reading.temperature, \.celsius)
      case .airHumidity: AirReading(channel, reading.humidity, \.percent)
      case .airPressure: AirReading(channel, reading.pressure, \.pascals)
      default: AirReading(channel, .absent(.notPresent))
      }
    }
  }
}

/// PMSA003I: particles.
actor PMSA003ISource: AirSource {
  nonisolated let part: String
  nonisolated let channels: [Channel]
  private let driver: PMSA003I
  private let particleWarmUp: Duration
  private var lastFrame: PMSA003I.Frame?
  private var repeats = 0
  /// Equal frames in a row, counts and all, that a living fan does not make.
  private static let mostRepeats = 3

  init(part: String, channels: [Channel], driver: PMSA003I, particleWarmUp: Duration) {
    self.part = part
    self.channels = channels
    self.driver = driver
    self.particleWarmUp = particleWarmUp
  }

  func start() async throws(SensorError) -> PartIdentity {
    let info = try await driver.identify()
    lastFrame = nil
    repeats = 0
    return PartIdentity(part, info, status: nil, channels)
  }

  func sample() async throws(SensorError) -> [AirReading] {
    let frame = try await driver.read()
    repeats = frame == lastFrame ? repeats + 1 : 0
    lastFrame = frame
    // The part has no data-ready flag: an unchanged frame is the only sign of a stopped one.
    if repeats >= Self.mostRepeats { return absent(.stale) }
    return channels.map { channel in
      switch channel {
      case .airPM1: AirReading(channel, frame.atmospheric.pm1, \.microgramsPerCubicMetre)
      case .airPM2_5: AirReading(channel, frame.atmospheric.pm2_5, \.microgramsPerCubicMetre)
      case .airPM10: AirReading(channel, frame.atmospheric.pm10, \.microgramsPerCubicMetre)
      default: AirReading(channel, .absent(.notPresent))
      }
    }
  }

  nonisolated func warmUp(of channel: Channel) -> Duration { particleWarmUp }
}

extension PartIdentity {
  init(_ part: String, _ info: PartInfo, status: String?, _ channels: [Channel]) {
    self.init(
      part: part, product: info.product, serial: info.serial, firmware: info.firmware,
      status: status, channels: channels)
  }
}
