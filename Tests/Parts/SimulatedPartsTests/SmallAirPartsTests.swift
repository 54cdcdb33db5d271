import Bus
import Quantities
import SimulatedParts
import Testing

/// Vectors: Sensirion's own Python driver.
@Suite struct SHT4xTests {
  @Test(
    "units become the words that Sensirion's driver turns back",
    arguments: [
      (25.0027, 40.2520, "66 67 A2 5E B9 3C"), (25.0, 56.4990, "66 66 93 7F FF 8F"),
      (85.5230, 87.2307, "BE EF 92 BE EF 92"), (-45, -6, "00 00 81 00 00 81"),
      (130, 119, "FF FF AC FF FF AC"),
    ])
  func words(celsius: Double, percent: Double, bytes: String) throws {
    var part = SimulatedSHT4x { _ in
      SimulatedAir(temperature: .celsius(celsius), humidity: .percent(percent))
    }
    try part.write([0xFD], at: at(10))
    #expect(try part.read(6, at: at(20)) == hex(bytes))
  }

  @Test("it acknowledges nothing while it measures, 8.3 ms at high precision")
  func busy() throws {
    var part = SimulatedSHT4x { _ in SimulatedAir() }
    try part.write([0xFD], at: at(10))
    #expect(part.refusal(ofReading: 6, at: at(18)) == .busy)
    #expect(part.refusal(of: [0xFD], at: at(18)) == .busy)
    #expect(part.refusal(ofReading: 6, at: at(19)) == nil)
    #expect(part.refusal(ofReading: 6, at: at(20)) == .nothingToRead)
  }

  @Test("the serial number is two words")
  func serial() throws {
    var part = SimulatedSHT4x(serial: 0xBEEF_1234) { _ in SimulatedAir() }
    try part.write([0x89], at: at(10))
    #expect(try part.read(6, at: at(12)) == hex("BE EF 92 12 34 37"))
  }
}

/// Vectors: adafruit_pm25 decoded these frames to these values.
@Suite struct PMSA003ITests {
  private func part(
    _ masses: [Double], counts: [UInt16]
  ) -> SimulatedPMSA003I {
    SimulatedPMSA003I(counts: { _ in counts }) { _ in
      SimulatedAir(
        pm1: .microgramsPerCubicMetre(masses[0]), pm2_5: .microgramsPerCubicMetre(masses[1]),
        pm10: .microgramsPerCubicMetre(masses[2]))
    }
  }

  @Test(
    "a frame has its length, its numbers and its sum",
    arguments: [
      (
        [0, 1, 5], [126, 42, 15, 9, 3, 3],
        "42 4D 00 1C 00 00 00 01 00 05 00 00 00 01 00 05 00 7E 00 2A 00 0F 00 09 00 03 00 03 97 00 02 14"
      ),
      (
        [200, 333, 400], [65535, 30000, 9000, 900, 90, 9],
        "42 4D 00 1C 01 2C 01 F4 02 58 00 C8 01 4D 01 90 FF FF 75 30 23 28 03 84 00 5A 00 09 97 00 08 3D"
      ),
    ] as [([Double], [UInt16], String)])
  func frame(masses: [Double], counts: [UInt16], bytes: String) throws {
    var part = part(masses, counts: counts)
    #expect(try part.register(0x00, 32, at: at(5000)) == hex(bytes))
  }

  @Test("the air is measured every 2.3 s, and the first frame is zeros")
  func period() throws {
    var part = SimulatedPMSA003I { time in
      SimulatedAir(pm2_5: .microgramsPerCubicMetre(time.sinceBoot.inSeconds))
    }
    #expect(part.refusal(ofReading: 32, at: at(900)) == .busy)
    #expect(try part.read(32, at: at(2200)) == [UInt8](repeating: 0, count: 32))
    let first = try part.read(32, at: at(2400))
    #expect(first[12...13] == [0, 2])
    #expect(try part.read(32, at: at(4500)) == first)
    #expect(try part.read(32, at: at(4700)) != first)
  }
}

/// Vectors: Bosch's example calibration, raw codes and results, decoded by RPi.bme280 too.
@Suite struct BME280Tests {
  private static let lowB =
    "01 6F 61 68 32 00 9A 94 C1 D6 D0 0B 16 22 47 FF F9 FF AC 26 0A D8 BD 10 00 4B"

  private func measured(
    _ air: SimulatedAir, calibration: BME280Calibration = .datasheetExample,
    oversampling: UInt8 = 0xB7
  ) throws -> [UInt8] {
    var part = SimulatedBME280(calibration: calibration) { _ in air }
    try part.write([0xF2, 0x01], at: at(10))
    // Filter on: all 20 bits.
    try part.write([0xF5, 0x04], at: at(10))
    try part.write([0xF4, oversampling & ~0x02], at: at(10))
    return try part.register(0xF7, 8, at: at(200))
  }

  @Test(
    "°C, Pa and %RH become the datasheet's raw codes",
    arguments: [
      (25.08247793, 100_653.266776, 48.75237372, "65 5A C0 7E ED 00 75 30"),
      (25.08247793, 100_653.266776, 20.7793, "65 5A C0 7E ED 00 61 A8"),
    ])
  func datasheetExample(
    celsius: Double, pascals: Double, percent: Double, bytes: String
  ) throws {
    let air = SimulatedAir(
      temperature: .celsius(celsius), humidity: .percent(percent), pressure: .pascals(pascals))
    #expect(try measured(air) == hex(bytes))
  }

  @Test(
    "another calibration gives other codes, in frost too",
    arguments: [
      (23.9981, 94_849.58, 39.3530, "50 91 00 81 65 00 6D 60"),
      (-7.8590, 87_485.62, 74.9597, "54 3A 80 68 FB 00 88 B8"),
    ])
  func otherCalibration(
    celsius: Double, pascals: Double, percent: Double, bytes: String
  ) throws {
    let calibration = BME280Calibration(low: hex(Self.lowB), high: hex("68 01 00 14 25 03 1E"))
    let air = SimulatedAir(
      temperature: .celsius(celsius), humidity: .percent(percent), pressure: .pascals(pascals))
    let got = try measured(air, calibration: calibration)
    #expect(Self.codes(got).elementsEqual(Self.codes(hex(bytes))) { abs($0 - $1) <= 4 })
  }

  /// Pressure, temperature and humidity codes of the data registers.
  private static func codes(_ bytes: [UInt8]) -> [Int] {
    let b = bytes.map(Int.init)
    return [
      b[0] << 12 | b[1] << 4 | b[2] >> 4, b[3] << 12 | b[4] << 4 | b[5] >> 4, b[6] << 8 | b[7],
    ]
  }

  @Test("before a measurement, and where a channel is skipped, the reset codes stand")
  func skipped() throws {
    var part = SimulatedBME280 { _ in
      SimulatedAir(temperature: .celsius(20), humidity: .percent(50), pressure: .pascals(100_000))
    }
    #expect(try part.register(0xF7, 8, at: at(10)) == hex("80 00 00 80 00 00 80 00"))
    // Temperature only, forced.
    try part.write([0xF4, 0x21], at: at(20))
    let data = try part.register(0xF7, 8, at: at(40))
    #expect(data[0...2] == [0x80, 0, 0] && data[6...7] == [0x80, 0])
    #expect(data[3...4] != [0x80, 0])
  }

  @Test("ctrl_hum counts only after ctrl_meas is written")
  func humidityControl() throws {
    var part = SimulatedBME280 { _ in
      SimulatedAir(temperature: .celsius(20), humidity: .percent(50), pressure: .pascals(100_000))
    }
    try part.write([0xF4, 0x27], at: at(10))
    try part.write([0xF2, 0x01], at: at(20))
    #expect(try part.register(0xFD, 2, at: at(200)) == [0x80, 0x00])
    try part.write([0xF4, 0x27], at: at(300))
    #expect(try part.register(0xFD, 2, at: at(400)) != [0x80, 0x00])
  }

  @Test("a forced measurement shows in the status, ends, and the part sleeps again")
  func forced() throws {
    var part = SimulatedBME280 { _ in SimulatedAir(temperature: .celsius(20)) }
    try part.write([0xF4, 0x21], at: at(10))
    #expect(try part.register(0xF3, 1, at: at(13)) == [0x08])
    #expect(try part.register(0xF3, 1, at: at(14)) == [0x00])
    #expect(try part.register(0xF4, 1, at: at(14)) == [0x20])
  }

  @Test("the id is 0x60 and the calibration is read as it was burnt")
  func identity() throws {
    var part = SimulatedBME280 { _ in SimulatedAir() }
    #expect(try part.register(0xD0, 1, at: at(10)) == [0x60])
    #expect(
      try part.register(0x88, 26, at: at(10))
        == hex("70 6B 43 67 18 FC 7D 8E 43 D6 D0 0B 27 0B 8C 00 F9 FF 8C 3C F8 C6 70 17 00 4B"))
    #expect(try part.register(0xE1, 7, at: at(10)) == hex("6A 01 00 14 0D 00 1E"))
  }
}
