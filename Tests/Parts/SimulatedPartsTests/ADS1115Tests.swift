import Bus
import Quantities
import SimulatedParts
import Testing

/// Vectors: TI SBAS444D.
@Suite struct ADS1115Tests {
  /// One conversion with a config word, and the bytes of its result.
  private func result(_ config: String, _ volts: [Double]) throws -> [UInt8] {
    var part = SimulatedADS1115 { input, _ in .volts(volts[input]) }
    try part.write([0x01] + hex(config), at: at(0))
    return try part.register(0x00, 2, at: at(200))
  }

  @Test(
    "volts become the datasheet's codes",
    arguments: [
      ("C3 83", 4.095875, "7F FF"), ("C3 83", 2.048, "40 00"), ("C5 83", -0.0000625, "FF FF"),
      ("C5 83", -2.048, "80 00"), ("C5 83", 0.625, "27 10"), ("C3 83", 5, "7F FF"),
      ("C5 83", -5, "80 00"), ("CB 83", 0.0000078125, "00 01"),
    ])
  func codes(config: String, volts: Double, word: String) throws {
    #expect(try result(config, [volts, 9, 9, 9]) == hex(word))
  }

  @Test(
    "the multiplexer takes each input, and four differences",
    arguments: [
      ("C3 83", 1.0), ("D3 83", 2), ("E3 83", 3), ("F3 83", 4), ("83 83", -1), ("93 83", -3),
      ("A3 83", -2), ("B3 83", -1),
    ])
  func inputs(config: String, volts: Double) throws {
    let bytes = try result(config, [1, 2, 3, 4])
    let code = Double(Int16(bitPattern: UInt16(bytes[0]) << 8 | UInt16(bytes[1])))
    #expect(abs(code / 8000 - volts) < 0.001)
  }

  @Test("after power-on its registers are the datasheet's, and it converts nothing")
  func reset() throws {
    var part = SimulatedADS1115 { _, _ in .volts(1) }
    #expect(try part.register(0x01, 2, at: at(1000)) == [0x85, 0x83])
    #expect(try part.register(0x02, 2, at: at(1000)) == [0x80, 0x00])
    #expect(try part.register(0x03, 2, at: at(1000)) == [0x7F, 0xFF])
    #expect(try part.register(0x00, 2, at: at(1000)) == [0, 0])
    #expect(part.refusal(of: [0x00, 0x12, 0x34], at: at(1000)) == .readOnly)
  }

  @Test("OS is clear for as long as a conversion takes: 125 ms at 8 a second")
  func conversionTime() throws {
    var part = SimulatedADS1115 { _, _ in .volts(1) }
    try part.write([0x01, 0xC3, 0x03], at: at(0))
    #expect(try part.register(0x01, 2, at: at(124)) == [0x43, 0x03])
    #expect(try part.register(0x00, 2, at: at(124)) == [0, 0])
    #expect(try part.register(0x01, 2, at: at(125)) == [0xC3, 0x03])
    #expect(try part.register(0x00, 2, at: at(125)) == [0x1F, 0x40])
  }

  @Test("without single-shot it converts on and on")
  func continuous() throws {
    var part = SimulatedADS1115 { _, time in .volts(time.sinceBoot.inSeconds) }
    // MODE clear: AIN0, ±4.096 V, 128 a second.
    try part.write([0x01, 0x42, 0x83], at: at(0))
    let first = try part.register(0x00, 2, at: at(1000))
    let second = try part.register(0x00, 2, at: at(2000))
    // A second is a volt, and a volt is 8000 codes; a conversion is 7.8 ms old at most.
    func code(_ bytes: [UInt8]) -> Int { Int(bytes[0]) << 8 | Int(bytes[1]) }
    #expect((7900...8000).contains(code(first)))
    #expect((15_900...16_000).contains(code(second)))
  }
}
