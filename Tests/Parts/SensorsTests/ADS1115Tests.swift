import Quantities
import Testing

@testable import Sensors

/// Vectors: TI SBAS444D, "Data Format" and "Config Register".
@Suite("ADS1115 words")
struct ADS1115Tests {
  @Test(
    "a code is its share of the full scale",
    arguments: [
      (0x7FFF, .volts4_096, 4.095875), (0x4000, .volts4_096, 2.048),
      (0xFFFF, .volts2_048, -0.0000625), (0x8000, .volts2_048, -2.048),
      (0x2710, .volts2_048, 0.625), (0, .volts0_256, 0), (0x0001, .volts0_256, 0.0000078125),
      (0x7FFF, .volts6_144, 6.1438125), (0x4000, .volts1_024, 0.512),
      (0xC000, .volts0_512, -0.256),
    ] as [(UInt16, ADS1115.Gain, Double)])
  func voltages(word: UInt16, gain: ADS1115.Gain, volts: Double) {
    let sample = ADS1115.Sample(code: Int16(bitPattern: word), input: .ain0, gain: gain)
    #expect(abs(sample.voltage.volts - volts) < 1e-12)
  }

  @Test("both ends of the scale are over range, and a fault; the codes beside them are values")
  func overRange() {
    for code in [.max, .min] as [Int16] {
      let sample = ADS1115.Sample(code: code, input: .ain1, gain: .volts4_096)
      #expect(sample.isOverRange)
      #expect(sample.field == .fault)
    }
    for code in [Int16.max - 1, .min + 1, 0] as [Int16] {
      let sample = ADS1115.Sample(code: code, input: .ain1, gain: .volts4_096)
      #expect(!sample.isOverRange)
      #expect(sample.field == .value(sample.voltage))
    }
  }

  @Test(
    "a conversion is started with the datasheet's word",
    arguments: [
      (.ain0, .volts4_096, .perSecond128, 0xC383), (.ain1, .volts4_096, .perSecond128, 0xD383),
      (.ain3, .volts2_048, .perSecond860, 0xF5E3), (.ain2, .volts6_144, .perSecond8, 0xE103),
      (.ain0, .volts0_256, .perSecond250, 0xCBA3),
    ] as [(ADS1115.Input, ADS1115.Gain, ADS1115.Rate, UInt16)])
  func configWords(
    input: ADS1115.Input, gain: ADS1115.Gain, rate: ADS1115.Rate, expected: UInt16
  ) {
    #expect(ADS1115.configWord(input, gain: gain, rate: rate) == expected)
  }

  @Test("each rate is waited for a tenth longer than its conversion, and 25 µs to power up")
  func waits() {
    #expect(ADS1115.Rate.perSecond8.longestConversion == .microseconds(137_525))
    #expect(ADS1115.Rate.perSecond128.longestConversion == .microseconds(8_619))
    #expect(ADS1115.Rate.perSecond860.longestConversion == .microseconds(1_305))
    #expect(ADS1115.Rate.allCases.map(\.perSecond) == [8, 16, 32, 64, 128, 250, 475, 860])
  }
}
