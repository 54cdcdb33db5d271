import Curves
import Products
import Testing

@Suite("product trials against SciPy and statsmodels") struct OracleTests {
  private let fixture: TrialsFixture

  init() throws {
    fixture = try TrialsFixture.load()
    try #require(fixture.trials.count == 4)
  }

  @Test func `areas agree with NumPy's trapezoids`() throws {
    for trial in fixture.trials {
      for (pair, expected) in zip(trial.pairs, trial.first) {
        let area = try UpliftArea.trapezoid(pair.first.uplift(), until: 8)
        #expect(near([area / 8], [expected]))
      }
    }
  }

  @Test func `without adjustment it is the paired t-test`() throws {
    var plan = ComparisonPlan()
    plan.isAdjusted = false
    for trial in fixture.trials {
      let difference = try Comparison(of: trial.pairs, plan: plan).difference
      #expect(near([difference.value, difference.low, difference.high], trial.plain))
    }
  }

  @Test func `adjusted for side and baselines it is the regression's constant`() throws {
    for trial in fixture.trials {
      let difference = try Comparison(of: trial.pairs).difference
      #expect(near([difference.value, difference.low, difference.high], trial.adjusted))
    }
  }

  @Test func `the ratio's interval holds the ratios that a t-test does not refuse`() throws {
    for trial in fixture.trials {
      let ratio = try Comparison(of: trial.pairs).ratio.get()
      #expect(near([ratio.value, ratio.low, ratio.high], trial.ratio, 1e-6))
    }
  }

  @Test func `equivalence within a fixed margin is ttost_paired`() throws {
    for trial in fixture.trials {
      let p = try #require(Equivalence.p(of: trial.first, and: trial.second, within: 1.5))
      #expect(near([p], [trial.tost]))
    }
  }

  @Test func `equivalence within a share of the uplift is the larger of two contrasts' p`() throws {
    for trial in fixture.trials {
      let p = try Comparison(of: trial.pairs).equivalence.p
      #expect(near([min(p, 1 - p)], [trial.marginTwoSided / 2]))
    }
  }

  @Test func `the half-life's interval agrees with an inverted t-test`() throws {
    for trial in fixture.trials {
      let expected = try #require(trial.halfLife)
      let life = try Comparison(of: trial.pairs).second.halfLife.get()
      #expect(near([life.value, life.low, life.high], expected, 1e-6))
    }
  }

  @Test func `power agrees with TTestPower`() {
    for row in fixture.power {
      let power = TrialPower.difference(gap: row[0], deviation: 1, pairs: Int(row[1]))
      #expect(near([power], [row[2]], 1e-8))
    }
  }

  @Test func `the applications needed are TTestPower's, rounded up`() {
    for row in fixture.needed {
      #expect(TrialPower.pairs(forGap: row[0], deviation: 1) == Int(row[1].rounded(.up)))
    }
  }
}
