import Quantities
import Testing

@testable import Sensors

/// Frames: Sensirion's Python driver 1.3.1, and others made with Python's `struct` and a long division
/// for the checksum.
@Suite("SEN66 values")
struct SEN66Tests {
  private func reading(_ hex: String) throws -> SEN66.Reading {
    SEN66.Reading(words: try SensirionFrames.words(in: bytes(hex)))
  }

  private func particles(_ reading: SEN66.Reading) -> [Double?] {
    [reading.pm1, reading.pm2_5, reading.pm4, reading.pm10].map {
      $0.value?.microgramsPerCubicMetre
    }
  }

  private static let nominal =
    "00 34 80 00 4E A3 00 5B 15 00 62 58 13 0B 28 12 8E 53 03 E8 D4 00 0A 5A 02 64 27"

  @Test("ordinary air decodes as the maker's driver decodes it")
  func nominal() throws {
    let reading = try reading(Self.nominal)
    #expect(particles(reading) == [5.2, 7.8, 9.1, 9.8])
    #expect(reading.humidity == .value(.percent(48.75)))
    #expect(reading.temperature == .value(.celsius(23.75)))
    #expect(reading.vocIndex == .value(.value(100)))
    #expect(reading.noxIndex == .value(.value(1)))
    #expect(reading.carbonDioxide == .value(.partsPerMillion(612)))
    #expect(!reading.isAllUnknown)
  }

  @Test("the sentinels are unknown, all of them")
  func nothingYet() throws {
    let reading = try reading(
      "FF FF AC FF FF AC FF FF AC FF FF AC 7F FF 8F 7F FF 8F 7F FF 8F 7F FF 8F FF FF AC")
    #expect(reading.isAllUnknown)
    #expect(reading.carbonDioxide == .unknown)
  }

  @Test("in cold air just after the start, NOx and carbon dioxide may still be unknown")
  func cold() throws {
    let reading = try reading(
      "00 00 81 00 01 B0 00 02 E3 00 03 D2 09 F6 66 FB EE 5D 13 88 01 7F FF 8F FF FF AC")
    #expect(particles(reading) == [0, 0.1, 0.2, 0.3])
    #expect(reading.temperature == .value(.celsius(-5.21)))
    #expect(reading.noxIndex == .unknown)
    #expect(reading.carbonDioxide == .unknown)
    #expect(!reading.isAllUnknown)
  }

  @Test("the ends of every scale are values, what is beyond a fault, and the sentinel unknown")
  func ends() throws {
    let reading = try reading(
      "27 10 B0 27 11 81 FF FE 9D FF FF AC 2E 7C B5 65 90 9A 13 88 01 00 0A 5A 9C 40 45")
    #expect(reading.pm1 == .value(.microgramsPerCubicMetre(1000)))
    #expect(reading.pm2_5 == .fault)
    #expect(reading.pm4 == .fault)
    #expect(reading.pm10 == .unknown)
    #expect(reading.humidity == .value(.percent(119)))
    #expect(reading.temperature == .value(.celsius(130)))
    #expect(reading.carbonDioxide == .value(.partsPerMillion(40_000)))
  }

  @Test("carbon dioxide runs from 0 to 40,000 ppm; above is a fault, 0xFFFF is unknown")
  func carbonDioxideRange() {
    #expect(SEN66.carbonDioxide(0) == .value(.partsPerMillion(0)))
    #expect(SEN66.carbonDioxide(40_001) == .fault)
    #expect(SEN66.carbonDioxide(0xFFFE) == .fault)
    #expect(SEN66.carbonDioxide(0xFFFF) == .unknown)
  }

  @Test("every single flipped bit is refused")
  func flippedBits() {
    for frame in everyFlip(of: bytes(Self.nominal)) {
      #expect(throws: SensorError.self) { try SensirionFrames.words(in: frame) }
    }
  }

  @Test(
    "each status bit has its meaning",
    arguments: [
      ("00 00 81 00 00 81", [], []),
      ("00 00 81 00 10 C2", .fanError, ["the fan does not turn"]),
      ("00 00 81 00 40 BC", .humidityError, ["the humidity and temperature sensor failed"]),
      ("00 00 81 00 80 FB", .gasError, ["the gas sensor failed"]),
      ("00 00 81 02 00 58", .carbonDioxideError2, ["the carbon dioxide sensor failed"]),
      ("00 00 81 04 00 02", .formaldehydeError, ["the formaldehyde sensor failed"]),
      ("00 00 81 08 00 B6", .particleError, ["the particle sensor failed"]),
      ("00 00 81 10 00 EF", .carbonDioxideError1, ["the carbon dioxide sensor failed"]),
      ("00 20 07 00 00 81", .fanSpeedWarning, ["the fan's speed is out of range"]),
      ("00 00 81 00 20 07", SEN66.Status(rawValue: 0x20), ["bit 5 is set"]),
    ] as [(String, SEN66.Status, [String])])
  func status(hex: String, expected: SEN66.Status, words: [String]) throws {
    let status = SEN66.Status(words: try SensirionFrames.words(in: bytes(hex)))
    #expect(status == expected)
    #expect(status.words == words)
  }

  @Test("a sister's product type has its name")
  func sisters() {
    #expect(SEN66.name(ofType: "00085200") == "SEN65 (00085200)")
    #expect(SEN66.name(ofType: "00085900") == "SEN69C (00085900)")
    #expect(SEN66.name(ofType: "00012345") == "00012345")
    #expect(SEN66.name(ofType: "") == "no product type")
  }
}
