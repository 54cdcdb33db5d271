package import Readings

extension Calibration {
  /// Which, who, when and why: `calibration 3, by ann, in force since 2026-11-01 08:00: new strips`.
  package func words(_ speech: Speech) -> String {
    let number = id.map { " \($0)" } ?? ""
    let from = speech.local.dateTime(validFrom)
    let until = validTo.map { speech.local.dateTime($0) }
    return speech.text(
      "calibration\(number), by \(who.printable), in force since \(from)"
        + (until.map { " until \($0)" } ?? "") + ": \(why.printable)",
      "校准\(number)，由 \(who.printable) 完成，自 \(from) 起生效"
        + (until.map { "，至 \($0) 止" } ?? "") + "：\(why.printable)")
  }

  /// The formula, and the same with its numbers and a raw value put in.
  ///
  /// - Parameters:
  ///   - raw: What the part said; nil where nothing was read.
  ///   - value: What it comes to; nil where that is not known.
  ///   - language: Only what is missing has words.
  /// - Returns: One line of mathematics.
  package func formula(
    _ raw: Double?, comesTo value: Double?, in language: Language = .english
  ) -> String {
    let x = raw.map { decimal($0, 3) } ?? language.text("raw", "原始值")
    let result = value.map { " = \(decimal($0, 2))" } ?? ""
    func number(_ name: String) -> String {
      parameters[name].map { ($0 < 0 ? "−" : "") + plain($0.magnitude) } ?? "?"
    }
    switch channel {
    case .skinMoisture:
      let (air, wet) = (number("air_picofarads"), number("reference_picofarads"))
      return "100·(C − C_air)/(C_wet − C_air) = 100·(\(x) − \(air))/(\(wet) − \(air))\(result)"
    case .skinSebum:
      return "100·log10(I0/I)/A_full = 100·log10(\(number("fresh_strip_counts"))/\(x))"
        + "/\(number("full_scale_absorbance"))\(result)"
    case .skinForce:
      let supply = number("supply_counts")
      return "k·(r/(1 − r) − r0/(1 − r0)), k \(number("newtons_per_unit")), r \(x)/\(supply), "
        + "r0 \(number("zero_counts"))/\(supply)\(result)"
    case .skinTemperature:
      return
        "1/(1/298.15 + ln(R/\(number("ohms_at_25_celsius")))/\(number("beta_kelvin"))) − 273.15, "
        + "R = \(number("series_ohms"))·\(x)/(\(number("supply_counts")) − \(x))\(result)"
    default:
      let terms = parameters.keys.sorted().enumerated().map { index, name in
        index == 0 ? number(name) : "\(number(name))·\(x)" + (index > 1 ? "^\(index)" : "")
      }
      return terms.joined(separator: " + ") + result
    }
  }
}
