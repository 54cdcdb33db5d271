import Bus
import Quantities
import SimulatedParts
import Testing

/// Vectors: Sensirion's own Python driver for the SPS30, and Python's `struct`.
@Suite struct SPS30Tests {
  private func part(_ masses: [Double]) -> SimulatedSPS30 {
    SimulatedSPS30 { _ in
      SimulatedAir(
        pm1: .microgramsPerCubicMetre(masses[0]), pm2_5: .microgramsPerCubicMetre(masses[1]),
        pm4: .microgramsPerCubicMetre(masses[2]), pm10: .microgramsPerCubicMetre(masses[3]))
    }
  }

  private func ask(
    _ part: inout SimulatedSPS30, _ command: String, _ count: Int, at milliseconds: Int
  ) throws -> [UInt8] {
    try part.write(hex(command), at: at(milliseconds))
    return try part.read(count, at: at(milliseconds + 5))
  }

  @Test(
    "masses become the numbers of 32 bits that Python makes of them",
    arguments: [
      (
        [1, 12.5, 13.25, 14],
        "3F 80 D0 00 00 81 41 48 78 00 00 81 41 54 46 00 00 81 41 60 47 00 00 81"
      ),
      (
        [3.75, 6.5, 8.125, 9],
        "40 70 F0 00 00 81 40 D0 0C 00 00 81 41 02 9E 00 00 81 41 10 BF 00 00 81"
      ),
    ] as [([Double], String)])
  func floats(masses: [Double], bytes: String) throws {
    var part = part(masses)
    try part.write(hex("00 10 03 00 AC"), at: at(1000))
    let frame = try ask(&part, "03 00", 60, at: 3000)
    #expect(frame.count == 60)
    #expect(frame.prefix(24) == hex(bytes)[...])
  }

  @Test("whole numbers are given to those who ask for them")
  func wholeNumbers() throws {
    var part = part([1, 12, 13, 14])
    try part.write(hex("00 10 05 00 F6"), at: at(1000))
    let frame = try ask(&part, "03 00", 30, at: 3000)
    #expect([frame[1], frame[4], frame[7], frame[10]] == [1, 12, 13, 14])
  }

  @Test("it does not start without the format, nor with one it does not know")
  func format() {
    var part = part([1, 2, 3, 4])
    #expect(part.refusal(of: hex("00 10"), at: at(1000)) == .unknownCommand)
    #expect(part.refusal(of: hex("00 10 03 00 AD"), at: at(2000)) == .wrongChecksum)
    #expect(part.refusal(of: hex("00 10 BE EF 92"), at: at(3000)) == .unknownCommand)
  }

  @Test("asleep it hears two wake-ups within a tenth of a second, and nothing else")
  func sleep() throws {
    var part = part([1, 2, 3, 4])
    try part.write([0x10, 0x01], at: at(1000))
    #expect(part.refusal(of: [], at: at(2000)) == .busy)
    #expect(part.refusal(of: [0x11, 0x03], at: at(3000)) == .busy)
    #expect(part.refusal(of: [0x11, 0x03], at: at(3101)) == .busy)
    #expect(part.refusal(of: [0x11, 0x03], at: at(3150)) == nil)
    #expect(part.refusal(of: [0xD2, 0x06], at: at(3160)) == nil)
  }

  @Test("so long after the last time as is set, it cleans its fan by itself")
  func autoCleaning() throws {
    var part = part([1, 2, 3, 4])
    // A day instead of a week: 0x00015180 s.
    try part.write(hex("80 04 00 01 B0 51 80 E8"), at: at(1000))
    try part.write(hex("00 10 03 00 AC"), at: at(2000))
    #expect(try ask(&part, "02 02", 3, at: 86_395_000) == hex("00 01 B0"))
    #expect(try ask(&part, "02 02", 3, at: 86_405_000) == hex("00 00 81"))
    #expect(try ask(&part, "02 02", 3, at: 86_412_000) == hex("00 01 B0"))
  }
}
