/// Reads one flat JSON object (RFC 8259).
struct JSONScanner {
  private let bytes: Bytes
  private let room: FieldRoom
  private var index = 0

  init(_ bytes: Bytes, room: FieldRoom) {
    self.bytes = bytes
    self.room = room
  }

  private static let malformed = LineFault(
    nil, "not a JSON object", mend: "write one object a line: {\"time_utc\":\"…\",\"value\":1}")

  /// Reads the whole object.
  ///
  /// - Parameter take: Told each name and value.
  /// - Throws: `LineFault` where it is none, or is nested.
  mutating func object(
    _ take: (Bytes, Field) throws(LineFault) -> Void
  ) throws(LineFault) {
    try expect(UInt8(ascii: "{"))
    skipSpace()
    if skip(UInt8(ascii: "}")) { return try end() }
    while true {
      skipSpace()
      let name = try string().bytes
      skipSpace()
      try expect(UInt8(ascii: ":"))
      skipSpace()
      try take(name, try value(of: name))
      skipSpace()
      if skip(UInt8(ascii: ",")) { continue }
      try expect(UInt8(ascii: "}"))
      return try end()
    }
  }

  private mutating func end() throws(LineFault) {
    skipSpace()
    guard index == bytes.count else { throw Self.malformed }
  }

  private mutating func value(of name: Bytes) throws(LineFault) -> Field {
    guard index < bytes.count else { throw Self.malformed }
    switch bytes[index] {
    case UInt8(ascii: "\""): return try string()
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      throw LineFault(
        String(decoding: name, as: UTF8.self), "a list or an object inside the line",
        mend: "write one flat object a line")
    default:
      let begin = index
      while index < bytes.count, !Self.endsWord(bytes[index]) { index += 1 }
      guard index > begin, let base = bytes.baseAddress else { throw Self.malformed }
      var field = Field(base + begin, index - begin)
      if field.bytes.isEqual("null") {
        field = Field(base + begin, 0)
        field.isNull = true
      } else if !field.bytes.isEqual("true"), !field.bytes.isEqual("false"),
        NumberReader.number(field.bytes) == nil, !field.bytes.saysNothing
      {
        throw Self.malformed
      }
      return field
    }
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == 0x20 || byte == 0x09
  }

  /// A string, as it stands where nothing in it is escaped.
  private mutating func string() throws(LineFault) -> Field {
    try expect(UInt8(ascii: "\""))
    let begin = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "\""),
      bytes[index] != UInt8(ascii: "\\")
    {
      index += 1
    }
    guard index < bytes.count, let base = bytes.baseAddress else { throw Self.malformed }
    var field: Field
    if bytes[index] == UInt8(ascii: "\"") {
      field = Field(base + begin, index - begin)
      index += 1
    } else {
      index = begin
      field = try escapedString()
    }
    field.isQuoted = true
    return field
  }

  /// A string from its first letter on, without its escapes.
  private mutating func escapedString() throws(LineFault) -> Field {
    let text = room.free
    var count = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") { return room.keep(count) }
      if byte != UInt8(ascii: "\\") {
        text[count] = byte
        count += 1
        continue
      }
      // An escape is never shorter than what it stands for.
      for unit in try escaped().utf8 {
        text[count] = unit
        count += 1
      }
    }
    throw Self.malformed
  }

  private mutating func escaped() throws(LineFault) -> Character {
    guard index < bytes.count else { throw Self.malformed }
    let letter = bytes[index]
    index += 1
    switch letter {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try unicode())
    default: throw Self.malformed
    }
  }

  /// A code point from four digits, or from a pair of surrogates.
  private mutating func unicode() throws(LineFault) -> Unicode.Scalar {
    let first = try hexadecimal()
    var value = first
    if (0xD800..<0xDC00).contains(first) {
      try expect(UInt8(ascii: "\\"))
      try expect(UInt8(ascii: "u"))
      let second = try hexadecimal()
      guard (0xDC00..<0xE000).contains(second) else { throw Self.malformed }
      value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }
    guard value != 0, let scalar = Unicode.Scalar(value) else { throw Self.malformed }
    return scalar
  }

  private mutating func hexadecimal() throws(LineFault) -> UInt32 {
    guard index + 4 <= bytes.count else { throw Self.malformed }
    let digits = String(decoding: bytes[index..<(index + 4)], as: UTF8.self)
    index += 4
    guard digits.utf8.count == 4, !digits.hasPrefix("+"), let value = UInt32(digits, radix: 16)
    else { throw Self.malformed }
    return value
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(LineFault) {
    guard skip(byte) else { throw Self.malformed }
  }

  private mutating func skipSpace() {
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
  }
}
