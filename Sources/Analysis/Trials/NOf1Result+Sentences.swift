internal import Curves
internal import Effects

extension NOf1Result {
  /// What the trial says, a sentence an outcome, for the person.
  package var sentences: [String] { answers.map(sentence) }

  /// `skin.moisture at cheek: −1.9 on days assigned late_night against days without (90 % interval
  /// −3.0 to −0.8; 14 blocks, kept on 91 % of days; randomised)`.
  package func sentence(_ answer: NOf1Answer) -> String {
    switch answer.result {
    case .failure(let silence): return "\(answer.outcome): \(silence.reason)"
    case .success(let found):
      let units = found.inUnits
      let unit = found.unit.isEmpty ? "" : " \(found.unit)"
      let days = plan.arms == .withOrWithout ? plan.event : "\(plan.event) as usual"
      let interval =
        "\(percent(units.level)) interval \(signed(units.low)) to \(signed(units.high))"
      let trial = "\(blocks) blocks, \(kept)"
      guard found.evidence > .none else {
        return "\(found.outcome): no difference shown between days assigned \(days) and days "
          + "without (\(signed(units.value))\(unit), \(interval); \(trial)\(ending(found)))"
      }
      return "\(found.outcome): \(signed(units.value))\(unit) on days assigned \(days) against "
        + "days without (\(interval); \(trial); \(found.evidence.rawValue))"
    }
  }

  private var kept: String {
    let share = adherence.share.map { "kept on \(percent($0)) of days" } ?? "nothing was asked"
    guard !adherence.isGood else { return share }
    let arms = [
      adherence.with.share.map { "\(percent($0)) with" },
      adherence.without.share.map { "\(percent($0)) without" },
    ].compactMap { $0 }.joined(separator: ", ")
    return "\(share) only (\(arms)), so that keeping to it may do more"
  }

  private func ending(_ found: NOf1Difference) -> String {
    guard daysLeft == 0 else { return "; \(daysLeft) days are left, so that nothing is claimed" }
    guard let p = found.p, let q = found.q else { return "" }
    return "; p \(hundredths(p))" + (q > p ? ", \(hundredths(q)) among all outcomes" : "")
  }
}

func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

/// With its sign and one digit after the point.
func signed(_ value: Double) -> String { (value >= 0.05 ? "+" : "") + decimal(value, digits: 1) }

/// With two digits after the point.
func hundredths(_ value: Double) -> String { decimal(value, digits: 2) }

private func decimal(_ value: Double, digits: Int) -> String {
  let scale = digits == 1 ? 10.0 : 100
  guard value.isFinite, abs(value) < 1e12 else { return "?" }
  let whole = Int((abs(value) * scale).rounded())
  let part = String(whole % Int(scale))
  let zeros = String(repeating: "0", count: digits - part.count)
  return (value < 0 && whole > 0 ? "−" : "") + "\(whole / Int(scale)).\(zeros)\(part)"
}
