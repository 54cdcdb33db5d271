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

  /// The same in Chinese.
  package func chinese(_ answer: NOf1Answer) -> String {
    let name = Spoken.outcome(answer.outcome, in: .simplifiedChinese)
    switch answer.result {
    case .failure(let silence): return "\(name)：\(silence.reason(in: .simplifiedChinese))"
    case .success(let found):
      let units = found.inUnits
      let unit = found.unit.isEmpty ? "" : " \(Spoken.unit(found.unit, in: .simplifiedChinese))"
      let event = Spoken.padded(Spoken.event(plan.event, in: .simplifiedChinese))
      let days = plan.arms == .withOrWithout ? "安排\(event)的日子" : "照常\(event)的日子"
      let trial = "\(units.chineseWords(1))；\(blocks) 个区组，\(chineseKept)"
      guard found.evidence > .none else {
        return "\(name)：\(days)与不\(event)的日子之间未见差异（\(signed(units.value, 1))\(unit)，"
          + "\(trial)\(chineseEnding(found))）"
      }
      return "\(name)：\(days)比不\(event)的日子 \(signed(units.value, 1))\(unit)（\(trial)；"
        + "\(found.evidence.chinese)）"
    }
  }

  private var chineseKept: String {
    let share = adherence.share.map { "\(percent($0)) 的日子照做" } ?? "没有要求做什么"
    guard !adherence.isGood else { return share }
    let arms = [
      adherence.with.share.map { "安排的日子 \(percent($0))" },
      adherence.without.share.map { "不安排的日子 \(percent($0))" },
    ].compactMap { $0 }.joined(separator: "，")
    return "仅 \(share)（\(arms)），完全照做时影响可能更大"
  }

  private func chineseEnding(_ found: NOf1Difference) -> String {
    guard daysLeft == 0 else { return "；还剩 \(daysLeft) 天，因此尚不下结论" }
    guard let p = found.p, let q = found.q else { return "" }
    return "；p \(decimal(p, 2))" + (q > p ? "，所有结果一并考虑时 \(decimal(q, 2))" : "")
  }

  private func ending(_ found: NOf1Difference) -> String {
    guard daysLeft == 0 else { return "; \(daysLeft) days are left, so that nothing is claimed" }
    guard let p = found.p, let q = found.q else { return "" }
    return "; p \(decimal(p, 2))" + (q > p ? ", \(decimal(q, 2)) among all outcomes" : "")
  }
}
