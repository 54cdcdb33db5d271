/// What a publisher says to a broker: MQTT 3.1.1 (OASIS Standard, 29 October 2014).
///
/// A publisher that subscribes to nothing needs no more of it than this.
enum ClientPacket: Hashable, Sendable {
  case connect(Introduction)
  /// With quality of service 1: sent until the broker says that it has it.
  case publish(Message, id: UInt16)
  case pingRequest
  case disconnect

  /// The packet's bytes, as section 2 and 3 of the standard lay them out.
  var bytes: [UInt8] {
    switch self {
    case .connect(let introduction): Self.packet(0x10, introduction.content)
    // 3.3.1: the type, quality of service 1 in bits 2 and 1, and retain in bit 0.
    case .publish(let message, let id):
      Self.packet(
        0x32 | (message.isRetained ? 1 : 0),
        Self.text(message.topic) + Self.number(id) + Array(message.payload.utf8))
    case .pingRequest: Self.packet(0xC0, [])
    case .disconnect: Self.packet(0xE0, [])
    }
  }

  private static func packet(_ first: UInt8, _ content: [UInt8]) -> [UInt8] {
    [first] + length(content.count) + content
  }

  /// 2.2.3: seven bits a byte, the lowest first, the eighth while more follow.
  static func length(_ count: Int) -> [UInt8] {
    precondition((0...268_435_455).contains(count), "no packet is that long")
    var bytes: [UInt8] = []
    var rest = count
    repeat {
      let low = UInt8(rest & 0x7F)
      rest >>= 7
      bytes.append(rest > 0 ? low | 0x80 : low)
    } while rest > 0
    return bytes
  }

  /// 1.5.2: most significant byte first.
  static func number(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }

  /// 1.5.3: the length in bytes, and the UTF-8 text.
  static func text(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    return number(UInt16(bytes.count)) + bytes
  }
}

/// Something to be known under a topic.
struct Message: Hashable, Sendable {
  var topic: String
  var payload: String
  /// Whether the broker keeps it for those who come later.
  var isRetained = true
}

/// How a publisher introduces itself (3.1).
struct Introduction: Hashable, Sendable {
  /// One of its kind at a broker: letters and digits, at most 23 (3.1.3.1).
  var clientID: String
  /// Within which it will be heard of, in seconds; the broker waits half as long again (3.1.2.10).
  var keepAliveSeconds: UInt16
  /// What the broker publishes when the publisher is gone without a word; nil for nothing.
  var will: Message?
  var user: String?
  var password: String?

  /// The variable header and the payload, in the order of 3.1.2 and 3.1.3.
  var content: [UInt8] {
    // A session that is clean: whatever is still to be said is said anew (3.1.2.4).
    var flags: UInt8 = 0x02
    if let will {
      // The will's quality of service is 1 (3.1.2.6).
      flags |= 0x04 | 0x08 | (will.isRetained ? 0x20 : 0)
    }
    if password != nil { flags |= 0x40 }
    if user != nil { flags |= 0x80 }
    var bytes = ClientPacket.text("MQTT") + [4, flags] + ClientPacket.number(keepAliveSeconds)
    bytes += ClientPacket.text(clientID)
    if let will { bytes += ClientPacket.text(will.topic) + ClientPacket.text(will.payload) }
    if let user { bytes += ClientPacket.text(user) }
    if let password { bytes += ClientPacket.text(password) }
    return bytes
  }
}
