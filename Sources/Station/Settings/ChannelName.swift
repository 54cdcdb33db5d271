package import Bus

extension Settings {
  /// The diary's channels by name, as `floors` and a part's `channels` give them.
  package enum ChannelName: String, Hashable, Sendable, CaseIterable {
    case skinMoisture = "skin.moisture"
    case skinSebum = "skin.sebum"
    case skinForce = "skin.force"
    case skinTemperature = "skin.temperature"
    case airTemperature = "air.temperature"
    case airHumidity = "air.humidity"
    case airPM1 = "air.pm1"
    case airPM2_5 = "air.pm2_5"
    case airPM4 = "air.pm4"
    case airPM10 = "air.pm10"
    case airVOCIndex = "air.voc_index"
    case airNOxIndex = "air.nox_index"
    case airCO2 = "air.co2"
    case airPressure = "air.pressure"

    /// The unit a floor is given in.
    package var unit: String {
      switch self {
      case .skinMoisture, .skinSebum, .airVOCIndex, .airNOxIndex: "index"
      case .skinForce: "N"
      case .skinTemperature, .airTemperature: "°C"
      case .airHumidity: "%RH"
      case .airPM1, .airPM2_5, .airPM4, .airPM10: "µg/m³"
      case .airCO2: "ppm"
      case .airPressure: "Pa"
      }
    }

    /// The repeatability of the default parts, in `unit`.
    package var defaultFloor: Double {
      switch self {
      case .skinMoisture: 2
      case .skinSebum: 3
      case .skinForce: 0.1
      case .skinTemperature, .airTemperature: 0.2
      case .airHumidity, .airPM1, .airPM2_5, .airPM4, .airPM10, .airNOxIndex: 1
      case .airVOCIndex: 10
      case .airCO2: 50
      case .airPressure: 100
      }
    }
  }
}

extension SupportedPart {
  /// The channels of the air that the part can give, in the diary's order.
  package var airChannels: [Settings.ChannelName] {
    switch self {
    case .sen54:
      [
        .airTemperature, .airHumidity, .airPM1, .airPM2_5, .airPM4, .airPM10, .airVOCIndex,
      ]
    case .sen55: SupportedPart.sen54.airChannels + [.airNOxIndex]
    case .sen66: SupportedPart.sen55.airChannels + [.airCO2]
    case .sps30: [.airPM1, .airPM2_5, .airPM4, .airPM10]
    case .bme280: [.airTemperature, .airHumidity, .airPressure]
    case .sht4x: [.airTemperature, .airHumidity]
    case .pmsa003i: [.airPM1, .airPM2_5, .airPM10]
    case .fdc1004, .tsl2591, .ads1115: []
    }
  }
}
