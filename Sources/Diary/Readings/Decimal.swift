/// A number with a fixed count of decimals and, where it is negative, a true minus sign.
package func decimal(_ value: Double, _ places: Int) -> String {
  plainDecimal(value, places).replacingMinus
}

/// The same as programs read it.
package func plainDecimal(_ value: Double, _ places: Int) -> String {
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let scaled = (value * scale).rounded(.toNearestOrEven)
  guard scaled.isFinite, abs(scaled) < 1e15 else { return String(value) }
  let digits = String(Int64(abs(scaled)))
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  let sign = scaled < 0 ? "-" : ""
  guard places > 0 else { return sign + padded }
  return sign + padded.dropLast(places) + "." + padded.suffix(places)
}

extension String {
  fileprivate var replacingMinus: String { hasPrefix("-") ? "−" + dropFirst() : self }
}

/// A length of time in its two largest units: `12 s`, `2 h 5 min`, `3 d 4 h`; `3 天 4 小时`.
///
/// - Parameters:
///   - seconds: How long; what is below zero is none.
///   - language: The language of the units.
/// - Returns: The words.
package func spanInWords(_ seconds: Double, in language: Language = .english) -> String {
  // Whoever says so may say anything: a number without an end is the longest span there is.
  let whole = seconds >= 0 ? Int64(exactly: seconds.rounded(.down)) ?? .max : 0
  let (days, hours, minutes) = (whole / 86_400, whole / 3600 % 24, whole / 60 % 60)
  let (d, h, min, s) =
    switch language {
    case .english: ("d", "h", "min", "s")
    case .simplifiedChinese: ("天", "小时", "分", "秒")
    }
  if days > 0 { return hours > 0 ? "\(days) \(d) \(hours) \(h)" : "\(days) \(d)" }
  if hours > 0 { return minutes > 0 ? "\(hours) \(h) \(minutes) \(min)" : "\(hours) \(h)" }
  if minutes > 0 { return "\(minutes) \(min)" }
  return "\(whole) \(s)"
}
