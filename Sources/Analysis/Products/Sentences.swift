internal import Readings
internal import Curves

extension Comparison {
  /// What the comparison says, in sentences for the person; the first is the answer.
  package func sentences(unit: String) -> [String] {
    var said = [answer(unit)]
    said += [first, second].map { sentence(of: $0, unit) }
    if let plan = needSentence { said.append(plan) }
    if !overControl {
      said.append(
        "Not every application had an untreated site: the uplifts are changes since the baseline.")
    }
    if !leftOut.isEmpty {
      said.append(
        "\(counted(leftOut.count, "day")) left out: "
          + leftOut.map(\.reason).joined(separator: "; ") + ".")
    }
    return said
  }

  private func answer(_ unit: String) -> String {
    let end = "over \(brief(hours)) h, \(counted(applications, "application"))."
    switch verdict {
    case .higher(let product), .higherWithinMargin(let product):
      let isFirst = product == first.product
      let other = isFirst ? second.product : first.product
      let gap = isFirst ? difference : difference.scaled(by: -1)
      let within = verdict == .higher(product: product) ? "" : within + ", "
      return "\(product) keeps more hydration uplift than \(other): \(within)"
        + "\(signed(gap.value, 1)) \(unit) (\(level) interval \(signed(gap.low, 1)) to "
        + "\(signed(gap.high, 1)))\(times(isFirst)) \(end)"
    case .equal:
      return "\(first.product) and \(second.product) keep the same hydration uplift\(within): "
        + "difference \(signed(difference.value, 1)) \(unit) (\(level) interval "
        + "\(signed(difference.low, 1)) to \(signed(difference.high, 1))) \(end)"
    case .undecided:
      return "\(first.product) and \(second.product) cannot be told apart yet: difference "
        + "\(signed(difference.value, 1)) \(unit) (\(level) interval \(signed(difference.low, 1)) to "
        + "\(signed(difference.high, 1))) \(end)"
    }
  }

  /// The answer in Chinese.
  package func chineseAnswer(unit: String) -> String {
    let end = "（\(brief(hours)) 小时，\(applications) 次涂抹）。"
    func gap(_ difference: Estimate) -> String {
      "\(signed(difference.value, 1)) \(unit)，\(difference.chineseWords(1))"
    }
    let within = "（差别在均值的 \(Int((equivalence.margin * 100).rounded())) % 以内）"
    switch verdict {
    case .higher(let product), .higherWithinMargin(let product):
      let isFirst = product == first.product
      let other = isFirst ? second.product : first.product
      let isWithin = verdict != .higher(product: product)
      return "\(product) 的水分提升比 \(other) 保持得更多\(isWithin ? within : "")："
        + "\(gap(isFirst ? difference : difference.scaled(by: -1)))\(end)"
    case .equal:
      return "\(first.product) 与 \(second.product) 保持的水分提升相同\(within)：差值 \(gap(difference))\(end)"
    case .undecided:
      return "\(first.product) 与 \(second.product) 尚分不出高下：差值 \(gap(difference))\(end)"
    }
  }

  private var level: String { "\(Int((difference.level * 100).rounded())) %" }
  private var within: String {
    " within \(Int((equivalence.margin * 100).rounded())) % of their mean"
  }

  /// The ratio, the larger product's over the other's.
  private func times(_ isFirst: Bool) -> String {
    guard case .success(let ratio) = ratio, ratio.low > 0 else { return "" }
    let shown =
      isFirst
      ? ratio
      : Estimate(value: 1 / ratio.value, low: 1 / ratio.high, high: 1 / ratio.low)
    return ", \(decimal(shown.value, 2)) times as much (\(decimal(shown.low, 2)) to "
      + "\(decimal(shown.high, 2))),"
  }

  private func sentence(of side: ProductUplift, _ unit: String) -> String {
    let mean =
      "\(side.product): hydration uplift \(decimal(side.mean.value, 1)) \(unit) on average "
      + "(\(decimal(side.mean.low, 1)) to \(decimal(side.mean.high, 1)))"
    switch side.halfLife {
    case .success(let life):
      return "\(mean), halved every \(decimal(life.value, 1)) h (\(decimal(life.low, 1)) to "
        + "\(decimal(life.high, 1)))."
    case .failure(let silence): return "\(mean); no half-life: \(silence.reason)."
    }
  }

  private var needSentence: String? {
    let gap = "\(Int((need.gap * 100).rounded())) %"
    guard let more = need.more, let total = need.total else {
      return "How many applications a gap of \(gap) needs cannot be said: no sure uplift, or more "
        + "than \(TrialPower.most)."
    }
    let range =
      "\(need.totalLow.map(String.init) ?? "?") to "
      + "\(need.totalHigh.map(String.init) ?? "more than \(TrialPower.most)")"
    guard more > 0 else {
      return "A gap of \(gap) would most likely have been seen: it needs \(total)."
    }
    return "\(counted(more, "more application")) for an 80 % chance to see a gap of \(gap): "
      + "\(total) in all (\(range))."
  }
}

/// `1 day`, `3 days`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// With one digit after the point, or none where it is 0.
func brief(_ value: Double) -> String {
  let text = decimal(value, 1)
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
