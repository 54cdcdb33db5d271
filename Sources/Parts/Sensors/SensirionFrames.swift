/// How Sensirion's parts speak: big-endian words, each followed by a checksum of its own.
///
/// Source: Sensirion embedded-i2c-sen5x, sensirion_i2c.c; the same in the SHT4x datasheet,
/// "Data type and length" and "Checksum calculation". A command carries no checksum; the words after
/// it do.
enum SensirionFrames {
  /// CRC-8 with polynomial 0x31 and initial value 0xFF, neither reflected nor inverted at the end.
  static func checksum(_ bytes: [UInt8]) -> UInt8 {
    bytes.reduce(0xFF) { remainders[Int($0 ^ $1)] }
  }

  /// The same of one word.
  private static func checksum(_ high: UInt8, _ low: UInt8) -> UInt8 {
    remainders[Int(remainders[Int(0xFF ^ high)] ^ low)]
  }

  /// What eight steps of the division leave of each byte.
  private static let remainders: [UInt8] = (0...255).map { byte in
    (0..<8).reduce(UInt8(byte)) { crc, _ in crc & 0x80 != 0 ? (crc << 1) ^ 0x31 : crc << 1 }
  }

  /// The bytes of a two-byte command, with its parameters.
  static func command(_ command: UInt16, _ words: [UInt16] = []) -> [UInt8] {
    words.reduce(into: command.bigEndianBytes) { frame, word in
      frame += word.bigEndianBytes
      frame.append(checksum(word.bigEndianBytes))
    }
  }

  /// The words of an answer, every checksum verified.
  static func words(in frame: [UInt8]) throws(SensorError) -> [UInt16] {
    guard frame.count.isMultiple(of: 3) else {
      throw .corrupted("\(frame.count) bytes are not a whole number of words")
    }
    var words: [UInt16] = []
    words.reserveCapacity(frame.count / 3)
    for start in stride(from: 0, to: frame.count, by: 3) {
      let expected = checksum(frame[start], frame[start + 1])
      guard frame[start + 2] == expected else {
        throw .corrupted(
          "word \(start / 3 + 1) of \(frame.count / 3) has checksum \(frame[start + 2].hex), "
            + "expected \(expected.hex)")
      }
      words.append(UInt16(frame[start]) << 8 | UInt16(frame[start + 1]))
    }
    return words
  }

  /// The text in an answer: two ASCII characters a word, ended by NUL.
  static func text(in words: [UInt16]) throws(SensorError) -> String {
    let bytes = words.flatMap(\.bigEndianBytes).prefix { $0 != 0 }
    guard bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      throw .corrupted("a text holds bytes that are not printable ASCII")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A 32-bit number in two words, the more significant first.
  static func number(_ high: UInt16, _ low: UInt16) -> UInt32 { UInt32(high) << 16 | UInt32(low) }
}

extension UInt16 {
  /// The two bytes, the more significant first.
  var bigEndianBytes: [UInt8] { [UInt8(self >> 8), UInt8(self & 0xFF)] }
}
