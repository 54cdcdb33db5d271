import Curves
import Effects
import Mathematics
import Readings
import Testing
import Trials

@Suite struct ResultTests {
  @Test func `Without an effect season and weekday make few claims, and no bias`() throws {
    var (claims, covered) = (0, 0)
    var values: [Double] = []
    for seed in 1...60 as ClosedRange<UInt64> {
      let person = MadeUp(plan: try MadeUp.plan(seed: seed + 500))
      let found = try person.found(seed: seed)
      if found.evidence == .randomised { claims += 1 }
      if found.difference.low <= 0, found.difference.high >= 0 { covered += 1 }
      values.append(found.difference.value)
    }
    // Nominal 5 % of 60: more than 8 has a chance of 1 in 250; 90 %: fewer than 47 the like.
    #expect(claims <= 8)
    #expect(covered >= 47)
    let error = try #require(Robust.deviation(values)) / 60.0.squareRoot()
    #expect(abs(try #require(Robust.mean(values))) < 3 * error)
  }

  @Test func `A planted effect is found, in its size and with its interval`() throws {
    var (claims, covered) = (0, 0)
    var values: [Double] = []
    for seed in 1...30 as ClosedRange<UInt64> {
      let person = MadeUp(plan: try MadeUp.plan(seed: seed + 900, blocks: 20), effect: -1.3)
      let found = try person.found(seed: seed)
      if found.evidence == .randomised { claims += 1 }
      if (found.inUnits.low...found.inUnits.high).contains(-6.5) { covered += 1 }
      values.append(found.inUnits.value)
    }
    #expect(claims >= 24)
    #expect(covered >= 22)
    let error = try #require(Robust.deviation(values)) / 30.0.squareRoot()
    #expect(abs(try #require(Robust.mean(values)) + 6.5) < 3 * error)
  }

  @Test func `What is not kept is not shown: the difference is by assignment`() throws {
    var values: [Double] = []
    for seed in 1...30 as ClosedRange<UInt64> {
      let person = MadeUp(
        plan: try MadeUp.plan(seed: seed + 900, blocks: 20), effect: -2, kept: 0.7)
      values.append(try person.found(seed: seed).inUnits.value)
    }
    // It happens on 70 % of days with and on 30 % of days without: 40 % of 10 are left.
    let error = try #require(Robust.deviation(values)) / 30.0.squareRoot()
    #expect(abs(try #require(Robust.mean(values)) + 4) < 3 * error)
  }

  @Test func `Adherence is counted by arm, and said where it is poor`() throws {
    let plan = try MadeUp.plan(seed: 3)
    var person = MadeUp(plan: plan, effect: -2)
    let kept = try NOf1Analysis(plan).result(in: person.history(seed: 1), on: plan.end)
    #expect(kept.adherence.share == 1 && kept.adherence.with.days == 49)
    #expect(kept.sentences[0].hasPrefix("skin.moisture at cheek: −"))
    #expect(kept.sentences[0].contains(" on days assigned late_night against days without (90 %"))
    #expect(kept.sentences[0].hasSuffix("; 14 blocks, kept on 100 % of days; randomised)"))
    person.kept = 0.5
    let poor = try NOf1Analysis(plan).result(in: person.history(seed: 1), on: plan.end)
    #expect(!poor.adherence.isGood)
    #expect(poor.sentences[0].contains("% of days only ("))
  }

  @Test func `As usual asks nothing of its arm`() throws {
    let usual = try NOf1Plan(
      person: Person("me"), event: "late_night", arms: .asUsualOrWithout,
      start: LocalDate(daysSince1970: 20_423), blocks: 14, seed: 3)
    let history = MadeUp(plan: usual, kept: 0.5).history(seed: 2)
    let result = try NOf1Analysis(usual).result(in: history, on: usual.end)
    #expect(result.adherence.with.share == nil && result.adherence.without.days == 49)
    #expect(result.sentences[0].contains("days assigned late_night as usual and days without"))
  }

  @Test func `Of several outcomes the worst p is that of all together`() throws {
    let plan = try MadeUp.plan(seed: 5)
    var history = MadeUp(plan: plan, effect: -2).history(seed: 1)
    let quiet = MadeUp(plan: plan).history(seed: 77).curves[0]
    history.curves += (1...3).map { number in
      var curve = quiet
      curve.site = "site \(number)"
      return curve
    }
    let found = try NOf1Analysis(plan).result(in: history, on: plan.end).answers
      .map { try $0.result.get() }
    let (first, other) = (try #require(found[0].p), try #require(found[1].p))
    #expect(first < 0.05 && other > first)
    #expect(abs(try #require(found[0].q) - min(4 * first, other)) < 1e-12)
    #expect(try #require(found[1].q) == other)
  }

  @Test func `What was cleansed after the toss is not adjusted for`() throws {
    let plan = try MadeUp.plan(seed: 5)
    var history = MadeUp(plan: plan).history(seed: 1)
    let cleansed = history.curves[0].values.indices.map { $0.isMultiple(of: 3) ? 1.0 : 0 }
    history.events.append(EventCurve(kind: "cleansed", doses: cleansed))
    let found = try NOf1Analysis(plan).result(in: history, on: plan.end).answers[0].result.get()
    #expect(found.adjustedFor == ["slot", "weekday", "season"])
  }
}
