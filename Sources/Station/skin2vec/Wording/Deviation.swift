import Readings

/// How a value compares, in words and with the number: `a little drier than your week (−0.8)`.
///
/// Deviations are robust standard deviations of the person's own values: below half of one is as
/// usual, up to one a little, from two on much.
struct Deviation: Hashable {
  var channel: Channel
  var normalised: NormalisedValue

  init(_ value: SlotValue) {
    channel = value.channel
    normalised = value.normalised
  }

  /// Against the last seven days.
  var week: String {
    guard let z = normalised.z7 else { return "week forming (\(normalised.n7) of 4)" }
    return "\(words(z, than: "your week")) (\(signed(z, 1)))"
  }

  /// Against the first thirty values.
  var baseline: String {
    let count = normalised.baseline == .forming ? "\(normalised.n30) of 30" : nil
    guard let z = normalised.z30 else {
      return "baseline \(normalised.baseline.rawValue) (\(count ?? "no value"))"
    }
    let numbers = [signed(z, 1), count].compactMap(\.self).joined(separator: ", ")
    return "\(words(z, than: "your baseline")) (\(numbers))"
  }

  private func words(_ z: Double, than other: String) -> String {
    let (less, more) = comparatives
    let word = z < 0 ? less : more
    return switch abs(z) {
    case ..<0.5: "like \(other)"
    case ..<1: "a little \(word) than \(other)"
    case ..<2: "\(word) than \(other)"
    default: "much \(word) than \(other)"
    }
  }

  private var comparatives: (less: String, more: String) {
    switch channel {
    case .skinMoisture: ("drier", "moister")
    case .skinSebum: ("less oily", "oilier")
    case .skinTemperature, .airTemperature: ("cooler", "warmer")
    case .airHumidity: ("drier", "damper")
    case .skinForce: ("lighter", "harder")
    case .airPM1, .airPM2_5, .airPM4, .airPM10, .airVOCIndex, .airNOxIndex, .airCO2:
      ("cleaner", "less clean")
    case .airPressure: ("lower", "higher")
    }
  }
}
