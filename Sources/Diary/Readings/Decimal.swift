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
