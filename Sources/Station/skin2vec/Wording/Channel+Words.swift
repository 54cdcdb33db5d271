import Readings

extension Channel {
  /// What a line calls it: `moisture`, `PM2.5`.
  var shortName: String {
    switch self {
    case .skinMoisture: "moisture"
    case .skinSebum: "sebum"
    case .skinForce: "force"
    case .skinTemperature, .airTemperature: "temperature"
    case .airHumidity: "humidity"
    case .airPM1: "PM1"
    case .airPM2_5: "PM2.5"
    case .airPM4: "PM4"
    case .airPM10: "PM10"
    case .airVOCIndex: "VOC"
    case .airNOxIndex: "NOx"
    case .airCO2: "CO2"
    case .airPressure: "pressure"
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

  /// A value of it with its unit; an index has none: `47.2`, `22.1 °C`.
  func words(_ value: Double) -> String {
    decimal(value, places) + (unit == "index" ? "" : " " + unit)
  }

  /// A value with its spread: `47.2 ±0.8`.
  func words(_ value: Double, spread: Double?) -> String {
    guard let spread else { return words(value) }
    return decimal(value, places) + " ±" + words(spread)
  }

  /// A value with the name, where the unit does not say it: `22.1 °C`, `PM2.5 6.1 µg/m³`.
  func namedWords(_ value: Double) -> String {
    switch self {
    case .airTemperature, .airHumidity, .airPressure: words(value)
    default: "\(shortName) \(words(value))"
    }
  }
}

extension AirReading {
  /// The reading in words: `22.1 °C`, `humidity absent (warming)`.
  var words: String {
    switch state {
    case .value(let value, .ok, _): channel.namedWords(value)
    case .value(let value, let quality, let reason):
      "\(channel.namedWords(value)) (\(quality.rawValue)\(reason.map { ": " + $0 } ?? ""))"
    case .absent(let absence): "\(channel.shortName) absent (\(absence.words))"
    }
  }

  /// The reading for a program.
  var json: JSON {
    switch state {
    case .value(let value, let quality, let reason):
      [
        "channel": .text(channel.rawValue), "unit": .text(channel.unit), "value": .number(value),
        "quality": .text(quality.rawValue), "reason": JSON(reason),
      ]
    case .absent(let absence):
      [
        "channel": .text(channel.rawValue), "unit": .text(channel.unit), "value": .null,
        "quality": "absent", "reason": .text(absence.rawValue),
      ]
    }
  }
}

extension AirSample {
  /// What was said, in one line; a part that said nothing at all in two words.
  var words: String {
    let reasons = Set(readings.map(\.state))
    if reasons.count == 1, case .absent(let absence) = reasons.first {
      return "absent (\(absence.words))"
    }
    return readings.map(\.words).joined(separator: ", ")
  }

  var json: JSON {
    [
      "time_utc_us": .integer(stamp.utc.microseconds), "clock": .text(stamp.trust.rawValue),
      "part": .text(part), "readings": .list(readings.map(\.json)),
    ]
  }
}

extension Absence {
  var words: String {
    switch self {
    case .notPresent: "not present"
    case .notReady: "not ready"
    case .timedOut: "timed out"
    case .corrupted: "corrupted"
    case .outOfRange: "out of range"
    case .warming: "warming up"
    case .stale: "stale"
    case .switchedOff: "switched off"
    }
  }
}
