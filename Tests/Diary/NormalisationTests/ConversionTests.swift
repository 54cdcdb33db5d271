import Normalisation
import Readings
import Testing

@Suite("what a raw value means") struct ConversionTests {
  private func value(
    _ channel: Channel, _ parameters: [String: Double], of raw: Double
  ) throws -> Double? {
    try Conversion(channel, parameters).value(of: raw)
  }

  @Test("moisture is 0 in air, 100 on the wet reference, and on a line between")
  func moisture() throws {
    let parameters: [String: Double] = ["air_picofarads": 2.1, "reference_picofarads": 12.3]
    #expect(try value(.skinMoisture, parameters, of: 2.1) == 0)
    #expect(try value(.skinMoisture, parameters, of: 12.3) == 100)
    #expect(try value(.skinMoisture, parameters, of: 7.2).map { abs($0 - 50) < 1e-9 } == true)
  }

  @Test("sebum is 0 for a fresh strip; a tenth of the light is 200 at a full scale of 0.5")
  func sebum() throws {
    let parameters: [String: Double] = ["fresh_strip_counts": 20_000, "full_scale_absorbance": 0.5]
    #expect(try value(.skinSebum, parameters, of: 20_000) == 0)
    #expect(try value(.skinSebum, parameters, of: 2_000).map { abs($0 - 200) < 1e-9 } == true)
    #expect(try value(.skinSebum, parameters, of: 0) == nil)
  }

  @Test("force is nothing at its zero, and known at its known weight")
  func force() throws {
    // 100 counts at rest, and 1 N at half of the supply: 1 / (1 − 100/26300) for a unit.
    let parameters: [String: Double] = [
      "supply_counts": 26_400, "zero_counts": 100, "newtons_per_unit": 26_300.0 / 26_200,
    ]
    #expect(try value(.skinForce, parameters, of: 100) == 0)
    #expect(try value(.skinForce, parameters, of: 13_200).map { abs($0 - 1) < 1e-9 } == true)
    #expect(try value(.skinForce, parameters, of: 26_400) == nil)
  }

  @Test("a correction is a polynomial of what was said")
  func polynomial() throws {
    let parameters: [String: Double] = ["c0": 1, "c1": 0.5, "c2": 0.25]
    #expect(try value(.airPM2_5, parameters, of: 2) == 3)
  }

  @Test(
    "a calibration that divides by zero, is inverted or lacks a number is refused",
    arguments: [
      (.skinMoisture, ["air_picofarads": 2, "reference_picofarads": 2.05]),
      (.skinMoisture, ["air_picofarads": 12, "reference_picofarads": 2]),
      (.skinMoisture, ["air_picofarads": 2]),
      (.skinMoisture, ["air_picofarads": .nan, "reference_picofarads": 12]),
      (.skinSebum, ["fresh_strip_counts": 0, "full_scale_absorbance": 0.5]),
      (.skinSebum, ["fresh_strip_counts": 100, "full_scale_absorbance": 0]),
      (.skinSebum, ["fresh_strip_counts": 100, "full_scale_absorbance": -0.5]),
      (.skinForce, ["supply_counts": 26_400, "zero_counts": 26_400, "newtons_per_unit": 1]),
      (.skinForce, ["supply_counts": 26_400, "zero_counts": 0, "newtons_per_unit": -1]),
      (
        .skinTemperature,
        ["supply_counts": 1, "series_ohms": 1, "ohms_at_25_celsius": 0, "beta_kelvin": 1]
      ),
      (.airTemperature, ["c0": 1]), (.airTemperature, ["c0": 1, "c1": 0]),
      (.airTemperature, ["c0": 1, "c1": -1]), (.airTemperature, ["c0": 1, "c2": 1]),
      (.airTemperature, ["c0": 1, "c1": 1, "gain": 2]),
      // It rises at 20 °C and falls again within the channel's range.
      (.airTemperature, ["c0": 0, "c1": 1, "c2": -0.01]),
    ] as [(Channel, [String: Double])])
  func refused(channel: Channel, parameters: [String: Double]) {
    #expect(throws: ConversionError.self) { try Conversion(channel, parameters) }
  }
}
