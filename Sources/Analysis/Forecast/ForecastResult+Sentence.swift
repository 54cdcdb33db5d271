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

  /// How fine numbers are said: about a twentieth of the interval.
  private static func step(of estimate: Estimate) -> Int {
    let width = (estimate.high - estimate.low) / 20
    return width >= 0.5 ? 0 : width >= 0.05 ? 1 : 2
  }
}
