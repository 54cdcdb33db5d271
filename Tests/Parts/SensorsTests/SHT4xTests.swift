import Quantities
import Testing

@testable import Sensors

@Suite("SHT4x conversion")
struct SHT4xTests {
  @Test(
    "words convert as the maker's driver converts them",
    arguments: [
      ("00 00 81 00 00 81", -45.0, 0.0),
      ("66 67 A2 5E B9 3C", 25.0027, 40.2520),
      ("66 66 93 7F FF 8F", 25.0, 56.4990),
      ("BE EF 92 BE EF 92", 85.5230, 87.2307),
      ("80 00 A2 80 00 A2", 42.5013, 56.5010),
      ("FF FF AC FF FF AC", 130.0, 100.0),
    ])
  func vectors(hex: String, celsius: Double, percent: Double) throws {
    let words = try SensirionFrames.words(in: bytes(hex))
    #expect(abs(SHT4x.temperature(words[0]).celsius - celsius) < 0.000_05)
    #expect(abs(SHT4x.humidity(words[1]).percent - percent) < 0.000_06)
  }

  @Test("humidity beyond 0 and 100 % is cropped, not refused")
  func cropping() {
    // −6 + 125·3145/65535 = −0.0014; −6 + 125·55575/65535 = 100.0024.
    #expect(SHT4x.checkedHumidity(3145) == .value(.percent(0)))
    #expect(SHT4x.checkedHumidity(55575) == .value(.percent(100)))
  }

  @Test("the ends of the humidity scale are a fault, and one step inside is not")
  func humidityEnds() {
    #expect(SHT4x.checkedHumidity(0) == .fault)
    #expect(SHT4x.checkedHumidity(0xFFFF) == .fault)
    #expect(SHT4x.checkedHumidity(0xFFFE) == .value(.percent(100)))
  }

  @Test("a temperature outside −40 to 125 °C is a fault")
  func temperatureEnds() {
    #expect(SHT4x.checkedTemperature(0) == .fault)
    #expect(SHT4x.checkedTemperature(0xFFFF) == .fault)
    // 1872 is −40.001 °C, 1873 is −39.998 °C.
    #expect(SHT4x.checkedTemperature(1872) == .fault)
    #expect(SHT4x.checkedTemperature(1873).value != nil)
    // 63662 is 124.999 °C, 63663 is 125.002 °C.
    #expect(SHT4x.checkedTemperature(63662).value != nil)
    #expect(SHT4x.checkedTemperature(63663) == .fault)
  }

  @Test("each precision has its command")
  func commands() {
    #expect(SHT4x.Precision.high.command == 0xFD)
    #expect(SHT4x.Precision.medium.command == 0xF6)
    #expect(SHT4x.Precision.low.command == 0xE0)
  }
}
