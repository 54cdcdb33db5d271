package import Readings

extension AirReading {
  /// The reading in words: `22.1 °C`, `humidity absent (warming up)`; `湿度缺失（预热中）`.
  package func words(in language: Language = .english) -> String {
    switch state {
    case .value(let value, .ok, _): channel.namedWords(value, in: language)
    case .value(let value, let quality, let reason):
      channel.namedWords(value, in: language)
        + language.aside(
          language.text(
            quality.rawValue + (reason.map { ": " + $0 } ?? ""),
            qualityWords(quality, reason: reason, in: language)))
    case .absent(let absence):
      language.text(
        "\(channel.shortName()) absent (\(absence.words()))",
        Language.beside(
          channel.shortName(in: language), "缺失（\(absence.words(in: language))）"))
    }
  }
}

extension AirSample {
  /// What was said, in one line; a part that said nothing at all in two words.
  package func words(in language: Language = .english) -> String {
    let reasons = Set(readings.map(\.state))
    if reasons.count == 1, case .absent(let absence) = reasons.first {
      return language.text(
        "absent (\(absence.words()))", "缺失（\(absence.words(in: language))）")
    }
    return language.list(readings.map { $0.words(in: language) })
  }
}

extension Absence {
  /// Why there is no value: `timed out`, `超时`.
  package func words(in language: Language = .english) -> String {
    switch self {
    case .notPresent: language.text("not present", "未接入")
    case .notReady: language.text("not ready", "未就绪")
    case .timedOut: language.text("timed out", "超时")
    case .corrupted: language.text("corrupted", "数据损坏")
    case .outOfRange: language.text("out of range", "超出量程")
    case .warming: language.text("warming up", "预热中")
    case .stale: language.text("stale", "数值未更新")
    case .switchedOff: language.text("switched off", "已关闭")
    }
  }
}

extension TouchRefusal {
  /// Why a touch does not count, as a page says it; the light and the journal say `words`.
  package func words(in language: Language) -> String {
    switch self {
    case .tooShort: language.text(words, "太短：请按住，直到灯熄灭")
    case .tooLight: language.text(words, "太轻：请稍微用力")
    case .tooHard: language.text(words, "太重：请稍微放轻")
    case .unsteady: language.text(words, "不稳：请重新按一次")
    case .absent(let absence):
      language.text(words, "探头无法读取" + language.aside(absence.words(in: language)))
    case .interrupted: language.text(words, "被中断")
    }
  }
}

extension Touch.Measure {
  /// Whether it counts, or why it does not.
  func verdict(in language: Language) -> String {
    refusal?.words(in: language) ?? language.text("counts", "计入")
  }

  /// The median of what was read, in the part's own unit: `6.800 pF`.
  func rawWords(in language: Language) -> String {
    raw.map { "\(decimal($0, 3)) \(rawUnit.words(in: language))" }
      ?? language.text("nothing read", "未读到")
  }
}

extension Touch.RawUnit {
  /// The unit: `pF`, `counts`.
  func words(in language: Language) -> String {
    switch self {
    case .picofarads: rawValue
    case .counts: language.text(rawValue, "计数")
    }
  }
}
