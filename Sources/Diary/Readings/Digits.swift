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
    // Side by side in memory, they are taken in ten times as fast.
    let added = bytes.withContiguousStorageIfAvailable { Self.adding($0, to: bits) }
    bits = added ?? Array(bytes).withUnsafeBufferPointer { Self.adding($0, to: bits) }
  }

  private static func adding(_ bytes: UnsafeBufferPointer<UInt8>, to bits: UInt64) -> UInt64 {
    var bits = bits
    for byte in bytes { bits = (bits ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return bits
  }
}
