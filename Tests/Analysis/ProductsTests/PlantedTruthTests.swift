import Curves
import Mathematics
import Products
import Testing

/// What many made-up trials of one kind come to.
private struct Tally {
  var claims = 0
  var right = 0
  var covered = 0
  var equal = 0
  var silent = 0
  var halfLives = 0
  var halfLivesCovered = 0
  var count = 0

  init(_ trial: PlantedTrial, days: Int, subjects: Int) throws {
    let truth = trial.trueDifference(until: 8)
    let names = PlantedTrial.products
    for seed in 0..<UInt64(subjects) {
      let applications = trial.applications(days: days, seed: seed &* 7919 &+ 5)
      guard let found = try? Comparison(names.first, with: names.second, in: applications) else {
        silent += 1
        continue
      }
      count += 1
      if found.difference.low <= truth, truth <= found.difference.high { covered += 1 }
      if found.equivalence.isShown { equal += 1 }
      switch found.verdict {
      case .higher(let product), .higherWithinMargin(let product):
        claims += 1
        if product == names.first { right += 1 }
      default: break
      }
      if case .success(let life) = found.second.halfLife {
        halfLives += 1
        if life.low <= trial.halfLife, trial.halfLife <= life.high { halfLivesCovered += 1 }
      }
    }
  }

  func share(_ part: Int) -> Double { Double(part) / Double(count) }
}

@Suite("product trials with planted truth") struct PlantedTruthTests {
  @Test func `a gap of 30 % is found with 40 single readings`() throws {
    var trial = PlantedTrial()
    trial.gap = 0.3
    let tally = try Tally(trial, days: 40, subjects: 200)
    #expect(tally.silent == 0)
    #expect(tally.share(tally.right) >= 0.8)
    #expect((0.86...0.94).contains(tally.share(tally.covered)))
  }

  @Test func `a gap of 30 % is found with 24 readings of three taps`() throws {
    var trial = PlantedTrial()
    (trial.gap, trial.taps) = (0.3, 3)
    let tally = try Tally(trial, days: 24, subjects: 120)
    #expect(tally.share(tally.right) >= 0.8)
  }

  @Test(arguments: [8, 16, 40])
  func `without a gap at most a tenth claim one`(days: Int) throws {
    let tally = try Tally(PlantedTrial(), days: days, subjects: 150)
    #expect(tally.share(tally.claims) <= 0.115)
    #expect((0.86...0.94).contains(tally.share(tally.covered)))
  }

  @Test func `heavy tails and missing readings claim no more`() throws {
    var trial = PlantedTrial()
    (trial.heavyTails, trial.missing) = (true, 0.08)
    let tally = try Tally(trial, days: 24, subjects: 120)
    #expect(tally.share(tally.claims) <= 0.115)
    #expect(tally.share(tally.covered) >= 0.86)
  }

  @Test func `equal products are found equal with many triple readings, unequal ones hardly ever`()
    throws
  {
    var trial = PlantedTrial()
    trial.taps = 3
    let equal = try Tally(trial, days: 60, subjects: 60)
    #expect(equal.share(equal.equal) >= 0.8)
    // At the margin itself: 1 + g over (2 + g) / 2 is 20 % of the mean.
    trial.gap = 0.2 / 0.9
    let unequal = try Tally(trial, days: 60, subjects: 150)
    #expect(unequal.share(unequal.equal) <= 0.1)
  }

  @Test func `half-lives that are stated cover the truth`() throws {
    var trial = PlantedTrial()
    trial.taps = 3
    let tally = try Tally(trial, days: 30, subjects: 100)
    #expect(tally.share(tally.halfLives) >= 0.8)
    #expect(Double(tally.halfLivesCovered) / Double(tally.halfLives) >= 0.86)
  }

  @Test func `the power that is promised is the power that is had`() {
    var random = SeededGenerator(seed: 3)
    let runs = 4000
    for (pairs, gap) in [(8, 1.0), (20, 0.5)] {
      let quantile = StudentT(df: Double(pairs - 1)).quantile(0.95)
      var found = 0
      for _ in 0..<runs {
        let values = (0..<pairs).map { _ in gap + random.normal() }
        let error = (Robust.deviation(values) ?? 0) / Double(pairs).squareRoot()
        if abs(Robust.mean(values) ?? 0) > quantile * error { found += 1 }
      }
      let promised = TrialPower.difference(gap: gap, deviation: 1, pairs: pairs)
      #expect(abs(promised - Double(found) / Double(runs)) < 0.025)
    }
  }
}
