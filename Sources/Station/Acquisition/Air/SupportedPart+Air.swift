package import Bus
package import Readings
import Sensors

extension SupportedPart {
  /// The channels the part offers.
  package var channels: [Channel] {
    switch self {
    case .sen55:
      [
        .airTemperature, .airHumidity, .airPM1, .airPM2_5, .airPM4, .airPM10, .airVOCIndex,
        .airNOxIndex,
      ]
    case .sen54:
      [.airTemperature, .airHumidity, .airPM1, .airPM2_5, .airPM4, .airPM10, .airVOCIndex]
    case .sen66: SupportedPart.sen55.channels + [.airCO2]
    case .sps30: [.airPM1, .airPM2_5, .airPM4, .airPM10]
    case .bme280: [.airTemperature, .airHumidity, .airPressure]
    case .sht4x: [.airTemperature, .airHumidity]
    case .pmsa003i: [.airPM1, .airPM2_5, .airPM10]
    case .fdc1004: [.skinMoisture]
    case .tsl2591: [.skinSebum]
    case .ads1115: [.skinForce, .skinTemperature]
    }
  }

  /// The name a part has in readings and notices: `sen55 0x69`.
  package func name(at address: I2CAddress) -> String { "\(rawValue) \(address)" }

  /// The driver of an air part behind the sampler's face; nil for the parts of the probe.
  ///
  /// - Parameters:
  ///   - bus: The bus it is on.
  ///   - address: Where it answers.
  ///   - clock: What it waits by.
  ///   - channels: Those of its channels that are wanted.
  ///   - particleWarmUp: How long its particle counter takes to settle.
  /// - Returns: The source, or nil.
  package func airSource(
    on bus: any I2CBus, at address: I2CAddress, clock: any StationClock, channels: [Channel],
    particleWarmUp: Duration
  ) -> (any AirSource)? {
    let part = name(at: address)
    switch self {
    case .sen54, .sen55:
      let model: SEN5x.Model = self == .sen54 ? .sen54 : .sen55
      return SensirionSource(
        part: part, channels: channels,
        driver: SEN5x(bus: bus, address: address, clock: clock, model: model), clock: clock,
        particleWarmUp: particleWarmUp)
    case .sen66:
      return SensirionSource(
        part: part, channels: channels,
        driver: SEN66(bus: bus, address: address, clock: clock), clock: clock,
        particleWarmUp: particleWarmUp)
    case .sps30:
      return SPS30Source(
        part: part, channels: channels,
        driver: SPS30(bus: bus, address: address, clock: clock), clock: clock,
        particleWarmUp: particleWarmUp)
    case .bme280:
      return BME280Source(
        part: part, channels: channels, driver: BME280(bus: bus, address: address, clock: clock))
    case .sht4x:
      return SHT4xSource(
        part: part, channels: channels, driver: SHT4x(bus: bus, address: address, clock: clock))
    case .pmsa003i:
      return PMSA003ISource(
        part: part, channels: channels, driver: PMSA003I(bus: bus, address: address, clock: clock),
        clock: clock, particleWarmUp: particleWarmUp)
    case .fdc1004, .tsl2591, .ads1115: return nil
    }
  }
}
