/// A tape as the last section of a text, in base64 (RFC 4648).
extension Tape {
  /// What the section is called: its line is `== tape`.
  package static let sectionTitle = "tape"

  /// The tape's lines, of 76 characters.
  package var lines: [String] {
    let text = Self.base64(bytes)
    return stride(from: 0, to: text.count, by: 76).map { start in
      String(decoding: text[start..<min(start + 76, text.count)], as: UTF8.self)
    }
  }

  /// Reads a tape's own file, or a text with a tape's section.
  ///
  /// - Parameter file: The whole file.
  /// - Throws: `TapeError` where there is no tape in it, or one that cannot be read.
  package init(anyFile file: [UInt8]) throws(TapeError) {
    let mark = Array("\n== \(Self.sectionTitle)\n".utf8)
    guard !file.starts(with: Array("skin2vec tape ".utf8)), let start = file.lastStart(of: mark)
    else {
      self = try Tape(file: file)
      return
    }
    self = try Tape(file: Self.bytes(base64: file[(start + mark.count)...]))
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static func base64(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 3 * 4 + 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for step in 0..<4 {
        let digit = Int(word >> UInt32(18 - 6 * step)) & 63
        text.append(step <= group.count ? alphabet[digit] : UInt8(ascii: "="))
      }
    }
    return text
  }

  /// Skips what is no digit, as line breaks are; ends at the padding.
  private static func bytes(base64 text: ArraySlice<UInt8>) -> [UInt8] {
    var values = [UInt8?](repeating: nil, count: 256)
    for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
    var bytes: [UInt8] = []
    var (word, bits) = (UInt32(0), 0)
    for digit in text {
      if digit == UInt8(ascii: "=") { break }
      guard let value = values[Int(digit)] else { continue }
      word = (word << 6 | UInt32(value)) & 0xFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
      }
    }
    return bytes
  }
}

extension [UInt8] {
  /// Where the last occurrence of some bytes starts.
  fileprivate func lastStart(of pattern: [UInt8]) -> Int? {
    guard count >= pattern.count else { return nil }
    return (0...(count - pattern.count)).last { self[$0...].starts(with: pattern) }
  }
}
