internal import Readings

/// With its sign, and so many digits after the point; nothing has no sign: `+1.2`, `−0.3`, `0.0`.
package func signed(_ value: Double, _ places: Int) -> String {
  let text = decimal(value, places)
  return value > 0 && text.contains { $0 != "0" && $0 != "." } ? "+" + text : text
}

/// `91 %`.
package func percent(_ share: Double) -> String { "\(decimal(100 * share, 0)) %" }

extension Estimate {
  /// `90 % interval −1.9 to +0.3`.
  package func words(_ places: Int) -> String {
    "\(percent(level)) interval \(signed(low, places)) to \(signed(high, places))"
  }

  /// `90 % 区间 −1.9 至 +0.3`.
  package func chineseWords(_ places: Int) -> String {
    "\(percent(level)) 区间 \(signed(low, places)) 至 \(signed(high, places))"
  }
}
