package import Readings
package import Store

/// What a value is compared with, and how.
extension ValuePage {
  /// The values, those left out, and the deviation with its numbers put in.
  func comparisonLines(
    _ title: String, _ comparison: Comparison, _ speech: Speech
  ) -> [String] {
    let (count, needed) = (comparison.values.count, comparison.needed)
    let state =
      count < needed ? speech.text(", given from \(needed) on", "，满 \(needed) 个才给出") : ""
    var lines = [speech.paint.bold(title) + "  n \(count)\(state)"]
    lines += comparison.values.map { "\(words($0.date)) \(decimal($0.value, 1))" }
      .wrapped(indentedBy: 2)
    if !comparison.leftOut.isEmpty {
      let days = comparison.leftOut.map { day in
        let why = day.why.words(isAir: value.channel.isAir, in: speech.language)
        return "\(words(day.date)) \(why)"
      }
      lines += ([speech.text("left out:", "未计入：")] + days).wrapped(indentedBy: 2)
    }
    return lines + arithmetic(comparison, speech)
  }

  private func arithmetic(_ comparison: Comparison, _ speech: Speech) -> [String] {
    guard let median = comparison.median, let deviation = comparison.deviation,
      let scale = comparison.scale, let own = value.derived?.value ?? value.stored?.value
    else { return [] }
    let result =
      comparison.z.map { " = \(signed($0, 2))" } ?? speech.text(", not given yet", "，暂不给出")
    let mad = "MAD \(decimal(deviation, 2))"
    let standard = "1.4826·MAD \(decimal(deviation * 1.4826, 2))"
    return [
      speech.text(
        "  median \(decimal(median, 2)), \(mad), \(standard), floor \(plain(value.floor))",
        "  中位数 \(decimal(median, 2))，\(mad)，\(standard)，下限 \(plain(value.floor))"),
      "  z = (\(decimal(own, 2)) − \(decimal(median, 2)))/\(decimal(scale, 2))\(result)",
    ]
  }

  /// Month and day, and the year where it is not the value's own.
  private func words(_ date: LocalDate) -> String {
    date.civil.year == value.key.date.civil.year ? date.short : date.description
  }
}

extension Comparison.Why {
  /// `suspect: the touches disagree`, `no tap`.
  package func words(isAir: Bool, in language: Language = .english) -> String {
    switch self {
    case .quality(let quality, let reason):
      qualityWords(quality, reason: reason, in: language)
    case .epoch(let number): language.text("epoch \(number)", "基线期 \(number)")
    case .missing where isAir: language.text("no value", "无数值")
    case .missing(nil): language.text("no tap", "未触测")
    case .missing(let verdict?):
      language.text("no value, tap \(verdict.rawValue)", "无数值，触测\(verdict.words(in: language))")
    }
  }
}

extension LocalDate {
  /// Month and day: `11-20`.
  package var short: String { String(description.suffix(5)) }
}
