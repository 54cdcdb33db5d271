import Bus
import Quantities
import SimulatedParts
import Testing

/// Vectors: Sensirion's own Python driver decoded these bytes to these values.
@Suite struct SEN5xTests {
  private static let nominal = SimulatedAir(
    temperature: .celsius(23.75), humidity: .percent(48.75),
    pm1: .microgramsPerCubicMetre(5.2), pm2_5: .microgramsPerCubicMetre(7.8),
    pm4: .microgramsPerCubicMetre(9.1), pm10: .microgramsPerCubicMetre(9.8),
    vocIndex: .value(100), noxIndex: .value(1))

  private static let unknown =
    hex("FF FF AC FF FF AC FF FF AC FF FF AC 7F FF 8F 7F FF 8F")
    + hex("7F FF 8F 7F FF 8F")

  /// A part that measures since 1 s after boot.
  private func running(
    _ model: SimulatedSEN5x.Model = .sen55,
    air: @escaping @Sendable (BootInstant) -> SimulatedAir = { _ in nominal }
  ) throws -> SimulatedSEN5x {
    var part = SimulatedSEN5x(model: model, air: air)
    try part.write([0x00, 0x21], at: at(1000))
    return part
  }

  private func ask(
    _ part: inout SimulatedSEN5x, _ command: String, _ count: Int, at milliseconds: Int
  ) throws -> [UInt8] {
    try part.write(hex(command), at: at(milliseconds))
    return try part.read(count, at: at(milliseconds + 50))
  }

  @Test("the nominal frame is Sensirion's, byte for byte")
  func nominalFrame() throws {
    var part = try running()
    #expect(
      try ask(&part, "03 C4", 24, at: 20_000)
        == hex("00 34 80 00 4E A3 00 5B 15 00 62 58 13 0B 28 12 8E 53 03 E8 D4 00 0A 5A"))
  }

  @Test("frost, and NOx that is not ready, give Sensirion's cold frame")
  func coldFrame() throws {
    var part = try running { _ in
      SimulatedAir(
        temperature: .celsius(-5.21), humidity: .percent(25.5),
        pm1: .microgramsPerCubicMetre(0), pm2_5: .microgramsPerCubicMetre(0.1),
        pm4: .microgramsPerCubicMetre(0.2), pm10: .microgramsPerCubicMetre(0.3),
        vocIndex: .value(500), noxIndex: .value(1))
    }
    #expect(
      try ask(&part, "03 C4", 24, at: 9900)
        == hex("00 00 81 00 01 B0 00 02 E3 00 03 D2 09 F6 66 FB EE 5D 13 88 01 7F FF 8F"))
  }

  @Test("the SEN54 never knows NOx")
  func noNOxOnSEN54() throws {
    var part = try running(.sen54)
    let frame = try ask(&part, "03 C4", 24, at: 60_000)
    #expect(Array(frame.suffix(3)) == hex("7F FF 8F"))
    #expect(Array(frame.prefix(3)) == hex("00 34 80"))
  }

  @Test("before the start every value is unknown, however long one waits")
  func unknownBeforeStart() throws {
    var part = SimulatedSEN5x { _ in Self.nominal }
    #expect(try ask(&part, "03 C4", 24, at: 1000) == Self.unknown)
    #expect(try ask(&part, "03 C4", 24, at: 90_000) == Self.unknown)
  }

  @Test("after a brown-out every value is unknown until the next start")
  func unknownAfterBrownOut() throws {
    var part = try running()
    _ = try ask(&part, "03 C4", 24, at: 20_000)
    part.powerCycle(at: at(21_000))
    #expect(try ask(&part, "03 C4", 24, at: 40_000) == Self.unknown)
    try part.write([0x00, 0x21], at: at(41_000))
    #expect(try ask(&part, "03 C4", 24, at: 42_100).prefix(3) == hex("00 34 80")[...])
  }

  @Test("the first data are ready one second after the start, and ready once")
  func dataReady() throws {
    var part = try running()
    #expect(try ask(&part, "02 02", 3, at: 1900) == hex("00 00 81"))
    #expect(try ask(&part, "02 02", 3, at: 2100) == hex("00 01 B0"))
    _ = try ask(&part, "03 C4", 24, at: 2200)
    #expect(try ask(&part, "02 02", 3, at: 2300) == hex("00 00 81"))
    #expect(try ask(&part, "02 02", 3, at: 3100) == hex("00 01 B0"))
  }

  @Test("within one second the same values come again")
  func staleWithinASecond() throws {
    // A temperature that follows the clock: 1/200 °C in 5 ms.
    var part = try running { SimulatedAir(temperature: .celsius($0.sinceBoot.inSeconds)) }
    let first = try ask(&part, "03 C4", 24, at: 5100)
    #expect(try ask(&part, "03 C4", 24, at: 5800) == first)
    // 5 s is 1000 ticks of 1/200 °C: 0x03E8.
    #expect(Array(first[15...17]) == hex("03 E8 D4"))
    #expect(try ask(&part, "03 C4", 24, at: 6100) != first)
  }

  @Test("nothing is acknowledged before a command's time is over")
  func busy() throws {
    var part = SimulatedSEN5x { _ in Self.nominal }
    try part.write(hex("D0 14"), at: at(1000))
    #expect(part.refusal(ofReading: 48, at: at(1019)) == .busy)
    #expect(part.refusal(of: hex("02 02"), at: at(1019)) == .busy)
    #expect(part.refusal(of: [], at: at(1019)) == .busy)
    #expect(try part.read(48, at: at(1020)).count == 48)
  }

  @Test("an answer is read once")
  func answersOnce() throws {
    var part = SimulatedSEN5x { _ in Self.nominal }
    _ = try ask(&part, "D1 00", 12, at: 1000)
    #expect(part.refusal(ofReading: 12, at: at(2000)) == .nothingToRead)
  }

  @Test("name, version and cleaning interval are as the vendor's parts give them")
  func identity() throws {
    var part = SimulatedSEN5x { _ in Self.nominal }
    let padding = (0..<13).flatMap { _ in hex("00 00 81") }
    #expect(
      try ask(&part, "D0 14", 48, at: 1000) == hex("53 45 83 4E 35 55 35 00 44") + padding)
    #expect(try ask(&part, "D1 00", 12, at: 2000) == hex("02 00 58 00 04 45 00 01 B0 00 00 81"))
    #expect(try ask(&part, "80 04", 6, at: 3000) == hex("00 09 09 3A 80 A7"))
  }

  @Test("the serial number is 32 characters with their check bytes")
  func serial() throws {
    var part = SimulatedSEN5x(serial: "SE") { _ in Self.nominal }
    let bytes = try ask(&part, "D0 33", 48, at: 1000)
    #expect(Array(bytes.prefix(6)) == hex("53 45 83 00 00 81"))
    #expect(bytes.count == 48)
  }

  @Test("error bits stay until the status is read and cleared")
  func status() throws {
    var part = SimulatedSEN5x(errors: { $0 < at(1500) ? 1 << 4 : 0 }) { _ in Self.nominal }
    #expect(try ask(&part, "D2 06", 6, at: 1000) == hex("00 00 81 00 10 C2"))
    #expect(try ask(&part, "D2 10", 6, at: 2000) == hex("00 00 81 00 10 C2"))
    #expect(try ask(&part, "D2 06", 6, at: 3000) == hex("00 00 81 00 00 81"))
  }

  @Test("cleaning shows in the status and holds the values back")
  func cleaning() throws {
    var part = try running()
    _ = try ask(&part, "03 C4", 24, at: 5000)
    try part.write(hex("56 07"), at: at(6000))
    #expect(try ask(&part, "D2 06", 6, at: 8000) == hex("00 08 38 00 00 81"))
    #expect(try ask(&part, "02 02", 3, at: 9000) == hex("00 00 81"))
    #expect(try ask(&part, "02 02", 3, at: 17_000) == hex("00 01 B0"))
  }

  @Test("a temperature offset is kept, applied, and lost with the supply")
  func temperatureOffset() throws {
    // 1.2 °C, slope 0.34, 6 s: the frame of the vendor's own test.
    var part = try running { _ in SimulatedAir(temperature: .celsius(10)) }
    try part.write(hex("60 B2 00 F0 03 0D 48 45 00 06 27"), at: at(3000))
    #expect(try ask(&part, "60 B2", 9, at: 4000) == hex("00 F0 03 0D 48 45 00 06 27"))
    // 10 + 3.4 + 1.2 = 14.6 °C, 2920 ticks: 0x0B68.
    #expect(try ask(&part, "03 C4", 24, at: 5000)[15...16] == [0x0B, 0x68])
    part.powerCycle(at: at(6000))
    #expect(try ask(&part, "60 B2", 9, at: 7000) == hex("00 00 81 00 00 81 00 00 81"))
  }

  @Test("a parameter with a wrong check byte is not taken")
  func wrongChecksum() {
    var part = SimulatedSEN5x { _ in Self.nominal }
    #expect(part.refusal(of: hex("60 C6 CC CC A4"), at: at(1000)) == .wrongChecksum)
    #expect(part.refusal(of: hex("60 C6 CC CC A5"), at: at(1000)) == nil)
  }

  @Test("0x3F86 is not a command")
  func unknownCommand() {
    var part = SimulatedSEN5x { _ in Self.nominal }
    #expect(part.refusal(of: hex("3F 86"), at: at(1000)) == .unknownCommand)
  }
}
