internal import Readings
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
        "\(percent(units.level)) interval \(signed(units.low, 1)) to \(signed(units.high, 1))"
      let trial = "\(blocks) blocks, \(kept)"
      guard found.evidence > .none else {
        return "\(found.outcome): no difference shown between days assigned \(days) and days "
          + "without (\(signed(units.value, 1))\(unit), \(interval); \(trial)\(ending(found)))"
      }
      return "\(found.outcome): \(signed(units.value, 1))\(unit) on days assigned \(days) against "
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
    return "; p \(decimal(p, 2))" + (q > p ? ", \(decimal(q, 2)) among all outcomes" : "")
  }
}
