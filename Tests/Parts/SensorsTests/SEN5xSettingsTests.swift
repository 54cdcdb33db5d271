import Testing

@testable import Sensors

@Suite("SEN5x settings and status")
struct SEN5xSettingsTests {
  @Test(
    "each status bit has its meaning",
    arguments: [
      ("00 00 81 00 00 81", [], []),
      ("00 00 81 00 10 C2", .fanError, ["the fan does not turn"]),
      ("00 00 81 00 20 07", .laserError, ["the laser's current is out of range"]),
      ("00 00 81 00 40 BC", .humidityError, ["the humidity and temperature sensor failed"]),
      ("00 00 81 00 80 FB", .gasError, ["the gas sensor failed"]),
      ("00 08 38 00 00 81", .fanCleaning, ["the fan is being cleaned"]),
      ("00 20 07 00 00 81", .fanSpeedWarning, ["the fan's speed is out of range"]),
    ] as [(String, SEN5x.Status, [String])])
  func status(hex: String, expected: SEN5x.Status, words: [String]) throws {
    let status = SEN5x.Status(words: try SensirionFrames.words(in: bytes(hex)))
    #expect(status == expected)
    #expect(status.words == words)
  }

  @Test("several bits give several words, one without a meaning its number")
  func severalBits() {
    let status = SEN5x.Status(words: [0x8020, 0x0010])
    #expect(
      status.words == [
        "the fan does not turn", "the fan's speed is out of range", "bit 31 is set",
      ])
  }

  @Test("1.2 K, a slope of 0.34 and 5.6 s make the frame of the maker's test")
  func temperatureCompensation() throws {
    let compensation = try #require(
      SEN5x.TemperatureCompensation(
        offsetKelvins: 1.2, slope: 0.34, timeConstant: .milliseconds(5600)))
    #expect(
      SEN5x.Command.temperatureCompensation.frame(compensation.words)
        == bytes("60 B2 00 F0 03 0D 48 45 00 06 27"))
  }

  @Test("a compensation that does not fit the register is none")
  func compensationRange() {
    func make(_ offset: Double, _ slope: Double, _ time: Duration) -> [UInt16]? {
      SEN5x.TemperatureCompensation(
        offsetKelvins: offset, slope: slope, timeConstant: time)?.words
    }
    #expect(make(-163.84, -3.2768, .zero) == [0x8000, 0x8000, 0])
    #expect(make(163.835, 3.2767, .seconds(65535)) == [0x7FFF, 0x7FFF, 0xFFFF])
    #expect(make(163.84, 0, .zero) == nil)
    #expect(make(0, 3.2768, .zero) == nil)
    #expect(make(0, 0, .seconds(65536)) == nil)
    #expect(make(.nan, 0, .zero) == nil)
  }

  @Test("a warm start of 0.8 makes the frame of the maker's test")
  func warmStart() {
    #expect(
      SEN5x.Command.warmStart.frame([SEN5x.warmStartWord(0.8)]) == bytes("60 C6 CC CC A5"))
    #expect(SEN5x.warmStartWord(0) == 0)
    #expect(SEN5x.warmStartWord(1) == 0xFFFF)
  }

  @Test("a cleaning interval of a week makes the maker's frame")
  func fanCleaningInterval() {
    #expect(
      SEN5x.Command.fanCleaningInterval.frame(SEN5x.fanCleaningWords(.seconds(604_800)))
        == bytes("80 04 00 09 09 3A 80 A7"))
    #expect(SEN5x.fanCleaningWords(.zero) == [0, 0])
    #expect(SEN5x.fanCleaningWords(.seconds(4_294_967_295)) == [0xFFFF, 0xFFFF])
  }
}
