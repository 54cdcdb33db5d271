internal import Curves

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

  private static func signed(_ value: Double) -> String {
    (value >= 0.05 ? "+" : "") + shown(value)
  }
}
