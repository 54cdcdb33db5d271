import Curves
import Mathematics
import Readings
import SyntheticSubject
import Testing
import WhatIf

/// The air's quantile over what was seen.
func quantile(_ history: History, _ p: Double) -> Double {
  Robust.quantile(history.air("air.pm2_5")?.values.compactMap { $0 } ?? [], p) ?? 0
}

private func spread(_ history: History) -> Double {
  Robust.deviation(history.air("air.pm2_5")?.values.compactMap { $0 } ?? []) ?? 0
}

@Suite("what if the air changes") struct WhatIfTests {
  private func silence(_ question: WhatIf, _ history: History) -> String {
    guard let curve = history.curves.first else { return "" }
    do {
      _ = try question.path(of: curve, in: history)
      return ""
    } catch { return error.reason }
  }

  @Test func `a planted effect is found within its interval, and fades after the last day`() throws
  {
    var planted = Planted()
    planted.effect = -0.4
    let history = planted.history(seed: 4)
    let question = WhatIf(channel: "air.pm2_5", value: quantile(history, 0.9), days: 3)
    let path = try question.path(of: history.curves[0], in: history)
    #expect(path.steps.count == 12)
    let step = (question.value - path.reference) / spread(history)
    let truth = planted.difference(raisedBy: step, days: 3, index: 5)
    let largest = path.steps[5].difference
    #expect(largest.low <= truth && truth <= largest.high)
    #expect(largest.high < 0)
    #expect(abs(path.steps[11].difference.value) < abs(largest.value))
    #expect(path.sentence.contains("air.pm2_5 at"))
    #expect(path.kernels.reduce(0, +).distance(to: 1).magnitude < 1e-9)
  }

  @Test func `intervals cover, and no effect is hardly ever claimed`() throws {
    var (covered, claimed, found, count) = (0, 0, 0, 0)
    for seed in 0..<24 as Range<UInt64> {
      for effect in [0, -0.3] {
        var planted = Planted()
        (planted.effect, planted.days, planted.delayDays) = (effect, 240, seed % 2 == 0 ? 0 : 1)
        let history = planted.history(seed: 100 + seed)
        let question = WhatIf(channel: "air.pm2_5", value: quantile(history, 0.92), days: 3)
        guard let path = try? question.path(of: history.curves[0], in: history) else { continue }
        count += 1
        let step = (question.value - path.reference) / spread(history)
        let truth = planted.difference(raisedBy: step, days: 3, index: 5)
        let difference = path.steps[5].difference
        if difference.low <= truth, truth <= difference.high { covered += 1 }
        if effect == 0, difference.excludesZero { claimed += 1 }
        if effect != 0, difference.excludesZero { found += 1 }
      }
    }
    try #require(count >= 40)
    #expect(Double(covered) / Double(count) >= 0.8)
    #expect(claimed <= 5)
    #expect(found > claimed)
  }

  @Test func `the same diary gives the same path`() throws {
    let history = Planted(effect: -0.2, days: 120).history(seed: 1)
    let question = WhatIf(channel: "air.pm2_5", value: quantile(history, 0.7), days: 2)
    let (one, other) = (
      try question.path(of: history.curves[0], in: history),
      try question.path(of: history.curves[0], in: history)
    )
    #expect(one.steps.map(\.changed) == other.steps.map(\.changed))
  }

  @Test func `a reading's band is wider than the effect's, a level's band is about the outcome`()
    throws
  {
    let history = Planted(effect: -0.2, days: 200).history(seed: 2)
    let question = WhatIf(channel: "air.pm2_5", value: quantile(history, 0.8), days: 2)
    let path = try question.path(of: history.curves[0], in: history)
    for step in path.steps {
      #expect(step.differenceRead.low < step.difference.low)
      #expect(step.differenceRead.high > step.difference.high)
      #expect(step.unchanged.low < step.unchanged.value)
      #expect(step.unchanged.value < step.unchanged.high)
      #expect((20...80).contains(step.unchanged.value))
      let moved = step.changed.value - step.unchanged.value
      #expect(abs(moved - step.difference.value) < 1e-6)
    }
    #expect((0.85...0.95).contains(path.heldShare))
  }

  @Test func `air that was never seen is refused`() throws {
    let history = Planted(days: 200).history(seed: 3)
    let far = quantile(history, 1) * 2
    #expect(
      silence(WhatIf(channel: "air.pm2_5", value: far, days: 2), history)
        .contains("was hardly ever seen; what was seen is"))
    // Seen, but never for a fortnight.
    let high = quantile(history, 0.975)
    #expect(
      silence(WhatIf(channel: "air.pm2_5", value: high, days: 14), history)
        .contains("was never seen for 14 days on end; the longest was"))
  }

  @Test func `too little, equal or missing is silence`() {
    let question = WhatIf(channel: "air.pm2_5", value: 10, days: 1)
    let short = Planted(days: 59).history(seed: 5)
    #expect(silence(question, short).hasSuffix("at least 60 are needed"))
    var equal = Planted(days: 120).history(seed: 5)
    equal.curves[0].values = equal.curves[0].values.map { _ in 50 }
    #expect(silence(question, equal) == "all readings of skin.moisture at cheek are equal")
    var missing = equal
    missing.curves[0].values = missing.curves[0].values.map { _ in nil }
    #expect(silence(question, missing).hasPrefix("0 days with"))
    var still = equal
    still.air = [AirCurve(channel: "air.pm2_5", unit: "", values: Array(repeating: 9, count: 240))]
    #expect(silence(question, still) == "air.pm2_5 has no readings that differ")
    still.air = []
    #expect(silence(question, still) == "air.pm2_5 is not measured")
    #expect(silence(WhatIf(channel: "air.pm2_5", value: 10, days: 0), short).hasPrefix("only 1 to"))
    #expect(silence(WhatIf(channel: "air.pm2_5", value: .nan, days: 1), short).hasPrefix("only 1"))
    var empty = short
    (empty.days, empty.curves[0].values, empty.curves[0].epochs) = (0, [], [])
    empty.air = empty.air.map { AirCurve(channel: $0.channel, unit: $0.unit, values: []) }
    #expect(!silence(question, empty).isEmpty)
  }

  @Test func `one slot, gaps of months and two epochs still give a path or a reason`() {
    var history = Planted(effect: -0.2, days: 300).history(seed: 6)
    let question = WhatIf(channel: "air.pm2_5", value: quantile(history, 0.6), days: 1)
    for place in history.curves[0].values.indices where !place.isMultiple(of: 2) {
      history.curves[0].values[place] = nil
    }
    #expect(silence(question, history).isEmpty)
    for place in 150..<330 { history.curves[0].values[place] = nil }
    for place in 330..<600 { history.curves[0].epochs[place] = 2 }
    #expect(silence(question, history).isEmpty)
    for place in 200..<400 { history.air[2].values[place] = nil }
    #expect(silence(question, history).isEmpty)
  }
}
