import Readings
import Settings
import Store
import Wording

/// Which column of a file is what: by the person's map, else by the column's own name.
struct FieldMap {
  let kind: ImportKind
  /// By column, what `--map` says.
  private let mapped: [String: FieldTarget]
  /// The format of columns whose name does not say it.
  let format: TimeFormat
  private(set) var missing: Set<String>

  /// Reads a map.
  ///
  /// - Parameters:
  ///   - text: `date=time,pm2.5=air.pm2_5[µg/m³]`; empty for none.
  ///   - kind: What is imported.
  ///   - format: How times are written.
  /// - Throws: `Failure`
  init(_ text: String, kind: ImportKind, format: TimeFormat) throws(Failure) {
    self.kind = kind
    self.format = format
    var mapped: [String: FieldTarget] = [:]
    for pair in text.split(separator: ",") {
      guard let equals = pair.lastIndex(of: "=") else {
        throw Failure(
          .usage, "--map `\(String(pair).printable)` has no =",
          hint: "write column=air.pm2_5[µg/m³]")
      }
      let column = String(pair[..<equals]).trimmingSpaces
      let target = String(pair[pair.index(after: equals)...]).trimmingSpaces
      guard mapped.updateValue(try Self.target(target, of: kind), forKey: column) == nil else {
        throw Failure(.usage, "--map names the column `\(column.printable)` twice")
      }
    }
    self.mapped = mapped
    missing = Set(mapped.keys)
  }

  private static func target(_ text: String, of kind: ImportKind) throws(Failure) -> FieldTarget {
    var name = text
    var unit: String?
    if let bracket = text.firstIndex(of: "["), text.hasSuffix("]") {
      name = String(text[..<bracket])
      unit = String(text[text.index(after: bracket)...].dropLast())
    }
    if let channel = Channel(rawValue: name), kind == .air, channel.isAir {
      let conversion = try UnitConversion(from: unit ?? channel.unit, to: channel)
      return .channel(channel, conversion)
    }
    if unit == nil, let role = FieldRole(rawValue: name), FieldRole.roles(of: kind).contains(role) {
      return .role(role)
    }
    let roles = FieldRole.roles(of: kind).map(\.rawValue).sorted()
    let channels = kind == .air ? AirRows.channels.map(\.rawValue) : []
    throw Failure(
      .usage, "--map: `\(name.printable)` is nothing that \(kind.rawValue) have",
      hint: Spelling.hint(for: name, among: channels + roles))
  }

  /// What a column is; nil where it is nothing that is imported.
  mutating func target(of column: String) -> (target: FieldTarget, format: TimeFormat)? {
    if let target = mapped[column] {
      missing.remove(column)
      return (target, format)
    }
    if kind == .air, let bit = AirRows.columnNames.firstIndex(of: column) {
      return (.channel(AirRows.channels[bit], .identity), format)
    }
    if kind == .air, let channel = Channel(rawValue: column), channel.isAir {
      return (.channel(channel, .identity), format)
    }
    guard let named = FieldRole.named(column, of: kind) else { return nil }
    return (.role(named.role), named.format ?? format)
  }
}

extension String {
  /// Without spaces around it.
  fileprivate var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

/// Guesses what the columns of other programs are, for the hint that shows a map.
enum FieldGuess {
  /// A map that may fit some columns, ready to be copied; nil where none looks like anything.
  static func map(
    of columns: [String], kind: ImportKind, onlyChannels: Bool = false
  ) -> String? {
    var taken: Set<String> = []
    let pairs = columns.compactMap { column -> String? in
      guard let target = target(of: column, kind: kind), taken.insert(target.key).inserted,
        !onlyChannels || Channel(rawValue: target.key) != nil
      else { return nil }
      return "\(column)=\(target.text)"
    }
    return pairs.isEmpty ? nil : "--map '" + pairs.joined(separator: ",") + "'"
  }

  private static func target(of column: String, kind: ImportKind) -> (key: String, text: String)? {
    let word = column.lowercased().filter { $0.isLetter || $0.isNumber }
    if let part = ["year", "month", "day", "hour", "minute"].first(where: { word == $0 }) {
      return (part, part)
    }
    let times = ["time", "timestamp", "datetime", "date", "ts", "lastchanged", "dateutc"]
    if times.contains(word) { return ("time", "time") }
    guard kind == .air else { return nil }
    let channels: [(starts: [String], channel: Channel)] = [
      (["pm25", "pm2"], .airPM2_5), (["pm10"], .airPM10), (["pm1"], .airPM1), (["pm4"], .airPM4),
      (["temp", "airtemp", "intemp"], .airTemperature),
      (["hum", "rh", "relativehum", "inhum"], .airHumidity), (["co2", "eco2"], .airCO2),
      (["voc", "tvoc"], .airVOCIndex), (["nox"], .airNOxIndex),
      (["pres", "baro"], .airPressure),
    ]
    for (starts, channel) in channels where starts.contains(where: { word.hasPrefix($0) }) {
      // Weather files have pressure in hPa; nobody writes Pa.
      let unit = channel == .airPressure ? "hPa" : channel.unit
      return (channel.rawValue, "\(channel.rawValue)[\(unit)]")
    }
    return nil
  }
}
