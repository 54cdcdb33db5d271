import Bus
import Quantities
import SimulatedParts

import Testing

/// Rules: TI SNOSCY5B; the result vectors are those of a real chip and of the datasheet's limits.
@Suite struct FDC1004Tests {
  private func part(_ picofarads: Double) -> SimulatedFDC1004 {
    SimulatedFDC1004 { _, _ in .picofarads(picofarads) }
  }

  /// One single shot of measurement 1, its two result words.
  private func result(
    _ part: inout SimulatedFDC1004, configuration: String = "1C 00"
  ) throws -> [UInt8] {
    try part.write([0x08] + hex(configuration), at: at(0))
    try part.write([0x0C, 0x04, 0x80], at: at(0))
    return try part.register(0x00, 2, at: at(10)) + part.register(0x01, 2, at: at(10))
  }

  @Test(
    "picofarads become the 24-bit code",
    arguments: [
      (5_839_672.0 / 524_288, "1C 00", "59 1B 38 00"), (15, "1C 00", "78 00 00 00"),
      (-15, "1C 00", "88 00 00 00"), (20, "1C 00", "7F FF FF 00"), (-20, "1C 00", "80 00 00 00"),
      (-0.0000019, "1C 00", "FF FF FF 00"), (33, "11 00", "40 00 00 00"),
      (17, "11 00", "C0 00 00 00"), (96.875, "13 E0", "00 00 00 00"),
    ] as [(Double, String, String)])
  func codes(picofarads: Double, configuration: String, words: String) throws {
    var part = part(picofarads)
    #expect(try result(&part, configuration: configuration) == hex(words))
  }

  @Test("a conversion at 100 S/s takes 10 ms and then shows DONE_1")
  func done() throws {
    var part = part(5)
    try part.write([0x0C, 0x04, 0x80], at: at(100))
    #expect(try part.register(0x0C, 2, at: at(109)) == [0x04, 0x80])
    #expect(try part.register(0x0C, 2, at: at(110)) == [0x04, 0x08])
  }

  @Test("DONE goes out only when the MSB and then the LSB were read")
  func doneIsCleared() throws {
    var part = part(5)
    try part.write([0x0C, 0x04, 0x80], at: at(0))
    _ = try part.register(0x01, 2, at: at(10))
    #expect(try part.register(0x0C, 2, at: at(10))[1] & 0x08 != 0)
    _ = try part.register(0x00, 2, at: at(10))
    #expect(try part.register(0x0C, 2, at: at(10))[1] & 0x08 != 0)
    _ = try part.register(0x01, 2, at: at(10))
    #expect(try part.register(0x0C, 2, at: at(10))[1] & 0x08 == 0)
  }

  @Test("a single shot of two measurements at once converts nothing")
  func twoSingleShots() throws {
    var part = part(5)
    try part.write([0x09, 0x3C, 0x00], at: at(0))
    try part.write([0x0C, 0x04, 0xC0], at: at(0))
    #expect(try part.register(0x0C, 2, at: at(100))[1] & 0x0F == 0)
  }

  @Test("repeated measurements take turns")
  func repeated() throws {
    var part = SimulatedFDC1004 { input, _ in .picofarads(Double(input)) }
    try part.write([0x09, 0x3C, 0x00], at: at(0))
    try part.write([0x0C, 0x05, 0xC0], at: at(0))
    #expect(try part.register(0x0C, 2, at: at(10))[1] & 0x0F == 0x08)
    #expect(try part.register(0x0C, 2, at: at(20))[1] & 0x0F == 0x0C)
    #expect(try part.register(0x00, 2, at: at(20)) == [0x08, 0x00])
    #expect(try part.register(0x02, 2, at: at(20)) == [0x10, 0x00])
  }

  @Test("each repetition reads the electrode anew")
  func repeatedFollows() throws {
    var part = SimulatedFDC1004 { _, time in .picofarads(time.sinceBoot.inSeconds) }
    try part.write([0x0C, 0x05, 0x80], at: at(0))
    #expect(try part.register(0x00, 2, at: at(1005)) == [0x08, 0x00])
    #expect(try part.register(0x00, 2, at: at(2005)) == [0x10, 0x00])
  }

  @Test("a differential measurement subtracts the higher input and wants the lower one first")
  func differential() throws {
    var part = SimulatedFDC1004 { input, _ in .picofarads(input == 1 ? 5 : 3) }
    // CIN1 - CIN2 is 2 pF: 2^20.
    #expect(try result(&part, configuration: "04 00") == hex("10 00 00 00"))
    try part.write([0x08, 0x20, 0x00], at: at(20))
    try part.write([0x0C, 0x04, 0x80], at: at(20))
    #expect(try part.register(0x0C, 2, at: at(100))[1] & 0x08 == 0)
  }

  @Test("offset and gain calibration change the result and are lost on reset")
  func calibration() throws {
    var part = part(2)
    // Offset 1 pF, gain 1.5: 2 · 1.5 + 1 = 4 pF.
    try part.write([0x0D, 0x08, 0x00], at: at(0))
    try part.write([0x11, 0x60, 0x00], at: at(0))
    #expect(try result(&part) == hex("20 00 00 00"))
    try part.write([0x0C, 0x80, 0x00], at: at(20))
    #expect(try part.register(0x11, 2, at: at(20)) == [0x40, 0x00])
    #expect(try part.register(0x08, 2, at: at(20)) == [0x1C, 0x00])
  }

  @Test("it names itself, and its results cannot be written")
  func identity() throws {
    var part = part(5)
    #expect(try part.register(0xFE, 2, at: at(0)) == [0x54, 0x49])
    #expect(try part.register(0xFF, 2, at: at(0)) == [0x10, 0x04])
    #expect(part.refusal(of: [0x00, 0x12, 0x34], at: at(0)) == .readOnly)
    #expect(part.refusal(of: [0xFE, 0x12, 0x34], at: at(0)) == .readOnly)
    #expect(part.refusal(of: [0x20], at: at(0)) == .unknownCommand)
  }
}

/// Rules: ams TSL2591 datasheet.
@Suite struct TSL2591Tests {
  /// Enabled at once, with the control byte given.
  private func enabled(
    _ control: UInt8, light: @escaping @Sendable (BootInstant) -> Double
  ) throws -> SimulatedTSL2591 {
    var part = SimulatedTSL2591 { .counts(light($0)) }
    try part.write([0xA1, control], at: at(0))
    try part.write([0xA0, 0x03], at: at(0))
    return part
  }

  private func channels(_ part: inout SimulatedTSL2591, at milliseconds: Int) throws -> [Int] {
    let bytes = try part.register(0xB4, 4, at: at(milliseconds)).map(Int.init)
    return [bytes[1] << 8 | bytes[0], bytes[3] << 8 | bytes[2]]
  }

  @Test(
    "counts grow with gain and integration time",
    arguments: [(0x00, 10), (0x10, 250), (0x20, 4280), (0x12, 750), (0x15, 1500)] as [(UInt8, Int)])
  func scale(control: UInt8, counts: Int) throws {
    var part = try enabled(control) { _ in 10 }
    #expect(try channels(&part, at: 700) == [counts, counts / 5])
  }

  @Test("at 100 ms it counts to 36863, at longer times to 65535")
  func saturation() throws {
    var short = try enabled(0x10) { _ in 10_000 }
    #expect(try channels(&short, at: 200)[0] == 36_863)
    var long = try enabled(0x11) { _ in 10_000 }
    #expect(try channels(&long, at: 300)[0] == 65_535)
  }

  @Test("AVALID comes with the first complete integration and goes with AEN")
  func valid() throws {
    var part = try enabled(0x02) { _ in 10 }
    #expect(try part.register(0xB3, 1, at: at(299)) == [0])
    #expect(try part.register(0xB3, 1, at: at(300)) == [1])
    try part.write([0xA0, 0x01], at: at(310))
    try part.write([0xA0, 0x03], at: at(320))
    #expect(try part.register(0xB3, 1, at: at(330)) == [0])
  }

  @Test("after a change of gain the old counts stand until an integration is complete")
  func staleAfterChange() throws {
    var part = try enabled(0x00) { _ in 10 }
    #expect(try channels(&part, at: 150)[0] == 10)
    try part.write([0xA1, 0x10], at: at(160))
    #expect(try channels(&part, at: 259)[0] == 10)
    #expect(try channels(&part, at: 260)[0] == 250)
  }

  @Test("a lamp that comes on in the middle of an integration counts half")
  func partialIntegration() throws {
    var part = try enabled(0x00) { $0 < at(150) ? 0 : 1000 }
    #expect(try channels(&part, at: 100)[0] == 0)
    #expect(try channels(&part, at: 200)[0] == 500)
    #expect(try channels(&part, at: 300)[0] == 1000)
  }

  @Test("it names itself and forgets its settings on reset")
  func identity() throws {
    var part = try enabled(0x21) { _ in 10 }
    #expect(try part.register(0xB2, 1, at: at(10)) == [0x50])
    #expect(try part.register(0xA1, 1, at: at(10)) == [0x21])
    try part.write([0xA1, 0x80], at: at(20))
    #expect(try part.register(0xA0, 2, at: at(30)) == [0, 0])
  }
}
