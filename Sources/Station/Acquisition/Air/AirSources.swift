import Bus
import Quantities
import Readings
import Sensors

/// SHT4x: climate.
actor SHT4xSource: AirSource {
  nonisolated let part: String
  nonisolated let channels: [Channel]
  private let driver: SHT4x
  private var repeats = Repeats<SHT4x.Reading>()
  /// Ten times and more what two measurements of one moment differ by (SHT4x datasheet, "Humidity" and
  /// "Temperature", repeatability: 0.08 %RH and 0.04 °C).
  private static let likeness = (celsius: 0.2, percent: 0.5)

  init(part: String, channels: [Channel], driver: SHT4x) {
    self.part = part
    self.channels = channels
    self.driver = driver
  }

  func start() async throws(SensorError) -> PartIdentity {
    let info = try await confirmed { () async throws(SensorError) in
      try await driver.identify()
    }
    repeats = Repeats()
    return PartIdentity(part, info, status: nil, channels)
  }

  func sample() async throws(SensorError) -> [AirReading] {
    var known = repeats
    let fresh = try await known.fresh { () async throws(SensorError) in try await measured() }
    repeats = known
    guard let reading = fresh else { return absent(.stale) }
    return channels.map { channel in
      switch channel {
      case .airTemperature: AirReading(channel, reading.temperature, \.celsius)
      case .airHumidity: AirReading(channel, reading.humidity, \.percent)
      default: AirReading(channel, .absent(.notPresent))
      }
    }
  }

  /// A measurement that the next one bears out: each gives its answer only once, and its checksum lets
  /// one in 256 pass of those that a burst of noise has spoilt.
  private func measured() async throws(SensorError) -> SHT4x.Reading {
    var last = try await driver.measure(.high)
    for _ in 0..<2 {
      let next = try await driver.measure(.high)
      if Self.areAlike(last, next) { return next }
      last = next
    }
    throw .corrupted("two measurements of one moment are far from each other")
  }

  private static func areAlike(_ a: SHT4x.Reading, _ b: SHT4x.Reading) -> Bool {
    func areNear<Quantity>(
      _ a: Field<Quantity>, _ b: Field<Quantity>, _ number: (Quantity) -> Double, _ limit: Double
    ) -> Bool {
      guard let first = a.value, let second = b.value else { return a == b }
      return abs(number(first) - number(second)) <= limit
    }
    return areNear(a.temperature, b.temperature, \.celsius, likeness.celsius)
      && areNear(a.humidity, b.humidity, \.percent, likeness.percent)
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
  private var repeats = Repeats<BME280.Raw>()

  init(part: String, channels: [Channel], driver: BME280) {
    self.part = part
    self.channels = channels
    self.driver = driver
  }

  func start() async throws(SensorError) -> PartIdentity {
    let info = try await driver.identify()
    calibration = try await driver.start()
    repeats = Repeats()
    return PartIdentity(part, info, status: nil, channels)
  }

  func sample() async throws(SensorError) -> [AirReading] {
    guard let calibration else { return absent(.notReady) }
    var known = repeats
    let fresh = try await known.fresh { () async throws(SensorError) in
      try await driver.measureRaw()
    }
    repeats = known
    guard let raw = fresh else { return absent(.stale) }
    let reading = calibration.reading(of: raw)
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
  private let clock: any StationClock
  private let particleWarmUp: Duration
  private var repeats = Repeats<PMSA003I.Frame>()
  /// A little more than the time of a frame in steady air (data manual, "I2C", 2.3 s).
  private static let frameTime = Duration.milliseconds(2400)

  init(
    part: String, channels: [Channel], driver: PMSA003I, clock: any StationClock,
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
    repeats = Repeats()
    return PartIdentity(part, info, status: nil, channels)
  }

  func sample() async throws(SensorError) -> [AirReading] {
    // The part has no data-ready flag: a frame that stays as it was, counts and all, is the only sign
    // of a stopped one.
    var known = repeats
    let fresh = try await known.fresh { () async throws(SensorError) in
      // Two bits that noise turns the opposite way leave the sum of the bytes as it was.
      try await confirmed { () async throws(SensorError) in try await driver.read() }
    } after: {
      await clock.wait(for: Self.frameTime)
    }
    repeats = known
    guard let frame = fresh else { return absent(.stale) }
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

/// Tells a part that measures from one that says its last result again.
///
/// Every measurement has its own noise in the last digits, all of them together: one that is like the
/// sample before it is made again, and again, and where none differs the part is stale.
struct Repeats<Answer: Equatable & Sendable> {
  /// So many times it is looked again.
  private static var mostLooks: Int { 3 }
  private var last: Answer?

  /// An answer that differs from the sample before it; nil where there is none.
  ///
  /// - Parameters:
  ///   - read: Asks the part.
  ///   - wait: Waits for what it may say next; false where the task was cancelled.
  /// - Returns: The answer.
  /// - Throws: What `read` throws.
  mutating func fresh(
    _ read: () async throws(SensorError) -> Answer, after wait: () async -> Bool = { true }
  ) async throws(SensorError) -> Answer? {
    var answer = try await read()
    for _ in 0..<Self.mostLooks where answer == last {
      guard await wait() else { throw .cancelled }
      answer = try await read()
    }
    guard answer != last else { return nil }
    last = answer
    return answer
  }
}

extension PartIdentity {
  init(_ part: String, _ info: PartInfo, status: String?, _ channels: [Channel]) {
    self.init(
      part: part, product: info.product, serial: info.serial, firmware: info.firmware,
      status: status, channels: channels)
  }
}
