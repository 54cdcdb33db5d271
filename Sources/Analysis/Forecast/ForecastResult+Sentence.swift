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
      return "\(Self.say(likely.value, step))\(unit), nine times in ten between"
        + " \(Self.say(likely.low, step)) and \(Self.say(likely.high, step))"
    }
    let better = ((1 - used.mase) * 100).rounded()
    let judged =
      better > 0
      ? "wrong by \(Int(better)) % less than" : "no better than"
    return "\(curve) will likely be \(say(next)) in the \(next.slot.rawValue) of \(next.date);"
      + " a week on, \(say(last)). So far this was \(judged) repeating the slot's last reading,"
      + " over \(used.count) readings, and \(Self.percent(used.coverage90)) % of them lay within."
  }

  private static func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }

  /// How fine numbers are said: about a twentieth of the interval.
  private static func step(of estimate: Estimate) -> Int {
    let width = (estimate.high - estimate.low) / 20
    return width >= 0.5 ? 0 : width >= 0.05 ? 1 : 2
  }

  private static func say(_ value: Double, _ decimals: Int) -> String {
    let factor = [1.0, 10, 100][decimals]
    let whole = (value * factor).rounded()
    guard whole.magnitude < 1e15 else { return "\(value)" }
    let digits = Int(whole.magnitude)
    let sign = whole < 0 ? "−" : ""
    guard decimals > 0 else { return sign + "\(digits)" }
    let rest = String(digits % Int(factor))
    let zeros = String(repeating: "0", count: decimals - rest.count)
    return sign + "\(digits / Int(factor)).\(zeros)\(rest)"
  }
}
