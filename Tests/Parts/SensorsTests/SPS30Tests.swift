import Quantities
import Testing

@testable import Sensors

/// Frames: Sensirion's Python driver, and others made with Python's `struct` and a long division for
/// the checksum.
@Suite("SPS30 values")
struct SPS30Tests {
  private func reading(_ hex: String) throws -> SPS30.Reading {
    SPS30.Reading(words: try SensirionFrames.words(in: bytes(hex)))
  }

  private func particles(_ reading: SPS30.Reading) -> [Double?] {
    [reading.pm1, reading.pm2_5, reading.pm4, reading.pm10].map {
      $0.value?.microgramsPerCubicMetre
    }
  }

  private func counts(_ reading: SPS30.Reading) -> [Double?] {
    let counts = reading.counts
    return [counts.upTo0_5, counts.upTo1, counts.upTo2_5, counts.upTo4, counts.upTo10].map(\.value)
  }

  private static let makers =
    "3F 80 D0 00 00 81 41 48 78 00 00 81 41 54 46 00 00 81 41 60 47 00 00 81 "
    + "00 00 81 00 00 81 00 00 81 00 00 81 00 00 81 00 00 81 00 00 81 00 00 81 00 00 81 00 00 81 "
    + "3E E6 39 66 66 93"

  @Test("the maker's frame decodes as the maker's driver decodes it")
  func makersFrame() throws {
    let reading = try reading(Self.makers)
    #expect(particles(reading) == [1, 12.5, 13.25, 14])
    #expect(counts(reading) == [0, 0, 0, 0, 0])
    // 0.45 as the nearest number of 32 bits.
    #expect(reading.typicalMicrometres == .value(0.449_999_988_079_071_04))
  }

  @Test("ten numbers that are all different come out in their order")
  func order() throws {
    let reading = try reading(
      "40 70 F0 00 00 81 40 D0 0C 00 00 81 41 02 9E 00 00 81 41 10 BF 00 00 81 "
        + "41 CC C6 00 00 81 42 25 A2 00 00 81 42 30 14 00 00 81 42 32 76 00 00 81 "
        + "42 33 47 00 00 81 3F 10 E9 00 00 81")
    #expect(particles(reading) == [3.75, 6.5, 8.125, 9])
    #expect(counts(reading) == [25.5, 41.25, 44, 44.5, 44.75])
    #expect(reading.typicalMicrometres == .value(0.5625))
  }

  @Test("what is no number, endless, negative or beyond the scale is a fault")
  func faults() throws {
    // NaN, ∞, −1 and 3000.5 µg/m³; −∞, −0.5, 0, 1 and 2 in a cubic centimetre; 11 µm.
    let reading = try reading(
      "7F C0 64 00 00 81 7F 80 59 00 00 81 BF 80 F3 00 00 81 45 3B 50 88 00 95 "
        + "FF 80 7A 00 00 81 BF 00 89 00 00 81 00 00 81 00 00 81 3F 80 D0 00 00 81 "
        + "40 00 08 00 00 81 41 30 39 00 00 81")
    #expect([reading.pm1, reading.pm2_5, reading.pm4, reading.pm10].allSatisfy { $0 == .fault })
    #expect(reading.counts.upTo0_5 == .fault)
    #expect(reading.counts.upTo1 == .fault)
    #expect(counts(reading).suffix(3) == [0, 1, 2])
    #expect(reading.typicalMicrometres == .fault)
  }

  @Test("the ends of the scales are values")
  func ends() throws {
    let reading = try reading(
      "45 3B 50 80 00 A2 45 3B 50 80 00 A2 45 3B 50 80 00 A2 45 3B 50 80 00 A2 "
        + "47 7F 70 FF 00 00 47 7F 70 FF 00 00 47 7F 70 FF 00 00 47 7F 70 FF 00 00 "
        + "47 7F 70 FF 00 00 41 20 7A 00 00 81")
    #expect(particles(reading) == [3000, 3000, 3000, 3000])
    #expect(counts(reading) == [65535, 65535, 65535, 65535, 65535])
    #expect(reading.typicalMicrometres == .value(10))
    #expect(SPS30.particles(0) == .value(.microgramsPerCubicMetre(0)))
    #expect(SPS30.particles(3000.001) == .fault)
  }

  @Test("every single flipped bit is refused")
  func flippedBits() {
    for frame in everyFlip(of: bytes(Self.makers)) {
      #expect(throws: SensorError.self) { try SensirionFrames.words(in: frame) }
    }
  }

  @Test("floating-point numbers are asked for with the maker's frame")
  func startFrame() {
    #expect(SPS30.Command.start.frame([SPS30.floatFormat]) == bytes("00 10 03 00 AC"))
  }

  @Test(
    "each status bit has its meaning",
    arguments: [
      ("00 00 81 00 00 81", [], []),
      ("00 00 81 00 10 C2", .fanError, ["the fan does not turn"]),
      ("00 00 81 00 20 07", .laserError, ["the laser's current is out of range"]),
      ("00 20 07 00 00 81", .fanSpeedWarning, ["the fan's speed is out of range"]),
      ("00 08 38 00 00 81", SPS30.Status(rawValue: 1 << 19), ["bit 19 is set"]),
    ] as [(String, SPS30.Status, [String])])
  func status(hex: String, expected: SPS30.Status, words: [String]) throws {
    let status = SPS30.Status(words: try SensirionFrames.words(in: bytes(hex)))
    #expect(status == expected)
    #expect(status.words == words)
  }
}
