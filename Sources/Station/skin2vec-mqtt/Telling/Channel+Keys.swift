import Readings

extension Channel {
  /// What it is called below `air` or a site: `temperature`, `pm2_5`.
  var shortKey: String { String(rawValue.drop { $0 != "." }.dropFirst()) }

  /// The key of its values, which is their unit.
  var unitKey: String {
    switch self {
    case .airTemperature, .skinTemperature: "celsius"
    case .airHumidity: "percent"
    case .airPM1, .airPM2_5, .airPM4, .airPM10: "ug_per_m3"
    case .airVOCIndex, .airNOxIndex, .skinMoisture, .skinSebum: "index"
    case .airCO2: "ppm"
    case .airPressure: "pascals"
    case .skinForce: "newtons"
    }
  }
}

// What Home Assistant calls it (home-assistant.io/integrations/sensor, "Device class").
extension Channel {
  /// Nil where Home Assistant has no such class.
  var deviceClass: String? {
    switch self {
    case .airTemperature, .skinTemperature: "temperature"
    case .airHumidity: "humidity"
    case .airPM1: "pm1"
    case .airPM2_5: "pm25"
    case .airPM10: "pm10"
    case .airCO2: "carbon_dioxide"
    case .airPressure: "atmospheric_pressure"
    case .airPM4, .airVOCIndex, .airNOxIndex, .skinMoisture, .skinSebum, .skinForce: nil
    }
  }

  /// The unit as its class wants it; nil for an index.
  var homeUnit: String? {
    switch self {
    case .airHumidity: "%"
    default: unit == "index" ? nil : unit
    }
  }

  /// Decimals that mean something.
  var places: Int {
    switch self {
    case .skinMoisture, .skinForce, .skinTemperature, .airTemperature: 1
    case .airPM1, .airPM2_5, .airPM4, .airPM10: 1
    case .skinSebum, .airHumidity, .airVOCIndex, .airNOxIndex, .airCO2, .airPressure: 0
    }
  }

  /// What a person calls it: `Air PM2.5`, `moisture`.
  var title: String {
    switch self {
    case .skinMoisture: "moisture"
    case .skinSebum: "sebum"
    case .skinForce: "force"
    case .skinTemperature: "temperature"
    case .airTemperature: "Air temperature"
    case .airHumidity: "Air humidity"
    case .airPM1: "Air PM1"
    case .airPM2_5: "Air PM2.5"
    case .airPM4: "Air PM4"
    case .airPM10: "Air PM10"
    case .airVOCIndex: "Air VOC index"
    case .airNOxIndex: "Air NOx index"
    case .airCO2: "Air CO2"
    case .airPressure: "Air pressure"
    }
  }
}
