internal import Curves
internal import Readings

extension ForecastResult: CustomStringConvertible {
  /// For a person: what is likely, how sure that is, and how well it went so far.
  package var description: String {
    guard let next, let last = outlooks.last else { return "nothing is foretold of \(curve)" }
    let unit = unit.isEmpty ? "" : " \(unit)"
    let step = Self.step(of: next.likely90)
    func say(_ outlook: Outlook) -> String {
      let likely = outlook.likely90
      return "\(decimal(likely.value, step))\(unit), nine times in ten between"
        + " \(decimal(likely.low, step)) and \(decimal(likely.high, step))"
    }
    let better = ((1 - used.mase) * 100).rounded()
    let judged =
      better > 0
      ? "wrong by \(Int(better)) % less than" : "no better than"
    return "\(curve) will likely be \(say(next)) in the \(next.slot.rawValue) of \(next.date);"
      + " a week on, \(say(last)). So far this was \(judged) repeating the slot's last reading,"
      + " over \(used.count) readings, and \(percent(used.coverage90)) of them lay within."
  }

  /// The same in Chinese.
  package var chinese: String {
    let name = Spoken.outcome(curve, in: .simplifiedChinese)
    guard let next, let last = outlooks.last else { return "\(name)没有可说的预测" }
    let unit = unit.isEmpty ? "" : " \(Spoken.unit(unit, in: .simplifiedChinese))"
    let step = Self.step(of: next.likely90)
    func say(_ outlook: Outlook) -> String {
      let likely = outlook.likely90
      return "\(decimal(likely.value, step))\(unit)，十次中九次在"
        + " \(decimal(likely.low, step)) 与 \(decimal(likely.high, step)) 之间"
    }
    let better = ((1 - used.mase) * 100).rounded()
    let judged = better > 0 ? "误差小 \(Int(better)) %" : "并不更准"
    return
      "预计\(name)在\(Spoken.date(next.date, in: .simplifiedChinese))\(next.slot.chinese)为 \(say(next))；"
      + "一周后为 \(say(last))。迄今在 \(used.count) 次读数上，比起照搬同一时段的上一次读数，"
      + "\(judged)；其中 \(percent(used.coverage90)) 落在区间之内。"
  }

  /// How fine numbers are said: about a twentieth of the interval.
  private static func step(of estimate: Estimate) -> Int {
    let width = (estimate.high - estimate.low) / 20
    return width >= 0.5 ? 0 : width >= 0.05 ? 1 : 2
  }
}
