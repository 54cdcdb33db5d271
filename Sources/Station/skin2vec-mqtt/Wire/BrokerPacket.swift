/// What a broker says to somebody who only publishes.
enum BrokerPacket: Hashable, Sendable {
  /// It lets the client in, or says why not.
  case answer(Refusal?)
  /// It has the message with this number.
  case taken(id: UInt16)
  case pingResponse
}

/// Why a broker lets somebody not in: the return code of CONNACK (3.2.2.3).
struct Refusal: Hashable, Sendable, CustomStringConvertible {
  var code: UInt8

  /// Whether it hangs on who asks, and not on the broker's day.
  var isAboutUser: Bool { code == 4 || code == 5 }

  var description: String {
    switch code {
    case 1: "it speaks no MQTT 3.1.1"
    case 2: "it does not take the name this client gives itself"
    case 3: "its service is not available"
    case 4: "the user or the password is wrong"
    case 5: "this client is not authorised"
    default: "for a reason the standard does not know (code \(code))"
    }
  }

  /// What can be done about it.
  var hint: String {
    switch code {
    case 1: "skin2vec-mqtt needs a broker with MQTT 3.1.1"
    case 2, 3: "look at the broker's log"
    case 4, 5: "look at mqtt.user and mqtt.password_file, and at the broker's list of users"
    default: "look at the broker's log"
    }
  }
}

/// The bytes that came, and the packets in them.
struct PacketBuffer {
  private var bytes: [UInt8] = []
  /// The longest answer of a broker to a publisher has four bytes.
  private let longest = 127

  mutating func append(_ more: [UInt8]) { bytes += more }

  /// The next whole packet; nil until more has come.
  mutating func next() throws(BrokerError) -> BrokerPacket? {
    guard bytes.count >= 2 else { return nil }
    let (kind, length) = (bytes[0], Int(bytes[1]))
    // A length beyond one byte (2.2.3) is of nothing that a publisher is ever sent.
    guard length <= longest else { throw .malformed(bytes[0]) }
    guard bytes.count >= 2 + length else { return nil }
    let content = Array(bytes[2..<(2 + length)])
    bytes.removeFirst(2 + length)
    return try Self.packet(kind, content)
  }

  private static func packet(
    _ kind: UInt8, _ content: [UInt8]
  ) throws(BrokerError) -> BrokerPacket {
    switch (kind, content.count) {
    // 3.2: flags of the session, then the return code. The other flags must be 0.
    case (0x20, 2) where content[0] <= 1:
      return .answer(content[1] == 0 ? nil : Refusal(code: content[1]))
    case (0x40, 2): return .taken(id: UInt16(content[0]) << 8 | UInt16(content[1]))
    case (0xD0, 0): return .pingResponse
    default: throw .malformed(kind)
    }
  }
}
