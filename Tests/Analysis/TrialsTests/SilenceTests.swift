import Curves
import Effects
import Readings
import Testing
import Trials

@Suite struct SilenceTests {
  private func history(_ values: [Double?], _ plan: NOf1Plan) -> History {
    var padded = values
    while !padded.count.isMultiple(of: 2) { padded.append(nil) }
    return History(
      person: "me", firstDate: plan.start, days: padded.count / 2,
      curves: [Curve(channel: "skin.moisture", site: "cheek", values: padded)])
  }

  private func reason(_ values: [Double?]) throws -> String {
    let plan = try MadeUp.plan(seed: 1)
    let result = try NOf1Analysis(plan).result(in: history(values, plan), on: plan.end)
    let silence = #expect(throws: Silence.self) { try result.answers[0].result.get() }
    #expect(result.sentences == ["skin.moisture at cheek: \(silence?.reason ?? "")"])
    return silence?.reason ?? ""
  }

  @Test func `Poor diaries get a reason`() throws {
    #expect(
      try reason([]) == "0 of 42 compared days have a reading of skin.moisture at cheek; "
        + "half are needed")
    #expect(try reason([50]).hasPrefix("0 of 42"))
    #expect(try reason(Array(repeating: nil, count: 196)).hasPrefix("0 of 42"))
    #expect(
      try reason(Array(repeating: 50, count: 196))
        == "all readings of skin.moisture at cheek are the same")
    let early = (0..<196).map { $0 < 160 ? Double($0 % 7) : nil }
    #expect(try reason(early).hasPrefix("5 pairs of blocks with readings of skin.moisture"))
  }

  @Test func `A diary of mornings alone is answered`() throws {
    let plan = try MadeUp.plan(seed: 1)
    let mornings = (0..<196).map { $0.isMultiple(of: 2) ? Double($0 * 7 % 13) : nil }
    let result = try NOf1Analysis(plan).result(in: history(mornings, plan), on: plan.end)
    let found = try result.answers[0].result.get()
    #expect(found.days == 42 && found.readings == 42)
    #expect(found.difference.low <= found.difference.value)
    #expect(found.difference.high.isFinite && found.difference.low.isFinite)
  }

  @Test func `Before the end it says how long, and an interim look claims nothing`() throws {
    let plan = try MadeUp.plan(seed: 4)
    let history = MadeUp(plan: plan, effect: -3).history(seed: 4).prefix(days: 97)
    #expect(throws: Silence("the trial is over in 1 day, on \(plan.end)")) {
      try NOf1Analysis(plan).result(in: history, on: plan.end - 1)
    }
    #expect(throws: Silence("the trial is over in 98 days, on \(plan.end)")) {
      try NOf1Analysis(plan).result(in: history, on: plan.start - 30)
    }
    let result = try NOf1Analysis(plan).result(in: history, on: plan.end - 11, isInterim: true)
    let found = try result.answers[0].result.get()
    #expect(result.blocks == 12 && result.daysLeft == 11)
    #expect(found.p == nil && found.q == nil && found.evidence == .none)
    #expect(result.sentences[0].hasSuffix("11 days are left, so that nothing is claimed)"))
    #expect(throws: Silence("5 pairs of blocks so far; 6 are needed")) {
      try NOf1Analysis(plan).result(in: history, on: plan.end - 15, isInterim: true)
    }
  }

  @Test func `Another person's diary is refused, and none has no answers`() throws {
    let plan = try MadeUp.plan(seed: 1)
    var other = History(person: "you", firstDate: plan.start, days: 0)
    #expect(throws: Silence("the plan is me's, the diary you's")) {
      try NOf1Analysis(plan).result(in: other, on: plan.end)
    }
    other.person = "me"
    #expect(try NOf1Analysis(plan).result(in: other, on: plan.end).answers.isEmpty)
  }
}
