import Curves
import Humidity
import Mathematics
import SyntheticSubject
import Testing

@Suite struct HumidityTests {
  @Test func `Fieller's interval is the one worked by hand`() throws {
    // a = 4, b = 2, variances 1 and 0.25, covariance 0.2, t = 1:
    // (4 − 0.25) r² − 2 (8 − 0.2) r + (16 − 1) ≤ 0, so r = (7.8 ± √(60.84 − 56.25)) / 3.75.
    let ends = try #require(
      Fieller.interval(a: 4, b: 2, varianceA: 1, varianceB: 0.25, covariance: 0.2, t: 1))
    #expect(abs(ends.low - 1.5086857) < 1e-6)
    #expect(abs(ends.high - 2.6513143) < 1e-6)
  }

  @Test func `A divisor that may be zero has no interval`() {
    #expect(
      Fieller.interval(a: 4, b: 2, varianceA: 1, varianceB: 1.5, covariance: 0, t: 2) == nil)
  }

  @Test func `A planted bell is found where it is`() throws {
    let plan = SubjectPlan(days: 730, bell: PlantedBell(optimum: 52, curvature: 0.3))
    let history = World.home.subject(plan, seed: 11).history
    let optimum = try HumidityAnalysis().optimum(history.curves[0], history)
    #expect(optimum.optimum.low < 52 && 52 < optimum.optimum.high)
    #expect(optimum.optimum.high - optimum.optimum.low < 12)
    #expect(optimum.pTwoSided < 0.05)
    #expect(optimum.zone?.contains(52) == true)
  }

  @Test func `An optimum outside what was seen is refused`() {
    let plan = SubjectPlan(days: 365, bell: PlantedBell(optimum: 95, curvature: 0.3))
    let history = World.home.subject(plan, seed: 2).history
    #expect(throws: Silence.self) {
      try HumidityAnalysis().optimum(history.curves[0], history)
    }
  }

  @Test func `Without humidity, or with too few days, it says what is missing`() {
    let bare = World.home.subject(SubjectPlan(days: 200, hasAir: false), seed: 1).history
    #expect(throws: Silence("the station measures no humidity")) {
      try HumidityAnalysis().optimum(bare.curves[0], bare)
    }
    let short = World.home.subject(SubjectPlan(days: 40), seed: 1).history
    #expect {
      try HumidityAnalysis().optimum(short.curves[0], short)
    } throws: {
      "\($0)".contains("90 are needed")
    }
  }
}
