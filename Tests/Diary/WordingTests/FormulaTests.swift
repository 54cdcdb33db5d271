import Readings
import Testing

@testable import Wording

@Suite("formulas") struct FormulaTests {
  @Test("a formula has its numbers put in, channel by channel")
  func formulas() {
    func formula(_ channel: Channel, _ numbers: [String: Double], _ raw: Double) -> String {
      Calibration(
        part: "p", channel: channel, validFrom: .seconds(0), who: "me", why: "",
        parameters: numbers
      ).formula(raw, comesTo: 1.5)
    }
    #expect(
      formula(.skinSebum, ["fresh_strip_counts": 12_000, "full_scale_absorbance": 0.5], 9000)
        == "100·log10(I0/I)/A_full = 100·log10(12000/9000.000)/0.5 = 1.50")
    #expect(
      formula(.airTemperature, ["c0": -0.5, "c1": 1.02, "c2": 0.001], 20)
        == "−0.5 + 1.02·20.000 + 0.001·20.000^2 = 1.50")
    #expect(
      formula(
        .skinForce, ["supply_counts": 26_400, "zero_counts": 40, "newtons_per_unit": 5], 4000
      ).contains("r 4000.000/26400, r0 40/26400"))
  }

  @Test("a raw value that is missing is named in the language of the page")
  func missing() {
    let calibration = Calibration(
      part: "p", channel: .airHumidity, validFrom: .seconds(0), who: "me", why: "",
      parameters: ["c0": 1, "c1": 2])
    #expect(calibration.formula(nil, comesTo: nil) == "1 + 2·raw")
    #expect(calibration.formula(nil, comesTo: nil, in: .simplifiedChinese) == "1 + 2·原始值")
  }
}
