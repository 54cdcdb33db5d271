import Readings
import Testing
import Wording

@testable import skin2vec

@Suite struct LocalClockTests {
  @Test(
    "local times hold on both sides of a change of clocks",
    arguments: [
      ("2026-10-25 01:30", 1_792_884_600), ("2026-10-25T12:00", 1_792_926_000),
      ("2026-03-29 02:30", 1_774_746_000), ("2026-11-20T22:14:03", 1_795_209_243),
    ] as [(String, Int64)])
  func times(text: String, seconds: Int64) throws {
    let plan = DayPlan(zone: try ZoneRules(named: Bench.zone))
    let local = LocalClock(plan: plan, now: Bench.evening())
    #expect(try local.moment(text) == .seconds(seconds))
  }
}
