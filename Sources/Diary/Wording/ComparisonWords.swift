import Normalisation
package import Readings

/// How a value compares, in words that stand by themselves, with the robust deviation.
///
/// The degrees are those of `Deviation`.
package struct ComparisonWords: Hashable, Sendable {
  private var deviation: Deviation
  private var slot: Slot

  package init(value: SlotValue) {
    deviation = Deviation(value)
    slot = value.key.slot
  }

  /// Against the last seven days: `a little drier than in the last 7 evenings (−0.8)`.
  ///
  /// - Parameter language: The language of the words.
  /// - Returns: The words; below four values, how many there are.
  package func week(in language: Language = .english) -> String {
    let normalised = deviation.normalised
    guard let z = normalised.z7 else {
      return missing(normalised.n7, of: Normaliser.leastInWindow, language)
    }
    let days = "\(Normaliser.windowDays)"
    let words =
      switch Deviation.Degree(z) {
      case .alike:
        language.text(
          "about as in the last \(days) \(slot.rawValue)s", "与最近 \(days) 个\(slotWords)相近")
      case .little, .some, .much:
        deviation.difference(
          z,
          than: language.text("in the last \(days) \(slot.rawValue)s", "最近 \(days) 个\(slotWords)"),
          in: language)
      }
    return words + language.aside(signed(z, 1))
  }

  /// Against the person's first thirty values: `much oilier than your baseline (+2.4; 30 of 30)`.
  ///
  /// - Parameter language: The language of the words.
  /// - Returns: The words; below ten values, how many there are.
  package func baseline(in language: Language = .english) -> String {
    let normalised = deviation.normalised
    guard let z = normalised.z30 else {
      return missing(normalised.n30, of: Normaliser.leastInBaseline, language)
    }
    let words =
      switch Deviation.Degree(z) {
      case .alike: language.text("about as in your baseline", "与你的基线相近")
      case .little, .some, .much:
        deviation.difference(
          z, than: language.text("your baseline", "你的基线"), in: language)
      }
    let share = language.share("\(normalised.n30)", of: "\(Normaliser.baselineSize)")
    return words + language.aside(signed(z, 1) + language.text("; ", "；") + share)
  }

  /// Too few to be compared with; enough of them, and still no deviation, is said as it is.
  private func missing(_ count: Int, of needed: Int, _ language: Language) -> String {
    guard count < needed else { return language.text("not compared", "未作比较") }
    return language.text(
      "not yet: \(count) of \(needed) \(slot.rawValue)s",
      "尚不能比较：\(needed) 个\(slotWords)中已有 \(count) 个")
  }

  private var slotWords: String { slot.words(in: .simplifiedChinese) }
}
