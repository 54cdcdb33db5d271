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
        + "\(signed(gap.value)) \(unit) (\(level) interval \(signed(gap.low)) to "
        + "\(signed(gap.high)))\(times(isFirst)) \(end)"
    case .equal:
      return "\(first.product) and \(second.product) keep the same hydration uplift\(within): "
        + "difference \(signed(difference.value)) \(unit) (\(level) interval "
        + "\(signed(difference.low)) to \(signed(difference.high))) \(end)"
    case .undecided:
      return "\(first.product) and \(second.product) cannot be told apart yet: difference "
        + "\(signed(difference.value)) \(unit) (\(level) interval \(signed(difference.low)) to "
        + "\(signed(difference.high))) \(end)"
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
    return ", \(hundredths(shown.value)) times as much (\(hundredths(shown.low)) to "
      + "\(hundredths(shown.high))),"
  }

  private func sentence(of side: ProductUplift, _ unit: String) -> String {
    let mean =
      "\(side.product): hydration uplift \(tenths(side.mean.value)) \(unit) on average "
      + "(\(tenths(side.mean.low)) to \(tenths(side.mean.high)))"
    switch side.halfLife {
    case .success(let life):
      return "\(mean), halved every \(tenths(life.value)) h (\(tenths(life.low)) to "
        + "\(tenths(life.high)))."
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

/// With one digit after the point, whatever the locale.
func tenths(_ value: Double) -> String { decimal(value, digits: 1) }

/// With two digits after the point.
func hundredths(_ value: Double) -> String { decimal(value, digits: 2) }

/// With one digit after the point, or none where it is 0.
func brief(_ value: Double) -> String {
  let text = tenths(value)
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// With its sign and one digit after the point.
func signed(_ value: Double) -> String { (value >= 0.05 ? "+" : "") + tenths(value) }

private func decimal(_ value: Double, digits: Int) -> String {
  let scale = digits == 1 ? 10.0 : 100
  guard value.isFinite, abs(value) < 1e12 else { return "?" }
  let whole = Int((abs(value) * scale).rounded())
  let part = String(whole % Int(scale))
  let padded = String(repeating: "0", count: digits - part.count) + part
  return (value < 0 && whole > 0 ? "−" : "") + "\(whole / Int(scale)).\(padded)"
}
