internal import Curves
internal import Readings

extension WhatIfPath {
  /// What the path says, in one sentence for the person.
  package var sentence: String {
    let air = "\(question.channel) at \(shown(question.value)) \(airUnit)"
    let days = question.days == 1 ? "1 day" : "\(question.days) days"
    guard let step = largest else { return "\(air) for \(days): nothing to say." }
    let difference = step.difference
    let unit = unit.isEmpty ? "" : " \(unit)"
    let numbers =
      "\(Self.signed(difference.value))\(unit) (\(Int((difference.level * 100).rounded())) % interval "
      + "\(Self.signed(difference.low)) to \(Self.signed(difference.high)))"
    let after = Double(step.place - (steps.first?.place ?? step.place) + 1) / Double(Grid.perDay)
    let when = "after \(shown(after)) days"
    let against = "against \(shown(reference)) \(airUnit) as in the last week"
    let seen = "\(self.days) days of readings, adjusted for \(adjustedFor.joined(separator: ", "))"
    if difference.excludesZero {
      return "\(air) for \(days), \(against): \(outcome) \(numbers) \(when); \(seen)."
    }
    return "\(air) for \(days), \(against): no change of \(outcome) can be told, \(numbers) "
      + "\(when); \(seen)."
  }

  /// The same in Chinese.
  package var chineseSentence: String {
    let name = Spoken.outcome(outcome, in: .simplifiedChinese)
    let channel = Spoken.padded(Spoken.channel(question.channel, in: .simplifiedChinese))
    let air =
      "若\(channel)连续 \(question.days) 天为 "
      + "\(shown(question.value)) \(airUnit)"
    guard let step = largest else { return "\(air)：没有可说的结果。" }
    let difference = step.difference
    let unit = unit.isEmpty ? "" : " \(Spoken.unit(unit, in: .simplifiedChinese))"
    let numbers =
      "\(Self.signed(difference.value))\(unit)（\(Int((difference.level * 100).rounded())) % 区间 "
      + "\(Self.signed(difference.low)) 至 \(Self.signed(difference.high))）"
    let after = Double(step.place - (steps.first?.place ?? step.place) + 1) / Double(Grid.perDay)
    let against = "\(air)，与最近一周的 \(shown(reference)) \(airUnit) 相比"
    let seen = "依据 \(days) 天的读数，\(Spoken.adjusted(for: adjustedFor))"
    return difference.excludesZero
      ? "\(against)：\(shown(after)) 天后\(name) \(numbers)；\(seen)。"
      : "\(against)：看不出\(name)的变化，\(shown(after)) 天后 \(numbers)；\(seen)。"
  }

  private static func signed(_ value: Double) -> String {
    (value >= 0.05 ? "+" : "") + shown(value)
  }
}
