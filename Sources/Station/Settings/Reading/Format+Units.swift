package import Bus
package import Quantities

/// A unit of a quantity, by the names it goes by, with what turns it into the stored unit.
struct UnitName: Sendable {
  var names: [String]
  var factor: Double

  init(_ names: String..., factor: Double = 1) {
    self.names = names
    self.factor = factor
  }
}

/// A number and the unit that stands behind it.
struct Measured {
  var number: Double
  var unit: String

  /// Reads `2.5 pF`, `60s`, `-0.4 °C`; plain decimal numbers only.
  init(_ text: String) throws(Complaint) {
    let isPartOfNumber: (Character) -> Bool = {
      $0.isASCII && ($0.isNumber || $0 == "." || $0 == "," || $0 == "-" || $0 == "+")
    }
    let digits = text.prefix(while: isPartOfNumber)
    if digits.contains(",") {
      let mended = text.replacing(",", with: ".")
      throw Complaint("`\(text)` has a decimal comma", hint: "write `\(mended)`")
    }
    guard digits.contains(where: \.isNumber), let number = Double(digits) else {
      throw Complaint("`\(text)` is not a number", hint: "write a number and its unit")
    }
    self.number = number
    let rest = text[digits.endIndex...].drop { $0 == " " }
    // U+03BC, the Greek letter, looks like U+00B5, the micro sign.
    unit = String(rest).replacing("\u{3BC}", with: "\u{B5}")
  }
}

extension Format where Value == Double {
  /// A number with a unit that must be written out, in a range that is given in the same unit.
  package static func quantity(_ unit: String, in range: ClosedRange<Double>) -> Format {
    Format { text throws(Complaint) in
      let measured = try Measured(text)
      guard !measured.unit.isEmpty else {
        throw Complaint("`\(text)` has no unit", hint: "write `\(text) \(unit)`")
      }
      guard measured.unit == unit else {
        throw Complaint("`\(measured.unit)` is not the unit here", hint: "give it in \(unit)")
      }
      guard range.contains(measured.number) else {
        throw Complaint(
          "\(text) is out of range",
          hint: "use \(plain(range.lowerBound)) to \(plain(range.upperBound)) \(unit)")
      }
      return measured.number
    }
  }

  /// A share of a whole: `25 %`.
  package static func percent(in range: ClosedRange<Double> = 0...100) -> Format {
    quantity("%", in: range)
  }
}

extension Format where Value == Duration {
  /// A length of time: `500 ms`, `60 s`, `5 min`, `12 h`, `400 d`.
  package static func duration(in range: ClosedRange<Duration>) -> Format {
    Format { text throws(Complaint) in
      let measured = try Measured(text)
      guard !measured.unit.isEmpty else {
        throw Complaint("`\(text)` has no unit", hint: "write `\(text) s`")
      }
      guard let unit = durationUnits.first(where: { $0.names.contains(measured.unit) }) else {
        throw Complaint(
          "`\(measured.unit)` is not a unit of time", hint: "use µs, ms, s, min, h or d")
      }
      let microseconds = (measured.number * unit.factor).rounded()
      guard abs(microseconds) < 9e18, range.contains(.microseconds(Int64(microseconds))) else {
        throw Complaint(
          "\(text) is out of range",
          hint: "use \(words(range.lowerBound)) to \(words(range.upperBound))")
      }
      return .microseconds(Int64(microseconds))
    }
  }
}

extension Format where Value == Capacitance {
  /// A capacitance: `2 pF`.
  package static func capacitance(
    in range: ClosedRange<Double>
  ) -> Format<Capacitance> {
    let picofarads = Format<Double>.quantity("pF", in: range)
    return Format { text throws(Complaint) in .picofarads(try picofarads.read(text)) }
  }
}

extension Format where Value == LightCounts {
  /// A photometer's raw counts: `20000 counts`.
  package static func lightCounts(
    in range: ClosedRange<Double>
  ) -> Format<LightCounts> {
    let counts = Format<Double>.quantity("counts", in: range)
    return Format { text throws(Complaint) in .counts(try counts.read(text)) }
  }
}

extension Format where Value == I2CAddress {
  /// An I²C address as datasheets print it: `0x69`.
  package static var address: Format<I2CAddress> {
    Format { text throws(Complaint) in
      guard text.lowercased().hasPrefix("0x"), let number = Int(text.dropFirst(2), radix: 16) else {
        let mended = Int(text).map { "0x" + String($0, radix: 16, uppercase: true) }
        throw Complaint(
          "`\(text)` is not a hexadecimal address", hint: "write `\(mended ?? "0x69")`")
      }
      guard let value = UInt8(exactly: number), let address = I2CAddress(value) else {
        throw Complaint("\(text) is not an I²C address", hint: "use 0x03 to 0x77")
      }
      return address
    }
  }
}

/// Units of time, longest last, in microseconds.
private let durationUnits = [
  UnitName("µs", "us"), UnitName("ms", factor: 1e3), UnitName("s", factor: 1e6),
  UnitName("min", factor: 60e6), UnitName("h", factor: 3600e6), UnitName("d", factor: 86_400e6),
]

/// A duration in the longest unit that gives a whole number: `5 min`.
func words(_ duration: Duration) -> String {
  let microseconds = duration.microseconds
  let unit = durationUnits.last {
    microseconds != 0 && microseconds.isMultiple(of: Int64($0.factor))
  }
  guard let unit else { return "0 s" }
  return "\(microseconds / Int64(unit.factor)) \(unit.names[0])"
}

/// A number without a needless `.0`.
func plain(_ number: Double) -> String {
  let text = String(number)
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
