import Quantities
import Testing

@testable import Sensors

@Suite("SEN5x values")
struct SEN5xValueTests {
  /// The reading in eight words with their checksums.
  private func reading(_ hex: String) throws -> SEN5x.Reading {
    SEN5x.Reading(words: try SensirionFrames.words(in: bytes(hex)))
  }

  private func particles(_ reading: SEN5x.Reading) -> [Double?] {
    [reading.pm1, reading.pm2_5, reading.pm4, reading.pm10].map {
      $0.value?.microgramsPerCubicMetre
    }
  }

  static let nominal = "00 34 80 00 4E A3 00 5B 15 00 62 58 13 0B 28 12 8E 53 03 E8 D4 00 0A 5A"

  @Test("ordinary air decodes as the maker's driver decodes it")
  func nominal() throws {
    let reading = try reading(Self.nominal)
    #expect(particles(reading) == [5.2, 7.8, 9.1, 9.8])
    #expect(reading.humidity == .value(.percent(48.75)))
    #expect(reading.temperature == .value(.celsius(23.75)))
    #expect(reading.vocIndex == .value(.value(100)))
    #expect(reading.noxIndex == .value(.value(1)))
    #expect(!reading.isAllUnknown)
  }

  @Test("the sentinels are unknown, all of them")
  func nothingYet() throws {
    let reading = try reading(
      "FF FF AC FF FF AC FF FF AC FF FF AC 7F FF 8F 7F FF 8F 7F FF 8F 7F FF 8F")
    #expect(reading.isAllUnknown)
    #expect(particles(reading) == [nil, nil, nil, nil])
  }

  @Test("particles at 0xFFFE are a fault beside humidity and temperature that are well")
  func nearSentinel() throws {
    let reading = try reading(
      "FF FE 9D FF FE 9D FF FE 9D FF FE 9D 12 1C 08 12 F8 0D 01 CC 4F 00 0A 5A")
    #expect([reading.pm1, reading.pm2_5, reading.pm4, reading.pm10].allSatisfy { $0 == .fault })
    #expect(reading.humidity == .value(.percent(46.36)))
    #expect(reading.temperature == .value(.celsius(24.28)))
    #expect(reading.vocIndex == .value(.value(46)))
    #expect(reading.noxIndex == .value(.value(1)))
    #expect(!reading.isAllUnknown)
  }

  @Test("cold air has a negative temperature, and NOx may still be unknown")
  func cold() throws {
    let reading = try reading(
      "00 00 81 00 01 B0 00 02 E3 00 03 D2 09 F6 66 FB EE 5D 13 88 01 7F FF 8F")
    #expect(particles(reading) == [0, 0.1, 0.2, 0.3])
    #expect(reading.humidity == .value(.percent(25.5)))
    #expect(reading.temperature == .value(.celsius(-5.21)))
    #expect(reading.vocIndex == .value(.value(500)))
    #expect(reading.noxIndex == .unknown)
    #expect(!reading.isAllUnknown)
  }

  @Test("the maker's test numbers decode, and a humidity of −13 % is a fault")
  func makersNumbers() throws {
    let reading = try reading(
      "00 0B 6B 00 16 64 00 21 36 00 2C 7A FA C7 A7 EF 6E CA 00 4D F0 7F FF 8F")
    #expect(particles(reading) == [1.1, 2.2, 3.3, 4.4])
    #expect(reading.humidity == .fault)
    #expect(reading.temperature == .value(.celsius(-21.21)))
    #expect(reading.vocIndex == .value(.value(7.7)))
    #expect(reading.noxIndex == .unknown)
  }

  @Test("every single flipped bit is refused")
  func flippedBits() {
    for frame in everyFlip(of: bytes(Self.nominal)) {
      #expect(throws: SensorError.self) { try SensirionFrames.words(in: frame) }
    }
  }

  @Test("particles run from 0 to 1000 µg/m³; above is a fault, 0xFFFF is unknown")
  func particleRange() {
    #expect(SEN5x.particles(0) == .value(.microgramsPerCubicMetre(0)))
    #expect(SEN5x.particles(10_000) == .value(.microgramsPerCubicMetre(1000)))
    #expect(SEN5x.particles(10_001) == .fault)
    #expect(SEN5x.particles(0xFFFD) == .fault)
    #expect(SEN5x.particles(0xFFFE) == .fault)
    #expect(SEN5x.particles(0xFFFF) == .unknown)
  }

  @Test("humidity and temperature beside their sentinel, and at the other end, are faults")
  func climateRange() {
    #expect(SEN5x.humidity(0) == .value(.percent(0)))
    #expect(SEN5x.humidity(0x7FFF) == .unknown)
    #expect(SEN5x.humidity(0x7FFE) == .fault)
    #expect(SEN5x.humidity(0x8000) == .fault)
    #expect(SEN5x.temperature(0) == .value(.celsius(0)))
    #expect(SEN5x.temperature(0x7FFF) == .unknown)
    #expect(SEN5x.temperature(0x7FFE) == .fault)
    #expect(SEN5x.temperature(0x8000) == .fault)
  }

  @Test("an index runs from 1 to 500; anything else but the sentinel is a fault")
  func indexRange() {
    #expect(SEN5x.gasIndex(9) == .fault)
    #expect(SEN5x.gasIndex(10) == .value(.value(1)))
    #expect(SEN5x.gasIndex(5000) == .value(.value(500)))
    #expect(SEN5x.gasIndex(5001) == .fault)
    #expect(SEN5x.gasIndex(0x7FFE) == .fault)
    #expect(SEN5x.gasIndex(0x7FFF) == .unknown)
    #expect(SEN5x.gasIndex(0x8000) == .fault)
  }
}
