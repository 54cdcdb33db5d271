/// A stream of numbers in the diary: what is measured, in which unit.
package enum Channel: String, Hashable, Sendable, CaseIterable, Codable {
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

  /// Whether it belongs to the room rather than to a person and a site.
  package var isAir: Bool { rawValue.hasPrefix("air.") }

  /// The unit of its values, as the views name it.
  package var unit: String {
    switch self {
    case .skinMoisture, .skinSebum: "index"
    case .skinForce: "N"
    case .skinTemperature, .airTemperature: "°C"
    case .airHumidity: "%RH"
    case .airPM1, .airPM2_5, .airPM4, .airPM10: "µg/m³"
    case .airVOCIndex, .airNOxIndex: "index"
    case .airCO2: "ppm"
    case .airPressure: "Pa"
    }
  }

  /// What it is, in words.
  package var summary: String {
    switch self {
    case .skinMoisture: "skin moisture, 0 in air to 100 on the wet reference"
    case .skinSebum: "skin sebum, 0 for a fresh strip to 100 at full scale"
    case .skinForce: "force of the probe on the skin"
    case .skinTemperature: "temperature of the skin"
    case .airTemperature: "temperature of the air"
    case .airHumidity: "relative humidity of the air"
    case .airPM1: "particles up to 1 µm"
    case .airPM2_5: "particles up to 2.5 µm"
    case .airPM4: "particles up to 4 µm"
    case .airPM10: "particles up to 10 µm"
    case .airVOCIndex: "index of volatile organic compounds"
    case .airNOxIndex: "index of nitrogen oxides"
    case .airCO2: "carbon dioxide"
    case .airPressure: "pressure of the air"
    }
  }

  /// The channel's repeatability in its own unit: the least scale a deviation is measured against.
  ///
  /// Defaults of the design, section 5; the settings may say otherwise.
  package var defaultFloor: Double {
    switch self {
    case .skinMoisture: 2
    case .skinSebum: 3
    case .skinForce: 0.1
    case .skinTemperature, .airTemperature: 0.2
    case .airHumidity: 1
    case .airPM1, .airPM2_5, .airPM4, .airPM10: 1
    case .airVOCIndex: 10
    case .airNOxIndex: 1
    case .airCO2: 50
    case .airPressure: 100
    }
  }
}
