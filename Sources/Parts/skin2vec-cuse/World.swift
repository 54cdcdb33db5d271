import Bus
import Quantities
import SimulatedParts
import Synchronization

/// The air and the skin around the parts, as they are set at the moment.
final class World: Sendable {
  /// What can be set, by the name a person gives it.
  enum Key: String, CaseIterable {
    /// °C
    case temperature = "air.temperature"
    /// %RH
    case humidity = "air.humidity"
    /// µg/m³
    case pm1 = "air.pm1"
    case pm2_5 = "air.pm2_5"
    case pm4 = "air.pm4"
    case pm10 = "air.pm10"
    case vocIndex = "air.voc_index"
    case noxIndex = "air.nox_index"
    /// Pa
    case pressure = "air.pressure"
    /// ppm
    case carbonDioxide = "air.co2"
    /// pF at input 1 of the converter: on the skin, and off it.
    case moisture = "skin.moisture_pf"
    case openProbe = "probe.open_pf"
    /// Counts at gain 1x and 100 ms: with the lamp on, and off.
    case light = "skin.light"
    case dark = "probe.dark"
    /// V at input 0 of the ADS1115: on the skin; 0 V off it.
    case force = "skin.force_v"
    /// V at its input 1: on the skin, and off it.
    case skinTemperature = "skin.temperature_v"
    case openTemperature = "probe.temperature_v"
  }

  private let values: Mutex<[Key: Double]>
  private let lamp: LevelHistory
  private let contact: LevelHistory
  private let stretch: Int

  /// A lamp whose level nobody watches counts as on, a contact as closed; a conversion of capacitance
  /// takes `stretch` times as long as it should.
  init(_ values: [Key: Double], lamp: LevelHistory, contact: LevelHistory, stretch: Int = 1) {
    self.stretch = stretch
    self.values = Mutex(values)
    self.lamp = lamp
    self.contact = contact
  }

  func set(_ key: Key, to value: Double) { values.withLock { $0[key] = value } }

  private func value(_ key: Key) -> Double { values.withLock { $0[key] ?? 0 } }

  private func air() -> SimulatedAir {
    SimulatedAir(
      temperature: .celsius(value(.temperature)), humidity: .percent(value(.humidity)),
      pm1: .microgramsPerCubicMetre(value(.pm1)), pm2_5: .microgramsPerCubicMetre(value(.pm2_5)),
      pm4: .microgramsPerCubicMetre(value(.pm4)), pm10: .microgramsPerCubicMetre(value(.pm10)),
      vocIndex: .value(value(.vocIndex)), noxIndex: .value(value(.noxIndex)),
      pressure: .pascals(value(.pressure)),
      carbonDioxide: .partsPerMillion(value(.carbonDioxide)))
  }

  /// What was set, and the converter's noise above it: its last bits change with two of three
  /// conversions, as a station takes a code that stands still for an old one.
  private func capacitance(_ input: Int, _ time: BootInstant) -> Capacitance {
    let isOnSkin = input == 1 && contact.isActive(at: time)
    let steps = time.microseconds / (15_000 * Int64(stretch)) % 31
    return .picofarads(value(isOnSkin ? .moisture : .openProbe) + Double(steps) / 524_288)
  }

  private func light(_ time: BootInstant) -> LightCounts {
    .counts(value(lamp.isActive(at: time) ? .light : .dark))
  }

  private func voltage(_ input: Int, _ time: BootInstant) -> Voltage {
    let isOnSkin = contact.isActive(at: time)
    return switch input {
    case 0: .volts(isOnSkin ? value(.force) : 0)
    case 1: .volts(value(isOnSkin ? .skinTemperature : .openTemperature))
    default: .volts(0)
    }
  }

  /// The part that lives in this world.
  func part(_ part: SupportedPart) -> any SimulatedPart {
    switch part {
    case .sen54: SimulatedSEN5x(model: .sen54) { _ in self.air() }
    case .sen55: SimulatedSEN5x(model: .sen55) { _ in self.air() }
    case .sen66: SimulatedSEN66 { _ in self.air() }
    case .sps30: SimulatedSPS30 { _ in self.air() }
    case .bme280: SimulatedBME280 { _ in self.air() }
    case .sht4x: SimulatedSHT4x { _ in self.air() }
    case .pmsa003i: SimulatedPMSA003I { _ in self.air() }
    case .fdc1004: SimulatedFDC1004(stretch: stretch) { self.capacitance($0, $1) }
    case .tsl2591: SimulatedTSL2591 { self.light($0) }
    case .ads1115: SimulatedADS1115 { self.voltage($0, $1) }
    }
  }
}
