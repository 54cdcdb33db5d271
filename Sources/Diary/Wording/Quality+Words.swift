package import Readings

/// A quality with its reason in words: `ok`, `suspect: cleansed too short before`.
///
/// - Parameters:
///   - quality: How far a value can be used.
///   - reason: The checks it failed, by commas: `cleansed,climate`; nil where there are none.
///   - language: The language of the words.
/// - Returns: The words.
package func qualityWords(
  _ quality: Quality, reason: String?, in language: Language = .english
) -> String {
  let name = quality.words(in: language)
  guard let reason, !reason.isEmpty else { return name }
  let words = reason.split(separator: ",").map { reasonWords(String($0), in: language) }
  return name + language.text(": ", "：") + language.list(words)
}

/// A check that failed, in words; one that this version does not know as it is.
///
/// - Parameters:
///   - reason: The name of one check: `climate`.
///   - language: The language of the words.
/// - Returns: The words.
package func reasonWords(_ reason: String, in language: Language = .english) -> String {
  switch reason {
  case "spread": language.text("the touches disagree", "各次触测不一致")
  case "cleansed": language.text("cleansed too short before", "清洁后时间太短")
  case "climate":
    language.text("the air was outside what can be compared", "空气条件超出可比范围")
  case "climate_not_ideal": language.text("the air was not ideal", "空气条件不够理想")
  case "range": language.text("outside what it can be", "超出可能的范围")
  case "step": language.text("a step from what was before", "与此前相比突变")
  case "flat": language.text("exactly the same for too long", "过久毫无变化")
  default: reason.printable
  }
}

extension Quality {
  /// One word: `suspect`, `存疑`.
  package func words(in language: Language = .english) -> String {
    switch self {
    case .ok: language.text(rawValue, "正常")
    case .suspect: language.text(rawValue, "存疑")
    case .bad: language.text(rawValue, "无效")
    }
  }
}

extension TapSession.Verdict {
  /// One word: `refused`, `未通过`.
  package func words(in language: Language = .english) -> String {
    switch self {
    case .saved: language.text(rawValue, "已保存")
    case .refused: language.text(rawValue, "未通过")
    case .interrupted: language.text(rawValue, "被中断")
    }
  }
}

extension ClockTrust {
  /// How far the clock could be trusted: `clock synced`, `时钟已同步`.
  package func words(in language: Language = .english) -> String {
    switch self {
    case .synced: language.text("clock \(rawValue)", "时钟已同步")
    case .unsynced: language.text("clock \(rawValue)", "时钟未同步")
    case .restamped: language.text("clock \(rawValue)", "时间已补正")
    }
  }
}

extension Slot {
  /// The half of the day: `evening`, `晚间`.
  package func words(in language: Language = .english) -> String {
    switch self {
    case .morning: language.text(rawValue, "早晨")
    case .evening: language.text(rawValue, "晚间")
    }
  }
}

extension SlotKey {
  /// Date and slot: `2026-11-20 evening`, `2026-11-20 晚间`.
  package func words(in language: Language = .english) -> String {
    "\(date) \(slot.words(in: language))"
  }
}
