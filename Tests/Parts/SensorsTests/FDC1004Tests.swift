import Quantities
import Testing

@testable import Sensors

@Suite("FDC1004 words and conversion")
struct FDC1004Tests {
  @Test(
    "an input and its offset make the configuration word of the datasheet",
    arguments: [
      (1, nil, 0x1C00), (1, 0, 0x1000), (1, 1, 0x1020), (1, 8, 0x1100), (2, 5, 0x30A0),
      (4, nil, 0x7C00), (3, 31, 0x53E0),
    ] as [(Int, Int?, UInt16)])
  func configuration(input: Int, capdac: Int?, word: UInt16) {
    #expect(FDC1004.Measurement(input: input, capdac: capdac).configurationWord == word)
  }

  @Test(
    "inputs, rate and repetition make the control word",
    arguments: [
      ([1], .perSecond100, false, 0x0480), ([1], .perSecond200, false, 0x0880),
      ([1], .perSecond400, false, 0x0C80), ([2], .perSecond100, false, 0x0440),
      ([1], .perSecond100, true, 0x0580), ([1, 2, 3, 4], .perSecond100, true, 0x05F0),
    ] as [([Int], FDC1004.Rate, Bool, UInt16)])
  func control(inputs: [Int], rate: FDC1004.Rate, repeating: Bool, word: UInt16) {
    let measurements = inputs.map { FDC1004.Measurement(input: $0) }
    #expect(FDC1004.controlWord(measurements, rate: rate, repeating: repeating) == word)
  }

  @Test(
    "measurement n has the registers and the done bit of input n",
    arguments: [
      (1, 0x00, 0x01, 0x08, 0x0008), (2, 0x02, 0x03, 0x09, 0x0004),
      (3, 0x04, 0x05, 0x0A, 0x0002), (4, 0x06, 0x07, 0x0B, 0x0001),
    ] as [(Int, UInt8, UInt8, UInt8, UInt16)])
  func slots(input: Int, high: UInt8, low: UInt8, configuration: UInt8, done: UInt16) {
    let measurement = FDC1004.Measurement(input: input)
    #expect(measurement.resultHigh.address == high)
    #expect(measurement.resultLow.address == low)
    #expect(measurement.configuration.address == configuration)
    #expect(measurement.doneBit == done)
  }

  @Test(
    "result words convert as computed elsewhere",
    arguments: [
      (0x591B, 0x3800, nil, 5_839_672, 11.138_290, false),
      (0x591B, 0xFC00, nil, 5_839_868, 11.138_664, false),
      (0x591C, 0x9D00, nil, 5_840_029, 11.138_971, false),
      (0x591A, 0x5800, nil, 5_839_448, 11.137_863, false),
      (0x591D, 0x4600, nil, 5_840_198, 11.139_294, false),
      (0x7800, 0x0000, nil, 7_864_320, 15, false),
      (0x8800, 0x0000, nil, -7_864_320, -15, false),
      (0x7800, 0x0100, nil, 7_864_321, 15.000_002, true),
      (0x87FF, 0xFF00, nil, -7_864_321, -15.000_002, true),
      (0x7FFF, 0xFF00, nil, 8_388_607, 15.999_998, true),
      (0x8000, 0x0000, nil, -8_388_608, -16, true),
      (0xFFFF, 0xFF00, nil, -1, -0.000_001_9, false),
      (0x0008, 0x0000, nil, 2048, 0.003_906, false),
      (0x4000, 0x0000, 8, 4_194_304, 33, false),
      (0xC000, 0x0000, 8, -4_194_304, 17, false),
      (0x0000, 0x0000, 31, 0, 96.875, false),
    ] as [(UInt16, UInt16, Int?, Int32, Double, Bool)])
  func results(
    high: UInt16, low: UInt16, capdac: Int?, code: Int32, picofarads: Double, isOver: Bool
  ) throws {
    let sample = try FDC1004.Sample(high: high, low: low, capdac: capdac)
    #expect(sample.code == code)
    #expect(abs(sample.capacitance.picofarads - picofarads) < 0.000_000_6)
    #expect(sample.isOverRange == isOver)
  }

  @Test("a flipped bit among those that are always 0 is refused", arguments: 0..<8)
  func flippedBit(bit: Int) {
    #expect(throws: SensorError.self) {
      try FDC1004.Sample(high: 0x591B, low: 0x3800 | 1 << UInt16(bit), capdac: nil)
    }
  }
}
