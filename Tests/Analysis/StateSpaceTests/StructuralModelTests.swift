import Curves
import Mathematics
import Readings
import StateSpace
import Testing

/// A curve with known parts.
private func made(
  days: Int, seed: UInt64, slot: Double = 0, week: Double = 0, walk: Double = 0, year: Double = 0,
  missing: Double = 0
) -> Curve {
  var generator = SeededGenerator(seed: seed)
  var (level, returning) = (50.0, generator.normal())
  let values: [Double?] = (0..<(2 * days)).map { place in
    level += walk * generator.normal()
    returning = 0.7 * returning + 0.51.squareRoot() * generator.normal()
    let half = place.isMultiple(of: 2) ? -0.5 : 0.5
    let turn = Double(place / 2) * 2 * Double.pi
    let value =
      level + slot * half + week * (turn / 7).sine + year * (turn / 365.2425).sine + returning
      + 0.8 * generator.normal()
    return generator.chance(missing) ? nil : value
  }
  return Curve(channel: "skin.moisture", site: "cheek", values: values)
}

@Suite("structural model") struct StructuralModelTests {
  private let monday = LocalDate(daysSince1970: 20_000)

  @Test func `finds how made-up readings wander, and their slot effect and week`() throws {
    let curve = made(days: 700, seed: 3, slot: 2, week: 1, missing: 0.15)
    let fit = try StructuralModel().fit(curve, from: monday)
    #expect((fit.wander.returning - 1).magnitude < 0.3)
    #expect((fit.wander.noise - 0.64).magnitude < 0.2)
    #expect((fit.wander.kept - 0.7).magnitude < 0.12)
    #expect(fit.wander.walk < 0.001)
    let slot = try #require(fit.coefficients.first { $0.name == "slot" }).estimate
    #expect(slot.low < 2 && slot.high > 2 && slot.high - slot.low < 0.4)
    let residuals = fit.residuals.compactMap { $0?.standardised }
    #expect(abs(try #require(Robust.deviation(residuals)) - 1) < 0.05)
    let lagged = zip(residuals, residuals.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    #expect((lagged / Double(residuals.count)).magnitude < 0.08)
  }

  @Test func `the found parameters are at least as likely as the true ones`() throws {
    for seed in UInt64(1)...4 {
      let curve = made(days: 150, seed: seed, walk: 0.05, missing: 0.2)
      let found = try StructuralModel().fit(curve, from: monday)
      let truth = Wander(kept: 0.7, returning: 1, walk: 0.0025, noise: 0.64)
      let given = try StructuralModel().fit(curve, from: monday, wander: truth)
      #expect(found.logLikelihood >= given.logLikelihood)
    }
  }

  @Test func `forecasts cover 80 of 100 readings to come`() throws {
    var (inside, all) = (0, 0)
    let z = StandardNormal.quantile(0.9)
    for seed in UInt64(10)..<40 {
      let whole = made(days: 97, seed: seed, slot: 1, walk: 0.03, missing: 0.1)
      let past = Curve(channel: whole.channel, values: Array(whole.values.prefix(180)))
      for expected in try StructuralModel().fit(past, from: monday).forecast(places: 14) {
        guard let value = whole.values[expected.place] else { continue }
        all += 1
        if (value - expected.mean).magnitude < z * expected.variance.squareRoot() { inside += 1 }
      }
    }
    // Errors of a forecast go together: the bounds are wider than independent ones'.
    #expect((0.72...0.88).contains(Double(inside) / Double(all)))
  }

  @Test func `says nothing of a year before there are two`() throws {
    let short = made(days: 500, seed: 5, year: 2)
    let long = made(days: 800, seed: 5, year: 2)
    #expect(
      !(try StructuralModel().fit(short, from: monday)).components().contains { $0.name == "year" })
    let year = try #require(
      try StructuralModel().fit(long, from: monday).components().first { $0.name == "year" })
    #expect((year.values[182].value - 2).magnitude < 0.6)
  }

  @Test func `the parts add up to what is expected`() throws {
    let curve = made(days: 60, seed: 8, slot: 2, week: 1, walk: 0.1, missing: 0.3)
    let parts = try StructuralModel().fit(curve, from: monday).components()
    let whole = try #require(parts.first { $0.name == "expected" }).values
    for place in whole.indices {
      let sum = parts.filter { $0.name != "expected" }.reduce(0) { $0 + $1.values[place].value }
      #expect((sum - whole[place].value).magnitude < 1e-8)
      #expect(whole[place].low < whole[place].value)
    }
  }

  @Test func `a later epoch has a level of its own`() throws {
    var curve = made(days: 100, seed: 9)
    for place in 120..<200 {
      curve.values[place] = curve.values[place].map { $0 + 8 }
      curve.epochs[place] = 2
    }
    let fit = try StructuralModel().fit(curve, from: monday)
    let epoch = try #require(fit.coefficients.first { $0.name == "epoch" }).estimate
    #expect(epoch.low < 8 && epoch.high > 8 && epoch.low > 5)
  }

  @Test(
    arguments: [
      ([], "0 readings of skin.moisture so far; at least 30 are needed"),
      ([50], "1 readings of skin.moisture so far; at least 30 are needed"),
      (
        Array(repeating: nil, count: 400),
        "0 readings of skin.moisture so far; at least 30 are needed"
      ),
      (Array(repeating: 7, count: 400), "all 400 readings of skin.moisture are equal"),
      (
        (0..<20).map { Double($0 % 3) } + Array(repeating: nil, count: 100),
        "20 readings of skin.moisture so far; at least 30 are needed"
      ),
      (
        Array(repeating: 1, count: 13) + Array(repeating: 2, count: 14),
        "27 readings of skin.moisture so far; at least 30 are needed"
      ),
    ] as [([Double?], String)])
  func `says what is missing where there is too little`(values: [Double?], reason: String) {
    let curve = Curve(channel: "skin.moisture", values: values)
    #expect(throws: Silence(reason)) { try StructuralModel().fit(curve, from: monday) }
  }

  @Test func `one slot only, gaps of months and few days do not upset it`() throws {
    var morning = made(days: 80, seed: 11)
    for place in morning.values.indices where !place.isMultiple(of: 2) {
      morning.values[place] = nil
    }
    let fit = try StructuralModel().fit(morning, from: monday)
    #expect(!fit.coefficients.contains { $0.name == "slot" })
    #expect(fit.forecast(places: 14).allSatisfy { $0.mean.isFinite && $0.variance > 0 })
    var gaps = made(days: 400, seed: 12)
    for place in 100..<500 { gaps.values[place] = nil }
    let bands = try StructuralModel().fit(gaps, from: monday).components()[0].values
    #expect(bands[300].high - bands[300].low >= bands[50].high - bands[50].low)
    let short = Curve(channel: "score.oil", values: (0..<26).map { Double($0 % 4) } + [1, 2])
    #expect(throws: Silence.self) { try StructuralModel().fit(short, from: monday) }
  }
}
