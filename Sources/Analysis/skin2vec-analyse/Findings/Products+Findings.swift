import Curves
import Findings
import Products
import Readings

extension Finding {
  /// That no products can be compared.
  static func noProducts(_ silence: Silence, of person: String) -> Finding {
    Finding(
      analysis: "products", person: person, subject: "hydration uplift",
      sentence: "products: \(silence.reason)",
      chinese: "产品：\(silence.reason(in: .simplifiedChinese))", silence: silence.reason)
  }

  init(_ pair: DiaryTrials.Pair, of person: String) {
    let subject = "hydration uplift of \(pair.first) and \(pair.second)"
    switch pair.result {
    case .failure(let silence):
      self.init(
        analysis: "products", person: person, subject: subject,
        sentence: "\(subject): \(silence.reason)",
        chinese: "\(pair.first) 与 \(pair.second) 的水分提升：\(silence.reason(in: .simplifiedChinese))",
        silence: silence.reason)
    case .success(let found):
      let sentences = found.sentences(unit: Self.unit)
      self.init(
        analysis: "products", person: person, subject: subject,
        sentence: sentences.first ?? subject,
        chinese: found.chineseAnswer(unit: Spoken.unit(Self.unit, in: .simplifiedChinese)),
        isClaim: found.difference.excludesZero,
        value: found.difference.value, low: found.difference.low, high: found.difference.high,
        level: found.difference.level, unit: Self.unit, readings: found.applications,
        adjustedFor: found.adjustedFor,
        details: [
          Detail("outcome", "skin.moisture"), Detail("first", pair.first),
          Detail("second", pair.second),
          Detail("still_needed", found.need.more.map { "\($0)" } ?? "unknown"),
          Detail("more", sentences.dropFirst().joined(separator: " ")),
        ])
    }
  }

  /// Of an uplift's mean over eight hours.
  private static let unit = "index"
}
