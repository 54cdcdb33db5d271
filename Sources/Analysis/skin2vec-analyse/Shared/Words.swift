import Curves

/// Numbers as a person reads them.
enum Words {
  /// With so many digits behind the point, and a sign.
  static func signed(_ value: Double, digits: Int = 2) -> String {
    (value < 0 ? "−" : "+") + plain(abs(value), digits: digits)
  }

  static func plain(_ value: Double, digits: Int = 2) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = (abs(value) * scale).rounded()
    guard whole < 1e15 else { return "\(value)" }
    let number = Int(whole)
    let sign = value < 0 && number > 0 ? "−" : ""
    guard digits > 0 else { return "\(sign)\(number)" }
    let fraction = String(number % Int(scale))
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(sign)\(number / Int(scale)).\(zeros)\(fraction)"
  }

  static func interval(_ estimate: Estimate, digits: Int = 2) -> String {
    "\(Words.percent(estimate.level)) interval \(signed(estimate.low, digits: digits)) to "
      + signed(estimate.high, digits: digits)
  }

  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
