package import Readings

extension Channel {
  /// What a line calls it: `moisture`, `PM2.5`; `水分`.
  package func shortName(in language: Language = .english) -> String {
    switch self {
    case .skinMoisture: language.text("moisture", "水分")
    case .skinSebum: language.text("sebum", "皮脂")
    case .skinForce: language.text("force", "压力")
    case .skinTemperature, .airTemperature: language.text("temperature", "温度")
    case .airHumidity: language.text("humidity", "湿度")
    case .airPM1: "PM1"
    case .airPM2_5: "PM2.5"
    case .airPM4: "PM4"
    case .airPM10: "PM10"
    case .airVOCIndex: "VOC"
    case .airNOxIndex: "NOx"
    case .airCO2: "CO2"
    case .airPressure: language.text("pressure", "气压")
    }
  }

  /// What a page calls it, apart from every other channel: `air.temperature`, `空气温度`.
  package func name(in language: Language = .english) -> String {
    let short = shortName(in: language)
    return switch self {
    case .skinTemperature: language.text(rawValue, "皮肤" + short)
    case .skinForce: language.text(rawValue, "探头" + short)
    case .airTemperature, .airHumidity: language.text(rawValue, "空气" + short)
    case .airVOCIndex, .airNOxIndex: language.text(rawValue, short + " 指数")
    case .skinMoisture, .skinSebum, .airPM1, .airPM2_5, .airPM4, .airPM10, .airCO2, .airPressure:
      language.text(rawValue, short)
    }
  }

  /// Decimals that mean something.
  private var places: Int {
    switch self {
    case .skinMoisture, .skinForce, .skinTemperature, .airTemperature: 1
    case .airPM1, .airPM2_5, .airPM4, .airPM10: 1
    case .skinSebum, .airHumidity, .airVOCIndex, .airNOxIndex, .airCO2, .airPressure: 0
    }
  }

  /// A value of it with its unit, in every language; an index has none: `47.2`, `22.1 °C`.
  package func words(_ value: Double) -> String {
    decimal(value, places) + (unit == "index" ? "" : " " + unit)
  }

  /// A value with its spread: `47.2 ±0.8`.
  package func words(_ value: Double, spread: Double?) -> String {
    guard let spread else { return words(value) }
    return decimal(value, places) + " ±" + words(spread)
  }

  /// A value with the name, where the unit does not say it: `22.1 °C`, `PM2.5 6.1 µg/m³`.
  package func namedWords(_ value: Double, in language: Language = .english) -> String {
    switch self {
    case .airTemperature, .airHumidity, .airPressure: words(value)
    default: "\(shortName(in: language)) \(words(value))"
    }
  }
}
