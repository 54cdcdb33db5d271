/// One entry in the form journald takes on its socket: systemd's "Native Journal Protocol".
struct JournalEntry {
  private(set) var bytes: [UInt8] = []

  /// Kernels hold a datagram of this size in one piece; journald takes longer entries only as
  /// sealed memory, which a line of the station never needs.
  static let longestValue = 48 * 1024

  /// Adds a field whose name is known to be right.
  mutating func append(_ name: StaticString, _ value: String) {
    append(fieldName: name.description, value)
  }

  /// Adds a field by a name that came from elsewhere, which is made right first.
  mutating func append(named name: String, _ value: String) {
    append(fieldName: Self.fieldName(name), value)
  }

  private mutating func append(fieldName: String, _ value: String) {
    var text = Array(value.utf8)
    if text.count > Self.longestValue {
      text = Array(String(decoding: text.prefix(Self.longestValue), as: UTF8.self).utf8)
      text += Array(" …".utf8)
    }
    bytes += fieldName.utf8
    if text.contains(newline) {
      // The name alone on its line, then the length as 64 bits little-endian, then the bytes.
      bytes.append(newline)
      withUnsafeBytes(of: UInt64(text.count).littleEndian) { bytes += $0 }
    } else {
      bytes.append(UInt8(ascii: "="))
    }
    bytes += text
    bytes.append(newline)
  }

  /// A name as journald accepts it: upper-case letters, digits and `_`, at most 64 of them, the
  /// first a letter, and none of those that the entry itself gives.
  static func fieldName(_ name: String) -> String {
    let plain = name.uppercased().map { character in
      character.isASCII && (character.isLetter || character.isNumber) ? character : "_"
    }
    let text = String(plain)
    let needsPrefix = text.first.map { !$0.isLetter } ?? true || reserved.contains(text)
    return String(((needsPrefix ? "FIELD_" : "") + text).prefix(64))
  }

  private static let reserved: Set = ["MESSAGE", "MESSAGE_ID", "PRIORITY", "SYSLOG_IDENTIFIER"]
}

private let newline = UInt8(ascii: "\n")
