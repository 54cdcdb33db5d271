import Bus
import Sensors

extension SupportedPart {
  /// Asks the part at an address who it is; throws where it is another, or nobody answers.
  func identify(
    on bus: any I2CBus, at address: I2CAddress, clock: any StationClock
  ) async throws(SensorError) -> PartInfo {
    switch self {
    case .sen54:
      try await SEN5x(bus: bus, address: address, clock: clock, model: .sen54).identify()
    case .sen55:
      try await SEN5x(bus: bus, address: address, clock: clock, model: .sen55).identify()
    case .sen66: try await SEN66(bus: bus, address: address, clock: clock).identify()
    case .sps30: try await SPS30(bus: bus, address: address, clock: clock).identify()
    case .bme280: try await BME280(bus: bus, address: address, clock: clock).identify()
    case .sht4x: try await SHT4x(bus: bus, address: address, clock: clock).identify()
    case .pmsa003i: try await PMSA003I(bus: bus, address: address, clock: clock).identify()
    case .fdc1004: try await FDC1004(bus: bus, address: address, clock: clock).identify()
    case .tsl2591: try await TSL2591(bus: bus, address: address, clock: clock).identify()
    case .ads1115: try await ADS1115(bus: bus, address: address, clock: clock).identify()
    }
  }

  /// Whether a stranger at the address can be asked too, since asking writes nothing into it.
  ///
  /// Reading a register writes its number only. Sensirion's two-byte commands would be a byte
  /// written into a register of some other part: they are for parts the configuration names.
  var isSafeToAsk: Bool {
    switch self {
    case .bme280, .pmsa003i, .fdc1004, .tsl2591, .ads1115: true
    case .sen54, .sen55, .sen66, .sps30, .sht4x: false
    }
  }
}
