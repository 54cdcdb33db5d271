import Bus
import Quantities
import Sensors

// What each driver can be asked, and what its answers may be: the datasheets' ranges.
extension SupportedPart {
  private typealias Claim = PartSubject.Claim
  private static let particles = 0.0...1000
  private static let indices = 1.0...500

  /// Asks the part's driver for something.
  ///
  /// - Parameters:
  ///   - call: What, by number.
  ///   - bus: Who answers.
  ///   - clock: What the driver waits by.
  /// - Returns: What the driver claims.
  /// - Throws: `SensorError`
  func drive(
    _ call: Int, _ bus: AnsweringBus, _ clock: LeapingClock
  ) async throws(SensorError) -> [PartSubject.Claim] {
    switch self {
    case .sen54: try await Self.sen5x(.sen54, call, bus, clock)
    case .sen55: try await Self.sen5x(.sen55, call, bus, clock)
    case .sen66: try await Self.sen66(call, bus, clock)
    case .sps30: try await Self.sps30(call, bus, clock)
    case .bme280: try await Self.bme280(call, bus, clock)
    case .sht4x: try await Self.sht4x(call, bus, clock)
    case .pmsa003i: try await Self.pmsa003i(call, bus, clock)
    case .fdc1004: try await Self.fdc1004(call, bus, clock)
    case .tsl2591: try await Self.tsl2591(call, bus, clock)
    case .ads1115: try await Self.ads1115(call, bus, clock)
    }
  }

  private static func sen5x(
    _ model: SEN5x.Model, _ call: Int, _ bus: AnsweringBus, _ clock: LeapingClock
  ) async throws(SensorError) -> [Claim] {
    let part = SEN5x(bus: bus, clock: clock, model: model)
    switch call % 5 {
    case 0:
      return try check(try await part.identify())
    case 1:
      return claims(try await part.readValues())
    case 2:
      return words(try await part.readStatus().words)
    case 3:
      _ = try await part.isDataReady()
      return []
    default:
      let interval = try await part.fanCleaningInterval()
      return [Claim(interval / .seconds(1), 0...4_294_967_295)]
    }
  }

  private static func claims(_ reading: SEN5x.Reading) -> [Claim] {
    _ = reading.isAllUnknown
    return [reading.pm1, reading.pm2_5, reading.pm4, reading.pm10].compactMap(mass)
      + [
        Claim(reading.humidity.value?.percent, -6...119),
        Claim(reading.temperature.value?.celsius, -45...130),
        Claim(reading.vocIndex.value?.value, indices),
        Claim(reading.noxIndex.value?.value, indices),
      ].compactMap(\.self)
  }

  private static func sen66(
    _ call: Int, _ bus: AnsweringBus, _ clock: LeapingClock
  ) async throws(SensorError) -> [PartSubject.Claim] {
    switch call % 4 {
    case 0:
      return try check(try await SEN66(bus: bus, clock: clock).identify())
    case 1:
      let reading = try await SEN66(bus: bus, clock: clock).readValues()
      return claims(reading.shared)
        + [Claim(reading.carbonDioxide.value?.partsPerMillion, 0...40_000)].compactMap(\.self)
    case 2:
      return words(try await SEN66(bus: bus, clock: clock).readStatus().words)
    default:
      _ = try await SEN66(bus: bus, clock: clock).isDataReady()
      return []
    }
  }

  private static func sps30(
    _ call: Int, _ bus: AnsweringBus, _ clock: LeapingClock
  ) async throws(SensorError) -> [PartSubject.Claim] {
    switch call % 4 {
    case 0:
      return try check(try await SPS30(bus: bus, clock: clock).identify())
    case 1:
      let reading = try await SPS30(bus: bus, clock: clock).readValues()
      let counts = reading.counts
      let numbers = [
        counts.upTo0_5, counts.upTo1, counts.upTo2_5, counts.upTo4, counts.upTo10,
      ]
      return [reading.pm1, reading.pm2_5, reading.pm4, reading.pm10].compactMap {
        Claim($0.value?.microgramsPerCubicMetre, 0...3000)
      } + numbers.compactMap { Claim($0.value, 0...Double.greatestFiniteMagnitude) }
        + [Claim(reading.typicalMicrometres.value, 0...10)].compactMap(\.self)
    case 2:
      return words(try await SPS30(bus: bus, clock: clock).readStatus().words)
    default:
      let interval = try await SPS30(bus: bus, clock: clock).fanCleaningInterval()
      return [Claim(interval / .seconds(1), 0...4_294_967_295)]
    }
  }

  private static func bme280(
    _ call: Int, _ bus: AnsweringBus, _ clock: LeapingClock
  ) async throws(SensorError) -> [PartSubject.Claim] {
    switch call % 2 {
    case 0:
      return try check(try await BME280(bus: bus, clock: clock).identify())
    default:
      let part = BME280(bus: bus, clock: clock)
      let reading = try await part.measure(using: try await part.start())
      return [
        Claim(reading.temperature.value?.celsius, -40...85),
        Claim(reading.pressure.value?.pascals, 30_000...110_000),
        Claim(reading.humidity.value?.percent, 0...100),
      ].compactMap(\.self)
    }
  }

  private static func sht4x(
    _ call: Int, _ bus: AnsweringBus, _ clock: LeapingClock
  ) async throws(SensorError) -> [PartSubject.Claim] {
    switch call % 2 {
    case 0:
      return try check(try await SHT4x(bus: bus, clock: clock).identify())
    default:
      let reading = try await SHT4x(bus: bus, clock: clock).measure()
      return [
        Claim(reading.temperature.value?.celsius, -40...125),
        Claim(reading.humidity.value?.percent, 0...100),
      ].compactMap(\.self)
    }
  }

  private static func pmsa003i(
    _ call: Int, _ bus: AnsweringBus, _ clock: LeapingClock
  ) async throws(SensorError) -> [PartSubject.Claim] {
    switch call % 2 {
    case 0:
      return try check(try await PMSA003I(bus: bus, clock: clock).identify())
    default:
      let frame = try await PMSA003I(bus: bus, clock: clock).read()
      let all = [frame.standard, frame.atmospheric].flatMap { [$0.pm1, $0.pm2_5, $0.pm10] }
      return all.compactMap(mass)
    }
  }
}

extension SupportedPart {
  /// A product's name, serial number and firmware are printed: nothing else may be in them.
  private static func check(_ info: PartInfo) throws(SensorError) -> [PartSubject.Claim] {
    let texts = [info.product, info.serial ?? "", info.firmware ?? ""]
    let isPrintable = texts.allSatisfy { text in
      text.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) }
    }
    return [PartSubject.Claim(isPrintable ? 1 : 0, 1...1)]
  }

  /// Words for a status must be there, and be short.
  private static func words(_ words: [String]) -> [PartSubject.Claim] {
    [PartSubject.Claim(Double(words.filter(\.isEmpty).count), 0...0)]
  }

  private static func mass(_ field: Field<MassConcentration>) -> PartSubject.Claim? {
    PartSubject.Claim(field.value?.microgramsPerCubicMetre, 0...1000)
  }

  private static func fdc1004(
    _ call: Int, _ bus: AnsweringBus, _ clock: LeapingClock
  ) async throws(SensorError) -> [PartSubject.Claim] {
    switch call % 4 {
    case 0:
      return try check(try await FDC1004(bus: bus, clock: clock).identify())
    case 1:
      let part = FDC1004(bus: bus, clock: clock)
      let measurement = try await part.configure(input: 1, capdac: 3)
      let sample = try await part.readSample(measurement)
      let most = sample.isOverRange ? 16.0 : 15.0
      return [PartSubject.Claim(sample.capacitance.picofarads - 3 * 3.125, -most...most)]
    case 2:
      let part = FDC1004(bus: bus, clock: clock)
      let measurement = try await part.configure(input: 4)
      return [
        PartSubject.Claim(
          try await part.measureOnce(measurement).capacitance.picofarads, -16...16)
      ]
    default:
      try await FDC1004(bus: bus, clock: clock).reset()
      return []
    }
  }

  private static func tsl2591(
    _ call: Int, _ bus: AnsweringBus, _ clock: LeapingClock
  ) async throws(SensorError) -> [PartSubject.Claim] {
    switch call % 3 {
    case 0:
      return try check(try await TSL2591(bus: bus, clock: clock).identify())
    case 1:
      let part = TSL2591(bus: bus, clock: clock)
      let light = try await part.measure(gain: .medium, integration: .milliseconds100)
      return [
        PartSubject.Claim(light.isValid ? 1 : 0, 1...1),
        PartSubject.Claim(Double(light.integration.rawValue), 0...5),
      ]
    default:
      let light = try await TSL2591(bus: bus, clock: clock).read()
      return [PartSubject.Claim(light.integrationTime / .milliseconds(1), 100...600)]
    }
  }

  private static func ads1115(
    _ call: Int, _ bus: AnsweringBus, _ clock: LeapingClock
  ) async throws(SensorError) -> [PartSubject.Claim] {
    switch call % 2 {
    case 0:
      return try check(try await ADS1115(bus: bus, clock: clock).identify())
    default:
      let part = ADS1115(bus: bus, clock: clock)
      let sample = try await part.measure(.ain0, gain: .volts4_096, rate: .perSecond128)
      return [PartSubject.Claim(sample.field.value?.volts, -4.096...4.096)].compactMap(\.self)
    }
  }
}
