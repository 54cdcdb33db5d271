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

  /// `Skin moisture at cheek`; `Score of oil, 0 to 5` for how it felt.
  static func name(of curve: Curve) -> String { Spoken.outcome(curve.name, in: .english) }

  /// As short as a heading; the channel's own word where it is not known.
  static func name(ofChannel channel: String) -> String { Spoken.channel(channel, in: .english) }

  /// Digits after the point that are worth printing, by how finely the channel repeats itself.
  static func digits(floor: Double) -> Int { floor >= 50 ? 0 : floor >= 1 ? 1 : 2 }
}
