import Acquisition
import Bus
import Quantities
import Readings
import Sensors
import Settings

/// What one part said when it was read once.
struct PartReading: Hashable {
  /// Name and address: `sen55 0x69`.
  var part: String
  var bus: String
  var identity: PartInfo?
  /// The part's own numbers, by a name that ends in the unit.
  var numbers: [Number] = []
  /// Channels of the air.
  var air: [AirReading] = []
  /// The bytes of the last read, as they came.
  var wire: [UInt8] = []
  /// What else is worth knowing.
  var remark: String?
  var absence: Absence?
  /// Why it could not be read, and the mend.
  var problem: String?

  struct Number: Hashable {
    /// As JSON has it: `capacitance_picofarads`.
    var key: String
    var value: Double
    /// As people read it: `6.53 pF`.
    var words: String
  }

  /// The reading that a failure leaves.
  mutating func fail(_ error: SensorError) {
    absence = error.absence
    problem = "\(error): \(error.hint)"
  }
}

/// Reads a configured part once, and leaves it as it was found.
struct PartReader {
  var settings: Settings
  var clock: any StationClock

  func read(_ part: Settings.Part, on bus: any I2CBus) async -> PartReading {
    let wire = RecordingBus(bus)
    var reading = PartReading(part: part.part.name(at: part.address), bus: bus.name)
    do {
      reading.identity = try await part.part.identify(on: wire, at: part.address, clock: clock)
      switch part.options {
      case .moisture(let options): try await readMoisture(part, options, on: wire, &reading)
      case .sebum(let options): try await readLight(part, options, on: wire, &reading)
      case .touch(let options): try await readTouch(part, options, on: wire, &reading)
      case .air(let names, _):
        let channels = names.compactMap { Channel(rawValue: $0.rawValue) }
        try await readAir(part, channels, on: wire, &reading)
      }
    } catch {
      reading.fail(error)
    }
    return reading
  }

  func attempt<T>(
    _ body: () async throws(SensorError) -> T
  ) async -> Result<T, SensorError> {
    do { return .success(try await body()) } catch { return .failure(error) }
  }

  private func readMoisture(
    _ part: Settings.Part, _ options: Settings.Moisture, on bus: RecordingBus,
    _ reading: inout PartReading
  ) async throws(SensorError) {
    let driver = FDC1004(bus: bus, address: part.address, clock: clock)
    let measurement = try await driver.configure(input: options.input, capdac: options.offsetCode)
    let sample = try await driver.measureOnce(measurement)
    reading.wire = bus.lastRead
    let picofarads = sample.capacitance.picofarads
    reading.numbers = [
      .init(key: "code", value: Double(sample.code), words: "code \(sample.code)"),
      .init(
        key: "capacitance_picofarads", value: picofarads, words: "\(decimal(picofarads, 3)) pF"),
    ]
    if sample.isOverRange {
      reading.remark = "beyond ±15 pF: is the electrode shorted, or is an offset wanted?"
    }
  }

  private func readLight(
    _ part: Settings.Part, _ options: Settings.Sebum, on bus: RecordingBus,
    _ reading: inout PartReading
  ) async throws(SensorError) {
    let driver = TSL2591(bus: bus, address: part.address, clock: clock)
    let result = await attempt { () async throws(SensorError) in
      try await driver.measure(gain: options.gain.onPart, integration: options.onPart)
    }
    reading.wire = bus.lastRead
    try await driver.disable()
    let light = try result.get()
    reading.numbers = [
      .init(
        key: "visible_and_infrared_counts", value: Double(light.channel0),
        words: "\(light.channel0) counts"),
      .init(
        key: "infrared_counts", value: Double(light.channel1),
        words: "infrared \(light.channel1) counts"),
    ]
    reading.remark =
      light.isSaturated ? "saturated: lower the gain" : "the lamp was left as it is"
  }
}

extension Settings.Sebum {
  var onPart: TSL2591.Integration {
    TSL2591.Integration(rawValue: UInt8(integrationSteps - 1)) ?? .milliseconds100
  }
}

extension Settings.Sebum.Gain {
  var onPart: TSL2591.Gain {
    switch self {
    case .low: .low
    case .medium: .medium
    case .high: .high
    case .maximum: .maximum
    }
  }
}
