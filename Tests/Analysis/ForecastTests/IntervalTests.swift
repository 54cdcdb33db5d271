import Mathematics
import Testing

@testable import Forecast

@Suite("intervals that learn from their misses") struct IntervalTests {
  /// Distances from the forecast, in standard deviations, that nobody could foresee.
  private static let worlds: [String: @Sendable (Int, inout SeededGenerator) -> Double] = [
    "quiet": { _, generator in generator.normal().magnitude },
    "heavy tails": { _, generator in generator.studentT(df: 2).magnitude },
    "ever wider": { place, generator in generator.normal().magnitude * (1 + Double(place) / 100) },
    "suddenly wild": { place, generator in generator.normal().magnitude * (place < 200 ? 1 : 5) },
    "by turns": { place, _ in place.isMultiple(of: 50) ? 9 : 0.5 + Double(place % 7) },
  ]

  @Test(
    arguments: [0.1, 0.2], ["quiet", "heavy tails", "ever wider", "suddenly wild", "by turns"])
  func `the share outside comes near its target, whatever happens`(target: Double, world: String)
    throws
  {
    let score = try #require(Self.worlds[world])
    var generator = SeededGenerator(seed: 3)
    var stream = ConformalStream(target: target, rate: 0.1)
    var missed = 0
    for place in 0..<400 {
      let distance = score(place, &generator)
      let isWithin = distance <= stream.half
      if !isWithin { missed += 1 }
      stream.learn(isWithin: isWithin, score: distance)
    }
    // Gibbs and Candès' bound for a start at the target: (1 − target + rate) / (rate · 400).
    #expect((Double(missed) / 400 - target).magnitude <= (1 - target + 0.1) / 40)
  }

  @Test func `a miss widens the interval, and hits narrow it`() {
    var stream = ConformalStream(target: 0.1, rate: 0.1)
    let before = stream.half
    stream.learn(isWithin: false, score: 3)
    let wider = stream.half
    for _ in 0..<12 { stream.learn(isWithin: true, score: 0.1) }
    #expect(wider > before && stream.half < before)
  }

  @Test(arguments: [(0.0, 1.0), (1.3, 1.0), (-2.0, 0.5), (4.0, 3.0)])
  func `the CRPS of a normal forecast is the integral that defines it`(
    error: Double, deviation: Double
  ) {
    // The square of the distribution function less a step at what came, by the middle of slices.
    let slice = 0.001
    var integral = 0.0
    for step in -30_000..<30_000 {
      let x = (Double(step) + 0.5) * slice
      let distance = StandardNormal.cdf(x / deviation) - (x >= error ? 1 : 0)
      integral += distance * distance * slice
    }
    #expect((ScoreSum.crps(error, deviation) - integral).magnitude < 1e-5)
  }
}
