import Acquisition
import Bus
import Readings
import Sensors
import Settings

extension PartReader {
  /// Reads a part of the air; one that measures by itself is left measuring, or idle, as it was.
  func readAir(
    _ part: Settings.Part, _ channels: [Channel], on bus: RecordingBus,
    _ reading: inout PartReading
  ) async throws(SensorError) {
    let source = part.part.airSource(
      on: bus, at: part.address, clock: clock, channels: channels, particleWarmUp: .zero)
    guard let source else { return }
    if let driver = steadyPart(part, on: bus) {
      try await readSteadily(source, driver, on: bus, &reading)
    } else {
      _ = try await source.start()
      reading.air = try await source.sample()
      reading.wire = bus.lastRead
    }
  }

  private func steadyPart(_ part: Settings.Part, on bus: RecordingBus) -> (any SteadyPart)? {
    switch part.part {
    case .sen54: SEN5x(bus: bus, address: part.address, clock: clock, model: .sen54)
    case .sen55: SEN5x(bus: bus, address: part.address, clock: clock, model: .sen55)
    case .sen66: SEN66(bus: bus, address: part.address, clock: clock)
    case .sps30: SPS30(bus: bus, address: part.address, clock: clock)
    case .bme280, .sht4x, .pmsa003i, .fdc1004, .tsl2591, .ads1115: nil
    }
  }

  /// An idle part is started, read and stopped again; one that measures goes on measuring.
  private func readSteadily(
    _ source: any AirSource, _ driver: any SteadyPart, on bus: RecordingBus,
    _ reading: inout PartReading
  ) async throws(SensorError) {
    let condition = await driver.condition()
    reading.remark = condition.words.isEmpty ? nil : condition.words.joined(separator: ", ")
    reading.air = try await source.sample()
    reading.wire = bus.lastRead
    // Absent all over: idle, or in the middle of cleaning its fan, which a start would not help.
    guard reading.isAllAbsent, !condition.isCleaning else { return }
    try await driver.start()
    let result = await attempt { () async throws(SensorError) in try await source.sample() }
    reading.wire = bus.lastRead
    try await driver.stop()
    reading.air = try result.get()
    reading.remark = [
      reading.remark, "was idle: started for this reading, and stopped; particles are not settled",
    ].compactMap(\.self).joined(separator: "; ")
  }
}

/// A part that measures by itself from `start` to `stop`.
private protocol SteadyPart: Sendable {
  func start() async throws(SensorError)
  func stop() async throws(SensorError)
  /// Its status register, which may itself be what is broken, or not be there.
  func condition() async -> Condition
}

/// What a part's status says, and whether its fan is being cleaned.
private struct Condition {
  var words: [String] = []
  var isCleaning = false

  init(words: [String], isCleaning: Bool = false) {
    self.words = words
    self.isCleaning = isCleaning
  }

  init(_ error: SensorError) { words = ["its status cannot be read: \(error)"] }
}

extension SEN5x: SteadyPart {
  fileprivate func condition() async -> Condition {
    do {
      let status = try await readStatus()
      return Condition(words: status.words, isCleaning: status.contains(.fanCleaning))
    } catch { return Condition(error) }
  }
}

extension SEN66: SteadyPart {
  fileprivate func condition() async -> Condition {
    do { return Condition(words: try await readStatus().words) } catch { return Condition(error) }
  }
}

extension SPS30: SteadyPart {
  fileprivate func condition() async -> Condition {
    do { return Condition(words: try await readStatus().words) } catch { return Condition(error) }
  }
}

extension PartReading {
  /// Whether no channel has a value.
  fileprivate var isAllAbsent: Bool {
    !air.isEmpty
      && air.allSatisfy { reading in
        if case .absent = reading.state { true } else { false }
      }
  }
}
