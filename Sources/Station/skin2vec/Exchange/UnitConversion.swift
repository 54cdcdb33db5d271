import Readings
import Wording

/// What a number in some unit is in its channel's own: (x + shift) · factor / divisor.
struct UnitConversion: Hashable {
  private var shift = 0.0
  private var factor = 1.0
  /// Apart from the factor, so that a thousandth is rounded once.
  private var divisor = 1.0

  static let identity = UnitConversion()

  /// Whether numbers stay as they are.
  var isIdentity: Bool { self == UnitConversion() }

  private init(shift: Double = 0, factor: Double = 1, divisor: Double = 1) {
    (self.shift, self.factor, self.divisor) = (shift, factor, divisor)
  }

  /// The number in the channel's unit.
  func callAsFunction(_ value: Double) -> Double { (value + shift) * factor / divisor }

  /// Finds the conversion of a unit.
  ///
  /// - Parameters:
  ///   - unit: As people write it; `ug/m3` and `µg/m³` are the same.
  ///   - channel: What is measured.
  /// - Throws: `Failure` for a unit that the channel cannot be in.
  init(from unit: String, to channel: Channel) throws(Failure) {
    let known = Self.known(channel.unit)
    let wanted = Self.plain(unit)
    guard let match = known.first(where: { $0.names.contains(wanted) }) else {
      throw Failure(
        .usage, "\(channel.rawValue) is not measured in `\(unit.printable)`",
        hint: "write one of: " + known.map { $0.names[0] }.joined(separator: ", "))
    }
    self = match.conversion
  }

  /// Without what differs between keyboards: the two letters µ, powers, spaces, capitals.
  private static func plain(_ unit: String) -> String {
    let replaced: [Character: String] = [
      "µ": "u", "μ": "u", "³": "3", "^": "", " ": "", "°": "", "º": "",
    ]
    return unit.map { replaced[$0] ?? $0.lowercased() }.joined()
  }

  private typealias Known = (names: [String], conversion: UnitConversion)

  private static func known(_ unit: String) -> [Known] {
    switch unit {
    case "°C":
      return [
        (["c", "celsius", "degc"], .init()),
        (["f", "fahrenheit", "degf"], .init(shift: -32, factor: 5, divisor: 9)),
        (["k", "kelvin"], .init(shift: -273.15)),
      ]
    case "%RH":
      return [(["%rh", "%", "percent", "rh"], .init()), (["fraction", "1"], .init(factor: 100))]
    case "µg/m³":
      return [
        (["ug/m3", "ugm3"], .init()), (["mg/m3"], .init(factor: 1000)),
        (["ng/m3"], .init(divisor: 1000)),
      ]
    case "ppm":
      return [
        (["ppm"], .init()), (["ppb"], .init(divisor: 1000)),
        (["%", "percent"], .init(factor: 10_000)),
      ]
    case "Pa":
      return [
        (["pa"], .init()), (["hpa", "mbar", "mb"], .init(factor: 100)),
        (["kpa"], .init(factor: 1000)), (["bar"], .init(factor: 100_000)),
        (["mmhg", "torr"], .init(factor: 133.322387415)), (["inhg"], .init(factor: 3386.388640341)),
        (["atm"], .init(factor: 101_325)),
      ]
    case "N": return [(["n"], .init()), (["mn"], .init(divisor: 1000))]
    default: return [(["index", "1"], .init())]
    }
  }
}
