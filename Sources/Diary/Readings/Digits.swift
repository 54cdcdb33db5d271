extension FixedWidthInteger {
  /// The number in hexadecimal digits, with leading zeros up to so many.
  package func hexadecimal(digits: Int) -> String {
    let text = String(self, radix: 16)
    return String(repeating: "0", count: Swift.max(0, digits - text.count)) + text
  }
}

/// 64 bits that tell texts apart where nobody means harm (FNV-1a; Fowler, Noll and Vo).
package struct Fingerprint: Hashable, Sendable {
  package private(set) var bits: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  /// Takes in more bytes.
  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { bits = (bits ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  }
}
