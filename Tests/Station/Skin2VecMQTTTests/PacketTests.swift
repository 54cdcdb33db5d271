import Testing

@testable import skin2vec_mqtt

/// Bytes written out by hand from the tables of MQTT 3.1.1 (OASIS Standard, 29 October 2014).
@Suite("packets of MQTT 3.1.1") struct PacketTests {
  @Test(
    "a length is written in as many bytes as table 2.4 gives it, at both ends of each",
    arguments: [
      (0, [0x00]), (127, [0x7F]), (128, [0x80, 0x01]), (16_383, [0xFF, 0x7F]),
      (16_384, [0x80, 0x80, 0x01]), (2_097_151, [0xFF, 0xFF, 0x7F]),
      (2_097_152, [0x80, 0x80, 0x80, 0x01]), (268_435_455, [0xFF, 0xFF, 0xFF, 0x7F]),
    ] as [(Int, [UInt8])])
  func lengths(count: Int, bytes: [UInt8]) {
    #expect(ClientPacket.length(count) == bytes)
  }

  @Test("a text is its length in two bytes and its UTF-8, as the example of 1.5.3")
  func text() {
    // 1.5.3: "A" followed by U+2A6D4 is 0x00 0x05 0x41 0xF0 0xAA 0x9B 0x94.
    #expect(ClientPacket.text("A\u{2A6D4}") == [0x00, 0x05, 0x41, 0xF0, 0xAA, 0x9B, 0x94])
  }

  @Test(
    "CONNECT with will, user and password: the variable header of figure 3.6, then 3.1.3's order")
  func connect() {
    let packet = ClientPacket.connect(
      Introduction(
        clientID: "ab", keepAliveSeconds: 10, will: Message(topic: "w", payload: "off"), user: "u",
        password: "pw"))
    let header: [UInt8] = [
      0x10, 29,  // 3.1.1: type 1, and the remaining length
      0x00, 0x04, 0x4D, 0x51, 0x54, 0x54,  // 3.1.2.1: "MQTT"
      0x04,  // 3.1.2.2: level 4
      0xEE,  // 3.1.2.3: user, password, will retained at quality 1, will, clean session
      0x00, 0x0A,  // 3.1.2.10: 10 s, as the example
    ]
    let payload: [UInt8] = [
      0x00, 0x02, 0x61, 0x62,  // 3.1.3.1
      0x00, 0x01, 0x77,  // 3.1.3.2
      0x00, 0x03, 0x6F, 0x66, 0x66,  // 3.1.3.3
      0x00, 0x01, 0x75,  // 3.1.3.4
      0x00, 0x02, 0x70, 0x77,  // 3.1.3.5
    ]
    #expect(packet.bytes == header + payload)
  }

  @Test("CONNECT of somebody without a name or a will has the clean session's flag alone")
  func connectPlain() {
    let packet = ClientPacket.connect(Introduction(clientID: "a", keepAliveSeconds: 60))
    #expect(
      packet.bytes == [
        0x10, 13, 0x00, 0x04, 0x4D, 0x51, 0x54, 0x54, 0x04, 0x02, 0x00, 0x3C, 0x00, 0x01, 0x61,
      ])
  }

  @Test("PUBLISH has the topic and the number of figure 3.11, quality 1, and is retained")
  func publish() {
    // 3.3.2.3: topic "a/b", packet identifier 10.
    let message = Message(topic: "a/b", payload: "hi")
    #expect(
      ClientPacket.publish(message, id: 10).bytes
        == [0x33, 0x09, 0x00, 0x03, 0x61, 0x2F, 0x62, 0x00, 0x0A, 0x68, 0x69])
    let passing = Message(topic: "a/b", payload: "", isRetained: false)
    #expect(
      ClientPacket.publish(passing, id: 0x1234).bytes
        == [0x32, 0x07, 0x00, 0x03, 0x61, 0x2F, 0x62, 0x12, 0x34])
  }

  @Test("PINGREQ and DISCONNECT are two bytes each (3.12, 3.14)")
  func short() {
    #expect(ClientPacket.pingRequest.bytes == [0xC0, 0x00])
    #expect(ClientPacket.disconnect.bytes == [0xE0, 0x00])
  }

  /// Every packet in some bytes, which come one at a time.
  private func packets(_ bytes: [UInt8]) throws -> [BrokerPacket] {
    var buffer = PacketBuffer()
    var packets: [BrokerPacket] = []
    for byte in bytes {
      buffer.append([byte])
      while let packet = try buffer.next() { packets.append(packet) }
    }
    return packets
  }

  @Test("a broker's answers are read, also byte by byte and one behind the other")
  func answers() throws {
    // 3.2, 3.4, 3.13; session present is bit 0 of the first flag byte.
    let bytes: [UInt8] = [
      0x20, 0x02, 0x00, 0x00, 0x40, 0x02, 0x12, 0x34, 0xD0, 0x00, 0x20, 0x02, 0x01, 0x00,
    ]
    #expect(
      try packets(bytes) == [.answer(nil), .taken(id: 0x1234), .pingResponse, .answer(nil)])
  }

  @Test(
    "each return code of table 3.1 is a refusal in words", arguments: 1...5 as ClosedRange<UInt8>)
  func refusals(code: UInt8) throws {
    #expect(try packets([0x20, 0x02, 0x00, code]) == [.answer(Refusal(code: code))])
    let words = "\(Refusal(code: code))"
    #expect(!words.contains("code"))
    #expect(Set((1...5).map { Refusal(code: $0).description }).count == 5)
    #expect(Refusal(code: code).isAboutUser == (code >= 4))
    #expect("\(Refusal(code: 6))".contains("code 6"))
  }

  @Test(
    "what no publisher is sent is refused",
    arguments: [
      [0x30, 0x05], [0x20, 0x03, 0x00, 0x00, 0x00], [0x20, 0x02, 0x02, 0x00], [0x40, 0x01, 0x00],
      [0x41, 0x02, 0x00, 0x01], [0xD0, 0x01, 0x00], [0x48, 0x54, 0x54, 0x50], [0x40, 0x80, 0x01],
    ] as [[UInt8]])
  func malformed(bytes: [UInt8]) {
    let padded = bytes + [UInt8](repeating: 0, count: 128)
    #expect(throws: BrokerError.malformed(bytes[0])) { try packets(padded) }
  }
}
