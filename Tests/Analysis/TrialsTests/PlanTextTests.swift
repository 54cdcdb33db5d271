import Readings
import Testing
import Trials

@Suite struct PlanTextTests {
  private let me = Person("me")

  @Test func `A plan is one line, and the line is the plan`() throws {
    let text = "late_night from 2026-12-01, 14 blocks of 7 days, first 4 left out, seed 8412"
    let plan = try NOf1Plan(parsing: text, person: me)
    #expect(plan.description == text)
    #expect(plan.event == "late_night" && plan.arms == .withOrWithout)
    #expect(plan.start == LocalDate(year: 2026, month: 12, day: 1))
    #expect(plan.blocks == 14 && plan.blockDays == 7 && plan.washoutDays == 4)
    #expect(plan.seed == 8412)
  }

  @Test(arguments: ["tea", "a drive from work", "milk, cold", "as usual tea", "Käse 🧀"])
  func `Whatever the person calls it comes back`(event: String) throws {
    for arms in NOf1Plan.Arms.allCases {
      let plan = try NOf1Plan(
        person: me, event: event, arms: arms, start: LocalDate(daysSince1970: 20_000), blocks: 20,
        blockDays: 10, washoutDays: 0, seed: .max)
      #expect(try NOf1Plan(parsing: plan.description, person: me) == plan)
    }
  }

  @Test(arguments: [
    ("", "four parts"),
    ("late_night", "four parts"),
    ("late_night 2026-12-01, 14 blocks of 7 days, first 4 left out, seed 1", "and a date"),
    ("late_night from 2026-02-30, 14 blocks of 7 days, first 4 left out, seed 1", "and a date"),
    ("x from 2026-12-01, 14 blocks of a week, first 4 left out, seed 1", "'14 blocks of a week'"),
    ("x from 2026-12-01, 14 blocks of 7 days, 4 left out, seed 1", "'4 left out'"),
    ("x from 2026-12-01, 14 blocks of 7 days, first 4 left out, seed -1", "'seed -1'"),
    ("x from 2026-12-01, 14 blocks of 7 days, first 4 left out, seed 1 ", "'seed 1 '"),
    ("x from 2026-12-01, 13 blocks of 7 days, first 4 left out, seed 1", "an even number"),
    ("x from 2026-12-01, 14 blocks of 7 days, first 7 left out, seed 1", "cannot be left out"),
    ("wine from 2026-12-01, 14 blocks of 7 days, first 4 left out, seed 1", "only by leaving"),
    ("x from 2026-12-01, 014 blocks of 7 days, first 4 left out, seed 1", "would be written"),
    (" from 2026-12-01, 14 blocks of 7 days, first 4 left out, seed 1", "no kind of event"),
  ])
  func `What is no plan is refused with what is wrong and how one reads`(
    text: String, words: String
  ) throws {
    let fault = try #require(throws: NOf1PlanFault.self) {
      try NOf1Plan(parsing: text, person: me)
    }
    #expect(fault.fault.contains(words))
    #expect(fault.description.hasPrefix("'\(text)' is no plan: "))
    #expect(fault.description.contains("one reads 'late_night from 2026-12-01"))
  }
}
