import Testing

@testable import Sensors

@Suite("Sensirion's frames")
struct SensirionFramesTests {
  @Test(
    "a word has the checksum the maker's software gives it",
    arguments: [
      (0xBEEF, 0x92), (0x0000, 0x81), (0xFFFF, 0xAC), (0x7FFF, 0x8F), (0xFFFE, 0x9D),
      (0x8000, 0xA2), (0x1234, 0x37), (0x0001, 0xB0), (0x0190, 0x4C), (0x01F4, 0x33),
      (0x6667, 0xA2), (0x5EB9, 0x3C), (0xF896, 0x31), (0x9F07, 0xC2), (0x3BBE, 0x89),
      (0x0300, 0xAC),
    ] as [(UInt16, UInt8)])
  func checksum(word: UInt16, expected: UInt8) {
    #expect(SensirionFrames.checksum([UInt8(word >> 8), UInt8(word & 0xFF)]) == expected)
  }

  @Test("a command has no checksum and each parameter has its own")
  func command() {
    #expect(SensirionFrames.command(0x0021) == bytes("00 21"))
    // Sensirion embedded-sps: start with floats.
    #expect(SensirionFrames.command(0x0010, [0x0300]) == bytes("00 10 03 00 AC"))
  }

  @Test("words come back in the order of the wire")
  func words() throws {
    #expect(
      try SensirionFrames.words(in: bytes("12 34 37 BE EF 92 00 00 81")) == [0x1234, 0xBEEF, 0])
  }

  @Test("a wrong checksum is refused, and the word is named")
  func wrongChecksum() {
    #expect(
      throws: SensorError.corrupted("word 2 of 2 has checksum 0xA2, expected 0xA3")
    ) {
      try SensirionFrames.words(in: bytes("00 34 80 00 4E A2"))
    }
  }

  @Test("every single flipped bit is refused")
  func flippedBits() {
    for frame in everyFlip(of: bytes("66 67 A2 5E B9 3C")) {
      #expect(throws: SensorError.self) { try SensirionFrames.words(in: frame) }
    }
  }

  @Test("half a word is refused")
  func halfWord() {
    #expect(throws: SensorError.self) { try SensirionFrames.words(in: bytes("BE EF 92 00")) }
  }

  @Test("a wire that nobody drives is refused")
  func floating() {
    #expect(throws: SensorError.self) {
      try SensirionFrames.words(in: [UInt8](repeating: 0xFF, count: 24))
    }
  }

  @Test("a text ends at its first NUL")
  func text() throws {
    let name = try SensirionFrames.words(
      in: bytes("53 45 83 4E 35 55 35 00 44")
        + Array(repeating: bytes("00 00 81"), count: 13).joined())
    #expect(try SensirionFrames.text(in: name) == "SEN55")
  }

  @Test("a text may fill its frame")
  func fullText() throws {
    let serial = try SensirionFrames.words(in: bytes("30 30 F6 30 38 4F 35 33 D2 30 30 F6"))
    #expect(try SensirionFrames.text(in: serial) == "00085300")
  }

  @Test("a text of anything but printable ASCII is refused")
  func unprintable() {
    #expect(throws: SensorError.self) { try SensirionFrames.text(in: [0x5345, 0x07FF]) }
  }
}
