import Readings

/// Where a channel of the air lives in the table `air`: its column, and its bit in `offered`.
struct AirColumn {
  var channel: Channel
  /// The column's name, with the unit in it.
  var name: String
  /// The bit of `offered`; never given to another channel.
  var bit: Int

  var mask: Int64 { 1 << Int64(bit) }

  /// Every channel of the air, in the order of their columns and bits.
  static let all: [AirColumn] = Channel.allCases.compactMap { AirColumn($0) }

  /// How many columns there are.
  static let count = all.count

  /// Their names, as a statement lists them.
  static let names = all.map(\.name).joined(separator: ", ")

  /// The columns by channel.
  static let by = Dictionary(uniqueKeysWithValues: all.map { ($0.channel, $0) })

  /// The column of a channel, or nil for a channel of the skin.
  init?(_ channel: Channel) {
    self.channel = channel
    switch channel {
    case .skinMoisture, .skinSebum, .skinForce, .skinTemperature: return nil
    case .airTemperature: (name, bit) = ("temperature_celsius", 0)
    case .airHumidity: (name, bit) = ("humidity_percent", 1)
    case .airPM1: (name, bit) = ("pm1_ug_m3", 2)
    case .airPM2_5: (name, bit) = ("pm2_5_ug_m3", 3)
    case .airPM4: (name, bit) = ("pm4_ug_m3", 4)
    case .airPM10: (name, bit) = ("pm10_ug_m3", 5)
    case .airVOCIndex: (name, bit) = ("voc_index", 6)
    case .airNOxIndex: (name, bit) = ("nox_index", 7)
    case .airCO2: (name, bit) = ("co2_ppm", 8)
    case .airPressure: (name, bit) = ("pressure_pascals", 9)
    }
  }
}

/// What `flags` says of the channels of a sample that have no value, or not a good one.
///
/// JSON by channel: `{"air.nox_index":"warming","air.pm1":"suspect:jump"}`. Where the column is
/// null the word is the reason for it; where it is not, the word is the quality and, after a
/// colon, the check that failed.
struct AirFlags {
  private(set) var json = ""

  /// The whole object, or nil where every channel is well.
  var text: String? { json.isEmpty ? nil : "{" + json + "}" }

  mutating func note(_ channel: Channel, _ word: String) {
    note(channel, json: JSONText.quoted(word))
  }

  /// Notes a number, as `raw` has it.
  mutating func note(_ channel: Channel, number: Double) { note(channel, json: "\(number)") }

  private mutating func note(_ channel: Channel, json value: String) {
    json += (json.isEmpty ? "\"" : ",\"") + channel.rawValue + "\":" + value
  }

  /// The word for a value that is not well: its quality and the check that it failed.
  static func word(_ quality: Quality, _ reason: String?) -> String {
    quality.rawValue + (reason.map { ":" + $0 } ?? "")
  }

  /// The members of such an object as this program writes it: no space, nothing nested.
  static func members(of text: String) -> [(channel: Channel, word: Substring)] {
    var rest = text[...]
    var members: [(channel: Channel, word: Substring)] = []
    while let start = rest.firstIndex(of: "\"") {
      rest = rest[start...].dropFirst()
      let name = rest.prefix { $0 != "\"" }
      rest = rest.dropFirst(name.count + 2)
      let isText = rest.first == "\""
      if isText { rest = rest.dropFirst() }
      let word = rest.prefix { isText ? $0 != "\"" : $0 != "," && $0 != "}" }
      rest = rest.dropFirst(word.count + 1)
      if let channel = Channel(rawValue: String(name)) { members.append((channel, word)) }
    }
    return members
  }
}

/// Just enough JSON to write without a library.
enum JSONText {
  /// A string as JSON writes it.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case _ where scalar.value < 0x20:
        out += "\\u" + scalar.value.hexadecimal(digits: 4)
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// An object of strings, in the order given.
  static func object(_ members: [(name: String, value: String)]) -> String {
    "{" + members.map { quoted($0.name) + ":" + quoted($0.value) }.joined(separator: ",") + "}"
  }

  /// An array of strings.
  static func array(_ items: [String]) -> String {
    "[" + items.map(quoted).joined(separator: ",") + "]"
  }
}
