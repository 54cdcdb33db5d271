import Curves
import Readings
import Testing
import Trials

@Suite struct PlanTests {
  private let start = LocalDate(daysSince1970: 20_423)

  private func plan(
    event: String = "late_night", arms: NOf1Plan.Arms? = nil, blocks: Int = 14, days: Int = 7,
    washout: Int = 4, seed: UInt64 = 8412
  ) throws(Silence) -> NOf1Plan {
    try NOf1Plan(
      person: Person("me"), event: event, arms: arms, start: start, blocks: blocks,
      blockDays: days, washoutDays: washout, seed: seed)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `Each pair has one block with the event and one without`(seed: UInt64) throws {
    let schedule = try plan(seed: seed).schedule
    for pair in 0..<7 {
      #expect(Set([schedule[2 * pair].arm, schedule[2 * pair + 1].arm]).count == 2)
    }
  }

  @Test func `The coin is fair, and pairs do not follow each other`() throws {
    var (first, again) = (0, 0)
    for seed in 1...500 as ClosedRange<UInt64> {
      let schedule = try plan(seed: seed).schedule
      if schedule[0].arm == .with { first += 1 }
      if schedule[0].arm == schedule[2].arm { again += 1 }
    }
    // 250 of 500, and three standard deviations of 11.2.
    #expect((216...284).contains(first))
    #expect((216...284).contains(again))
  }

  /// Worked by another program of xoshiro256** (Python), from the same seed.
  @Test func `A seed gives the same orders for ever`() throws {
    let arms = try plan().schedule.map { $0.arm == .with ? "+" : "-" }.joined()
    #expect(arms == "-++--+-+-+-+-+")
    #expect(try plan(event: "other", washout: 2).schedule == plan().schedule)
    #expect(try plan(seed: 8413).schedule != plan().schedule)
  }

  @Test func `Days lie in their block, and the first of each are not compared`() throws {
    let plan = try plan()
    #expect(plan.days == 98 && plan.end == start + 98 && plan.pairs == 7)
    #expect(plan.arm(on: start - 1) == nil && plan.arm(on: plan.end) == nil)
    for (index, block) in plan.schedule.enumerated() {
      #expect(block.first == start + 7 * index && block.last == start + 7 * index + 6)
      for day in 0..<7 {
        #expect(plan.arm(on: block.first + day) == block.arm)
        #expect(plan.isCompared(block.first + day) == (day >= 4))
      }
    }
    #expect(!plan.isCompared(start - 1) && !plan.isCompared(plan.end))
  }

  @Test func `What harms is tried only by leaving it out`() throws {
    for kind in ["alcohol", "sun", "red wine", "Smoking", "sunbathing", "stress"] {
      #expect(NOf1Plan.usualArms(of: kind) == .asUsualOrWithout)
      #expect(throws: Silence("\(kind) is tried only by leaving it out: as usual, or without")) {
        try plan(event: kind, arms: .withOrWithout)
      }
    }
    #expect(NOf1Plan.usualArms(of: "late_night") == .withOrWithout)
    #expect(try plan(event: "alcohol").lines[0].hasPrefix("2025-12-01 to 2025-12-07: "))
    #expect(try plan(event: "alcohol").words(.with) == "alcohol as usual")
    #expect(try plan(event: "alcohol").words(.without) == "no alcohol")
    #expect(throws: Silence("cycle_start cannot be assigned")) { try plan(event: "cycle_start") }
  }

  @Test(arguments: [(13, 7, 4), (10, 7, 4), (14, 1, 0), (14, 7, 7), (14, 7, -1), (-14, 7, 4)])
  func `Blocks that cannot be compared are refused`(blocks: Int, days: Int, washout: Int) {
    #expect(throws: Silence.self) { try plan(blocks: blocks, days: days, washout: washout) }
  }

  @Test func `Absurd sizes are refused and do not trap`() {
    #expect(throws: Silence.self) { try plan(blocks: .max - 1, days: 7) }
    #expect(throws: Silence.self) { try plan(blocks: 14, days: .max) }
    #expect(throws: Silence.self) { try plan(blocks: .min, days: .min) }
  }
}
