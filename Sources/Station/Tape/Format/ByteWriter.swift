/// Numbers and texts as bytes, small numbers in few.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  /// Seven bits a byte, the lowest first, the top bit set while more follow.
  mutating func number(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func number(_ value: Int) { number(UInt64(value)) }

  /// A number that may be negative: 0, −1, 1 and −2 become 0, 1, 2 and 3.
  mutating func signed(_ value: Int64) {
    number(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  mutating func optional(_ value: Int64?) {
    byte(value == nil ? 0 : 1)
    if let value { signed(value) }
  }

  mutating func block(_ value: [UInt8]) {
    number(value.count)
    bytes += value
  }

  mutating func text(_ value: String) { block(Array(value.utf8)) }
}

/// Reads what a `ByteWriter` has written; throws where it cannot have.
struct ByteReader {
  private var rest: ArraySlice<UInt8>

  /// The bytes end too soon, or say what nobody wrote.
  struct Malformed: Error {}

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  /// What has not been read yet.
  var remainder: [UInt8] { Array(rest) }

  mutating func byte() throws(Malformed) -> UInt8 {
    guard let byte = rest.popFirst() else { throw Malformed() }
    return byte
  }

  mutating func number() throws(Malformed) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let byte = try byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw Malformed()
  }

  /// A number of things: no tape has as many as an `Int32` can count.
  mutating func count() throws(Malformed) -> Int {
    guard let count = Int32(exactly: try number()) else { throw Malformed() }
    return Int(count)
  }

  /// Microseconds up to 36 000 years either way, so that sums of a few cannot overflow.
  mutating func moment() throws(Malformed) -> Int64 {
    let moment = try signed()
    guard Self.moments.contains(moment) else { throw Malformed() }
    return moment
  }

  /// What a moment can be.
  static let moments: ClosedRange<Int64> = -(1 << 60)...1 << 60

  mutating func signed() throws(Malformed) -> Int64 {
    let value = try number()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  mutating func optional() throws(Malformed) -> Int64? {
    try byte() == 0 ? nil : try signed()
  }

  mutating func block() throws(Malformed) -> [UInt8] {
    let count = try count()
    guard count <= rest.count else { throw Malformed() }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func text() throws(Malformed) -> String {
    guard let text = String(validating: try block(), as: UTF8.self) else { throw Malformed() }
    return text
  }
}

/// CRC-32 as in IEEE 802.3 (reflected, polynomial 0xEDB88320).
func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
  ~bytes.reduce(~UInt32(0)) { crc, byte in
    var crc = crc ^ UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    return crc
  }
}
