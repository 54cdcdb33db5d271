import Bus
import Quantities
import SimulatedParts
import Testing

/// Vectors: Sensirion's own Python driver for the SEN66 decoded these bytes to these values.
@Suite struct SEN66Tests {
  private static let nominal = SimulatedAir(
    temperature: .celsius(23.75), humidity: .percent(48.75),
    pm1: .microgramsPerCubicMetre(5.2), pm2_5: .microgramsPerCubicMetre(7.8),
    pm4: .microgramsPerCubicMetre(9.1), pm10: .microgramsPerCubicMetre(9.8),
    vocIndex: .value(100), noxIndex: .value(1), carbonDioxide: .partsPerMillion(612))

  /// A part that measures since 2 s after boot.
  private func running() throws -> SimulatedSEN66 {
    var part = SimulatedSEN66 { _ in Self.nominal }
    try part.write([0x00, 0x21], at: at(2000))
    return part
  }

  private func ask(
    _ part: inout SimulatedSEN66, _ command: String, _ count: Int, at milliseconds: Int
  ) throws -> [UInt8] {
    try part.write(hex(command), at: at(milliseconds))
    return try part.read(count, at: at(milliseconds + 20))
  }

  @Test("the nominal frame is Sensirion's, byte for byte")
  func nominalFrame() throws {
    var part = try running()
    #expect(
      try ask(&part, "03 00", 27, at: 20_000)
        == hex("00 34 80 00 4E A3 00 5B 15 00 62 58 13 0B 28 12 8E 53 03 E8 D4 00 0A 5A 02 64 27"))
  }

  @Test("before the first measurement, and while it is idle, all is unknown")
  func unknownFrame() throws {
    var part = SimulatedSEN66 { _ in Self.nominal }
    #expect(
      try ask(&part, "03 00", 27, at: 5000)
        == hex("FF FF AC FF FF AC FF FF AC FF FF AC 7F FF 8F 7F FF 8F 7F FF 8F 7F FF 8F FF FF AC"))
  }

  @Test("carbon dioxide comes five seconds after power-on and NOx ten")
  func slowGases() throws {
    var part = try running()
    let early = try ask(&part, "03 00", 27, at: 4900)
    #expect(early.suffix(6) == hex("7F FF 8F FF FF AC")[...])
    let later = try ask(&part, "03 00", 27, at: 9900)
    #expect(later.suffix(6) == hex("7F FF 8F 02 64 27")[...])
    #expect(try ask(&part, "03 00", 27, at: 10_100).suffix(6) == hex("00 0A 5A 02 64 27")[...])
  }

  @Test("the product type is Sensirion's, byte for byte")
  func productType() throws {
    var part = SimulatedSEN66 { _ in SimulatedAir() }
    #expect(
      try ask(&part, "D0 02", 12, at: 3000) == hex("30 30 F6 30 38 4F 35 33 D2 30 30 F6"))
  }

  @Test("the data-ready flag comes 1.1 s after the start and goes with the read")
  func dataReady() throws {
    var part = try running()
    #expect(try ask(&part, "02 02", 3, at: 3090) == hex("00 00 81"))
    #expect(try ask(&part, "02 02", 3, at: 3200) == hex("00 01 B0"))
    _ = try ask(&part, "03 00", 27, at: 3300)
    #expect(try ask(&part, "02 02", 3, at: 3400) == hex("00 00 81"))
  }

  @Test("a stop takes a second, in which nothing is acknowledged")
  func stop() throws {
    var part = try running()
    try part.write([0x01, 0x04], at: at(5000))
    #expect(part.refusal(of: [], at: at(5990)) == .busy)
    #expect(part.refusal(of: [], at: at(6000)) == nil)
  }

  @Test("a parameter no command takes, and a command it does not know, are left alone")
  func unknownCommands() {
    var part = SimulatedSEN66 { _ in SimulatedAir() }
    // A SEN5x's read of its values.
    #expect(part.refusal(of: [0x03, 0xC4], at: at(3000)) == .unknownCommand)
    #expect(part.refusal(of: hex("00 21 03 00 AC"), at: at(4000)) == .unknownCommand)
  }
}
