import Normalisation
import Readings
import Testing

@Suite("a touch judged as one") struct WholeTouchTests {
  private func measure(_ channel: Channel, _ refusal: TouchRefusal?) -> Touch.Measure {
    Touch.Measure(
      channel: channel, raw: 1, rawUnit: .counts, value: 50, spread: 1, samples: [1],
      refusal: refusal, part: "part")
  }

  private func together(
    moisture: TouchRefusal?, sebum: TouchRefusal?
  ) -> [TouchRefusal?] {
    TouchDerivation.together([
      measure(.skinMoisture, moisture), measure(.skinSebum, sebum),
    ]).map(\.refusal)
  }

  @Test(
    "what is wrong with the touch is wrong with every channel of it",
    arguments: [TouchRefusal.tooShort, .tooLight, .tooHard, .unsteady])
  func ofTheTouch(refusal: TouchRefusal) {
    #expect(together(moisture: refusal, sebum: nil) == [refusal, refusal])
  }

  @Test("a part that could not be read takes nothing from the other")
  func ofOnePart() {
    #expect(together(moisture: .absent(.timedOut), sebum: nil) == [.absent(.timedOut), nil])
    #expect(together(moisture: nil, sebum: .absent(.outOfRange)) == [nil, .absent(.outOfRange)])
  }

  @Test("a channel keeps its own reason")
  func ownReason() {
    #expect(
      together(moisture: .unsteady, sebum: .absent(.notPresent))
        == [.unsteady, .absent(.notPresent)])
  }
}

@Suite("one measure of a touch") struct TouchDerivationTests {
  private static let moisture = Touch.RawScale(
    unitsPerCode: 1 / 524_288, offset: 3.125, greatestCode: 15 << 19)
  private static let counts = Touch.RawScale(unitsPerCode: 1, offset: 0, greatestCode: 32_766)
  private static let numbers: [Channel: [String: Double]] = [
    .skinMoisture: ["air_picofarads": 5.125, "reference_picofarads": 15.125],
    .skinSebum: ["fresh_strip_counts": 20_000, "full_scale_absorbance": 0.5],
    .skinForce: ["supply_counts": 26_400, "zero_counts": 0, "newtons_per_unit": 2],
    .skinTemperature: [
      "supply_counts": 26_400, "series_ohms": 10_000, "ohms_at_25_celsius": 10_000,
      "beta_kelvin": 3950,
    ],
  ]

  private func derive(
    _ channel: Channel, _ samples: [Int32], scale: Touch.RawScale = counts, fault: Absence? = nil,
    contact: Duration? = .seconds(2), _ change: (inout Limits) -> Void = { _ in }
  ) -> Touch.Measure {
    var limits = Limits()
    change(&limits)
    let derivation = TouchDerivation(limits: limits) { measure in
      Self.numbers[measure.channel].flatMap { try? Conversion(measure.channel, $0) }
    }
    return derivation.derive(
      Touch.Measure(
        channel: channel, raw: nil, rawUnit: .counts, value: nil, spread: nil, samples: samples,
        scale: scale, fault: fault, refusal: nil, part: "part"), contact: contact)
  }

  /// The code of an index, with an offset of 3.125 pF.
  private func codes(_ indices: [Double]) -> [Int32] {
    indices.map { Int32((2 + $0 / 10) * 524_288) }
  }

  private func moisture(
    _ indices: [Double], fault: Absence? = nil, contact: Duration? = .seconds(2),
    _ change: (inout Limits) -> Void = { _ in }
  ) -> Touch.Measure {
    derive(
      .skinMoisture, codes(indices), scale: Self.moisture, fault: fault, contact: contact, change)
  }

  @Test("moisture is the median of its samples, through scale and calibration")
  func moistureValue() {
    let measure = moisture(
      [Double](repeating: 46, count: 20) + [47] + [Double](repeating: 48, count: 20))
    #expect(measure.refusal == nil)
    #expect(abs((measure.value ?? 0) - 47) < 1e-4)
    #expect(abs((measure.raw ?? 0) - 9.825) < 1e-5)
    // Every deviation but one is 1: 1.4826 of it.
    #expect(abs((measure.spread ?? 0) - 1.4826) < 1e-4)
  }

  @Test("the contact, the count, the level, the spread and the drift each refuse a touch")
  func refusals() {
    let calm = [Double](repeating: 47, count: 80)
    #expect(moisture(calm).refusal == nil)
    #expect(moisture(calm, contact: .milliseconds(799)).refusal == .tooShort)
    #expect(moisture(calm, contact: .milliseconds(800)).refusal == nil)
    #expect(moisture(calm, contact: nil).refusal == nil)
    #expect(moisture([Double](calm.prefix(40))).refusal == nil)
    #expect(moisture([Double](calm.prefix(39))).refusal == .absent(.notReady))
    #expect(moisture([Double](calm.prefix(39)), fault: .timedOut).refusal == .absent(.timedOut))
    #expect(moisture(calm.map { _ in 4.9 }).refusal == .tooLight)
    #expect(moisture(calm.map { _ in -11 }).refusal == .absent(.outOfRange))
    #expect(moisture((0..<80).map { $0 % 2 == 0 ? 40 : 50 }).refusal == .unsteady)
    #expect(moisture((0..<80).map { 45 + Double($0) / 10 }).refusal == .unsteady)
  }

  @Test("samples beyond the part's range are kept and do not count")
  func overRange() {
    let over = [Int32](repeating: 15 << 19 + 1, count: 41)
    let measure = derive(
      .skinMoisture, codes([Double](repeating: 47, count: 39)) + over, scale: Self.moisture)
    #expect(measure.refusal == .absent(.outOfRange))
    #expect(measure.samples.count == 80)
    #expect(abs((measure.value ?? 0) - 47) < 1e-4)
  }

  @Test("sebum is lamp on less lamp off: half of a fresh strip's light is 60.206")
  func sebum() {
    let measure = derive(.skinSebum, [10_040, 40])
    #expect(measure.raw == 10_000)
    #expect(abs((measure.value ?? 0) - 60.206) < 0.001)
    #expect(measure.spread == nil)
    #expect(measure.refusal == nil)
    #expect(derive(.skinSebum, []).refusal == .tooShort)
    #expect(derive(.skinSebum, [], fault: .notPresent).refusal == .absent(.notPresent))
    #expect(derive(.skinSebum, [40, 40]).refusal == .absent(.outOfRange))
    #expect(derive(.skinSebum, [32_767, 40]).refusal == .absent(.outOfRange))
    #expect(derive(.skinSebum, [10_040, 40], fault: .outOfRange).refusal == .absent(.outOfRange))
  }

  @Test(
    "force is the resistor's conductance: half of the supply is k, and outside the band refuses",
    arguments: [
      (13_200, 2, nil), (8_800, 1, nil), (2_400, 0.2, .tooLight), (19_800, 6, .tooHard),
    ] as [(Int32, Double, TouchRefusal?)])
  func force(code: Int32, newtons: Double, refusal: TouchRefusal?) {
    let measure = derive(.skinForce, [code, code, code]) {
      $0.touch.forceNewtons = Limits.Span(0.5...5)
    }
    #expect(abs((measure.value ?? 0) - newtons) < 1e-9)
    #expect(measure.refusal == refusal)
    // Without a band it is measured, and refuses nothing.
    #expect(derive(.skinForce, [code]).refusal == nil)
  }

  @Test("the skin's temperature is the last sample's: the thermistor warms up while it touches")
  func temperature() {
    // At half of the supply both resistances are equal: 25 °C.
    #expect(abs((derive(.skinTemperature, [9_000, 13_200]).value ?? 0) - 25) < 1e-9)
    // At 32 °C a thermistor of B 3950 has 7.378 kΩ (its maker's table: 7.379).
    let warm = derive(.skinTemperature, [Int32(26_400.0 * 10 / 17.379)])
    #expect(abs((warm.value ?? 0) - 32) < 0.01)
    // A wire that came off.
    #expect(derive(.skinTemperature, [0]).refusal == .absent(.outOfRange))
  }

  @Test("a part that nobody calibrated keeps what it read and comes to nothing")
  func uncalibrated() {
    let measure = TouchDerivation(limits: Limits()) { _ in nil }.derive(
      Touch.Measure(
        channel: .skinForce, raw: nil, rawUnit: .counts, value: nil, spread: nil, samples: [700],
        scale: Self.counts, refusal: nil, part: "part"), contact: .seconds(2))
    #expect(measure.raw == 700)
    #expect(measure.value == nil)
    #expect(measure.refusal == .absent(.notReady))
  }

  @Test("a value that came without its codes stays as it is")
  func withoutCodes() {
    let measure = Touch.Measure(
      channel: .skinMoisture, raw: nil, rawUnit: .counts, value: 44, spread: nil, samples: [],
      refusal: nil, part: "elsewhere")
    let derivation = TouchDerivation(limits: Limits()) { _ in nil }
    #expect(derivation.derive(measure, contact: .milliseconds(1)) == measure)
  }
}
