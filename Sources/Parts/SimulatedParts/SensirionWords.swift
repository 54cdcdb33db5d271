/// Sensirion's wire format: big-endian 16-bit words, each followed by its check byte.
enum SensirionWords {
  /// CRC-8 with polynomial 0x31 and initial value 0xFF, over the word's two bytes.
  static func checksum(_ high: UInt8, _ low: UInt8) -> UInt8 {
    table[Int(table[Int(high ^ 0xFF)] ^ low)]
  }

  /// The words with their check bytes.
  static func bytes(_ words: [UInt16]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(words.count * 3)
    for word in words {
      let high = UInt8(word >> 8)
      let low = UInt8(truncatingIfNeeded: word)
      bytes.append(high)
      bytes.append(low)
      bytes.append(checksum(high, low))
    }
    return bytes
  }

  /// The words of a parameter frame, as a part takes them.
  static func words(_ bytes: ArraySlice<UInt8>) throws(PartRefusal) -> [UInt16] {
    guard bytes.count % 3 == 0 else { throw .unknownCommand }
    var words: [UInt16] = []
    for at in stride(from: bytes.startIndex, to: bytes.endIndex, by: 3) {
      guard checksum(bytes[at], bytes[at + 1]) == bytes[at + 2] else { throw .wrongChecksum }
      words.append(UInt16(bytes[at]) << 8 | UInt16(bytes[at + 1]))
    }
    return words
  }

  /// A text of 32 bytes, or as many as asked for, padded with NUL, as half as many words.
  static func text(_ text: String, bytes count: Int = 32) -> [UInt16] {
    var ascii = [UInt8](text.utf8.prefix(count))
    ascii += [UInt8](repeating: 0, count: count - ascii.count)
    return stride(from: 0, to: count, by: 2).map {
      UInt16(ascii[$0]) << 8 | UInt16(ascii[$0 + 1])
    }
  }

  /// What an unsigned word says where there is no value.
  static let unknown: UInt16 = 0xFFFF

  /// A value in whole steps of 1/scale, never the sentinel 0xFFFF; that for nil.
  static func unsigned(_ value: Double?, times scale: Double) -> UInt16 {
    value.map { ($0 * scale).clamped(to: 0...0xFFFE) } ?? unknown
  }

  /// The same with a sign, in two's complement, the sentinel being 0x7FFF.
  static func signed(_ value: Double?, times scale: Double) -> UInt16 {
    value.map { UInt16(bitPattern: ($0 * scale).clamped(to: Int16.min...0x7FFE)) } ?? 0x7FFF
  }

  /// A 32-bit number as two words, the more significant first.
  static func number(_ value: UInt32) -> [UInt16] {
    [UInt16(value >> 16), UInt16(truncatingIfNeeded: value)]
  }

  private static let table: [UInt8] = (0...255).map { byte in
    (0..<8).reduce(UInt8(byte)) { remainder, _ in
      remainder & 0x80 == 0 ? remainder << 1 : (remainder << 1) ^ 0x31
    }
  }
}
