import Quantities
import Testing

@testable import Sensors

@Suite("BME280 conversion")
struct BME280Tests {
  // The temperature and pressure part of set A is the worked example of the BMP280 datasheet,
  // section 3.12; all results were computed by an independent implementation of the formulas.
  static let lowA = """
    70 6B 43 67 18 FC 7D 8E 43 D6 D0 0B 27 0B 8C 00 F9 FF 8C 3C F8 C6 70 17 00 4B
    """
  static let highA = "6A 01 00 14 0D 00 1E"
  static let lowB = """
    01 6F 61 68 32 00 9A 94 C1 D6 D0 0B 16 22 47 FF F9 FF AC 26 0A D8 BD 10 00 4B
    """
  static let highB = "68 01 00 14 25 03 1E"

  private func reading(_ low: String, _ high: String, _ data: String) throws -> BME280.Reading {
    try BME280.Calibration(low: bytes(low), high: bytes(high))
      .reading(of: BME280.Raw(bytes: bytes(data)))
  }

  @Test(
    "worked examples come out as computed elsewhere",
    arguments: [
      (lowA, highA, "65 5A C0 7E ED 00 61 A8", 25.0825, 100_653.27, 20.7793),
      (lowA, highA, "65 5A C0 7E ED 00 75 30", 25.082_477_93, 100_653.266_776, 48.752_373_72),
      (lowB, highB, "50 91 00 81 65 00 6D 60", 23.9981, 94_849.58, 39.3530),
      (lowB, highB, "54 3A 80 68 FB 00 88 B8", -7.8587, 87_485.676, 74.9597),
    ])
  func workedExamples(
    low: String, high: String, data: String, celsius: Double, pascals: Double, percent: Double
  ) throws {
    let reading = try reading(low, high, data)
    #expect(abs(try #require(reading.temperature.value).celsius - celsius) < 0.005)
    #expect(abs(try #require(reading.pressure.value).pascals - pascals) < 0.05)
    #expect(abs(try #require(reading.humidity.value).percent - percent) < 0.0005)
  }

  @Test("the bytes of a burst hold the raw numbers")
  func raw() {
    let raw = BME280.Raw(bytes: bytes("65 5A C0 7E ED 00 61 A8"))
    #expect(raw == BME280.Raw(temperature: 519_888, pressure: 415_148, humidity: 25_000))
  }

  @Test("the calibration's twelve-bit numbers keep their signs")
  func signs() throws {
    let calibration = try BME280.Calibration(
      low: bytes(Self.lowA), high: bytes("6A 01 00 FF 8F F0 E2"))
    #expect(calibration.h4 == -1)
    #expect(calibration.h5 == -248)
    #expect(calibration.h6 == -30)
  }

  @Test("a channel that was not measured is unknown")
  func skipped() throws {
    let reading = try reading(Self.lowA, Self.highA, "80 00 00 7E ED 00 80 00")
    #expect(reading.temperature.value != nil)
    #expect(reading.pressure == .unknown)
    #expect(reading.humidity == .unknown)
  }

  @Test("without a temperature nothing is known")
  func noTemperature() throws {
    let reading = try reading(Self.lowA, Self.highA, "65 5A C0 80 00 00 61 A8")
    #expect(reading.temperature == .unknown)
    #expect(reading.pressure == .unknown)
    #expect(reading.humidity == .unknown)
  }

  @Test("one step beside the sentinel is a measurement")
  func nearSentinel() {
    let raw = BME280.Raw(bytes: bytes("80 00 10 7F FF F0 80 01"))
    #expect(raw == BME280.Raw(temperature: 0x7FFFF, pressure: 0x80001, humidity: 0x8001))
  }

  @Test("both ends of the converters are outside what the part can mean")
  func ends() throws {
    let bottom = try reading(Self.lowA, Self.highA, "00 00 00 00 00 00 00 00")
    #expect(bottom.temperature == .fault)
    let top = try reading(Self.lowA, Self.highA, "FF FF F0 FF FF F0 FF FF")
    #expect(top.temperature == .fault)
    let pressures = try reading(Self.lowA, Self.highA, "00 00 00 7E ED 00 61 A8")
    #expect(pressures.pressure == .fault)
    let vacuum = try reading(Self.lowA, Self.highA, "FF FF F0 7E ED 00 61 A8")
    #expect(vacuum.pressure == .fault)
  }

  @Test("humidity stays within 0 and 100 %")
  func humidityEnds() throws {
    let dry = try reading(Self.lowA, Self.highA, "65 5A C0 7E ED 00 00 00")
    #expect(dry.humidity == .value(.percent(0)))
    let wet = try reading(Self.lowA, Self.highA, "65 5A C0 7E ED 00 FF FF")
    #expect(wet.humidity == .value(.percent(100)))
  }

  @Test("a blank calibration is refused", arguments: [UInt8(0x00), 0xFF])
  func blank(filler: UInt8) {
    #expect(throws: SensorError.corrupted("the calibration is blank")) {
      try BME280.Calibration(
        low: [UInt8](repeating: filler, count: 26), high: [UInt8](repeating: filler, count: 7))
    }
  }

  @Test("oversampling makes the control byte and the longest time of the datasheet")
  func oversampling() {
    #expect(BME280.Oversampling.times1.forcedMode == 0x25)
    #expect(BME280.Oversampling.times16.forcedMode == 0xB5)
    // 1.25 + 2.3 + 2.3 + 0.575 + 2.3 + 0.575 = 9.3 ms (section 9.1).
    #expect(BME280.Oversampling.times1.longestMeasurement == .milliseconds(10))
    // 1.25 + 3·36.8 + 2·0.575 = 112.8 ms.
    #expect(BME280.Oversampling.times16.longestMeasurement == .milliseconds(113))
  }
}
