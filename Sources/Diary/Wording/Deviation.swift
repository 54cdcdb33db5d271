import Normalisation
package import Readings

/// How a value compares, in words and with the number: `a little drier than your week (−0.8)`.
///
/// Deviations are robust standard deviations of the person's own values: below half of one is as
/// usual, up to one a little, from two on much.
package struct Deviation: Hashable, Sendable {
  package var channel: Channel
  package var normalised: NormalisedValue

  package init(_ value: SlotValue) {
    channel = value.channel
    normalised = value.normalised
  }

  /// Against the last seven days.
  ///
  /// - Parameter language: The language of the words.
  /// - Returns: A few words, for a column.
  package func week(in language: Language = .english) -> String {
    guard let z = normalised.z7 else {
      let share = language.share("\(normalised.n7)", of: "\(Normaliser.leastInWindow)")
      return language.text("week forming", "7 日形成中") + language.aside(share)
    }
    return words(z, than: language.text("your week", " 7 日"), language)
      + language.aside(signed(z, 1))
  }

  /// Against the first thirty values.
  ///
  /// - Parameter language: The language of the words.
  /// - Returns: A few words, for a column.
  package func baseline(in language: Language = .english) -> String {
    let count =
      normalised.baseline == .forming
      ? language.share("\(normalised.n30)", of: "\(Normaliser.baselineSize)") : nil
    guard let z = normalised.z30 else {
      let state =
        switch normalised.baseline {
        case .forming: language.text("baseline forming", "基线形成中")
        case .frozen: language.text("baseline frozen", "基线已定")
        }
      return state + language.aside(count ?? language.text("no value", "无数值"))
    }
    let numbers = [signed(z, 1), count].compactMap(\.self)
      .joined(separator: language.text(", ", "，"))
    return words(z, than: language.text("your baseline", "基线"), language)
      + language.aside(numbers)
  }

  private func words(_ z: Double, than other: String, _ language: Language) -> String {
    switch Degree(z) {
    case .alike: language.text("like \(other)", "与\(other)相近")
    case .little, .some, .much: difference(z, than: other, in: language)
    }
  }

  /// `much drier than your week`, `比 7 日明显偏干`; for what is not alike.
  func difference(_ z: Double, than other: String, in language: Language) -> String {
    let (less, more) = comparatives(in: language)
    let word = z < 0 ? less : more
    return language.text(
      "\(Degree(z).words(in: language))\(word) than \(other)",
      "比\(other)\(Degree(z).words(in: language))\(word)")
  }

  private func comparatives(in language: Language) -> (less: String, more: String) {
    func pair(
      _ english: (String, String), _ chinese: (String, String)
    ) -> (less: String, more: String) {
      (language.text(english.0, chinese.0), language.text(english.1, chinese.1))
    }
    return switch channel {
    case .skinMoisture: pair(("drier", "moister"), ("干", "润"))
    case .skinSebum: pair(("less oily", "oilier"), ("少", "多"))
    case .skinTemperature, .airTemperature: pair(("cooler", "warmer"), ("凉", "暖"))
    case .airHumidity: pair(("drier", "damper"), ("干", "湿"))
    case .skinForce: pair(("lighter", "harder"), ("轻", "重"))
    case .airPM1, .airPM2_5, .airPM4, .airPM10, .airVOCIndex, .airNOxIndex, .airCO2:
      pair(("cleaner", "less clean"), ("低", "高"))
    case .airPressure: pair(("lower", "higher"), ("低", "高"))
    }
  }

  /// How far a value is from what it is compared with.
  package enum Degree: Hashable, Sendable, CaseIterable {
    case alike, little, some, much

    /// - Parameter z: The robust deviation: from 0.5, 1 and 2 on it is a little, plainly so, much.
    package init(_ z: Double) {
      self =
        switch abs(z) {
        case ..<0.5: .alike
        case ..<1: .little
        case ..<2: .some
        default: .much
        }
    }

    /// Before a comparative.
    fileprivate func words(in language: Language) -> String {
      switch self {
      case .alike: ""
      case .little: language.text("a little ", "略")
      case .some: language.text("", "偏")
      case .much: language.text("much ", "明显偏")
      }
    }
  }
}
