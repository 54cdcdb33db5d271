internal import Curves
internal import Readings

/// Numbers and names as a person reads them.
enum Words {
  /// `1 morning`, `3 mornings`.
  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// How many readings, on one line: `n = 17`.
  static func n(_ count: Int) -> String { "n\u{A0}=\u{A0}\(count)" }

  static func withUnit(_ text: String, _ unit: String) -> String {
    unit.isEmpty ? text : "\(text) \(unit)"
  }

  /// `one`, `one and two`, `one, two and three`.
  static func joined(_ texts: [String]) -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + " and " + last
  }

  /// `Skin moisture at cheek`; `Score of oil` for how it felt.
  static func name(of curve: Curve) -> String {
    let site = curve.site.map { " at \($0)" } ?? ""
    guard !curve.channel.hasPrefix("score.") else {
      return "Score of \(curve.channel.dropFirst(6)), 0 to 5" + site
    }
    return name(ofChannel: curve.channel) + site
  }

  /// As short as a heading; the channel's own word where it is not known.
  static func name(ofChannel channel: String) -> String {
    switch Channel(rawValue: channel) {
    case .skinMoisture: "Skin moisture"
    case .skinSebum: "Skin sebum"
    case .skinForce: "Force of the probe"
    case .skinTemperature: "Skin temperature"
    case .airTemperature: "Air temperature"
    case .airHumidity: "Relative humidity"
    case .airPM1: "PM1"
    case .airPM2_5: "PM2.5"
    case .airPM4: "PM4"
    case .airPM10: "PM10"
    case .airVOCIndex: "VOC index"
    case .airNOxIndex: "NOx index"
    case .airCO2: "Carbon dioxide"
    case .airPressure: "Air pressure"
    case nil: channel
    }
  }

  /// Digits after the point that are worth printing, by how finely the channel repeats itself.
  static func digits(floor: Double) -> Int { floor >= 50 ? 0 : floor >= 1 ? 1 : 2 }
}
