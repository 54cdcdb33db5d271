import Glibc

/// Numbers as files write them, read exactly.
enum NumberReader {
  /// Powers of ten that are exact in a double.
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// Sign, digits, point and power of ten of a decimal.
  private struct Parts {
    var isNegative = false
    var digits: UInt64 = 0
    var exponent = 0
    /// Whether digits were left out of `digits`.
    var isCut = false

    /// The same number, where a single rounding gives it: digits and power are exact in a double.
    ///
    /// Source: W. D. Clinger, "How to read floating point numbers accurately", 1990.
    var exact: Double? {
      guard !isCut, digits <= 1 << 53, exponent.magnitude <= 22 else { return nil }
      let power = NumberReader.powers.withUnsafeBufferPointer { $0[Int(exponent.magnitude)] }
      let value = exponent < 0 ? Double(digits) / power : Double(digits) * power
      return isNegative ? -value : value
    }
  }

  /// A decimal number, rounded once to the nearest double; nil for anything else.
  static func number(_ bytes: Bytes) -> Double? {
    guard let parts = parts(bytes) else {
      let trimmed = bytes.trimmed
      return trimmed.count == bytes.count ? nil : number(trimmed)
    }
    if let exact = parts.exact { return exact }
    guard bytes.count < 512 else { return nil }
    let value = withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { copy in
      for index in bytes.indices { copy[index] = CChar(truncatingIfNeeded: bytes[index]) }
      copy[bytes.count] = 0
      return copy.baseAddress.map { strtod($0, nil) } ?? .nan
    }
    return value.isFinite ? value : nil
  }

  private static func parts(_ bytes: Bytes) -> Parts? {
    var parts = Parts()
    var index = 0
    let count = bytes.count
    if count > 0, bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") {
      parts.isNegative = bytes[0] == UInt8(ascii: "-")
      index = 1
    }
    let begin = index
    while index < count, let digit = digit(bytes[index]) {
      add(digit, to: &parts)
      index += 1
    }
    var digits = index - begin
    if index < count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      let point = index
      while index < count, let digit = digit(bytes[index]) {
        add(digit, to: &parts)
        parts.exponent -= 1
        index += 1
      }
      digits += index - point
    }
    guard digits > 0 else { return nil }
    if index < count {
      guard bytes[index] | 0x20 == UInt8(ascii: "e"),
        let exponent = exponent(Bytes(rebasing: bytes[(index + 1)...]))
      else { return nil }
      parts.exponent += exponent
    }
    return parts
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    let digit = byte &- UInt8(ascii: "0")
    return digit < 10 ? UInt64(digit) : nil
  }

  private static func add(_ digit: UInt64, to parts: inout Parts) {
    if parts.digits < 1_000_000_000_000_000_000 {
      parts.digits = parts.digits &* 10 &+ digit
    } else {
      parts.isCut = true
    }
  }

  /// The power behind an `e`, at most four digits of it.
  private static func exponent(_ bytes: Bytes) -> Int? {
    var index = 0
    var isNegative = false
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      index = 1
    }
    guard index < bytes.count, bytes.count - index <= 4 else { return nil }
    var value = 0
    while index < bytes.count {
      guard let digit = digit(bytes[index]) else { return nil }
      value = value * 10 + Int(digit)
      index += 1
    }
    return isNegative ? -value : value
  }

  /// A whole number; nil for anything else, or one that is too great.
  static func integer(_ bytes: Bytes) -> Int64? {
    var index = 0
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { index = 1 }
    guard index < bytes.count, bytes.count - index <= 18 else { return nil }
    var value: Int64 = 0
    while index < bytes.count {
      guard let digit = digit(bytes[index]) else { return nil }
      value = value &* 10 &+ Int64(digit)
      index += 1
    }
    return isNegative ? -value : value
  }
}
