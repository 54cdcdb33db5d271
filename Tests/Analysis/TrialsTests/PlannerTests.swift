import Curves
import Effects
import Mathematics
import Readings
import Testing

@testable import Trials

@Suite struct PlannerTests {
  private let start = LocalDate(daysSince1970: 20_423)
  private var blank: History { History(person: "me", firstDate: start, days: 0) }

  /// White noise of this SD about a sine as slow as the diary is long.
  private func diary(days: Int, noise: Double) -> History {
    var random = SeededGenerator(seed: 4)
    let values = (0..<(2 * days)).map { place in
      4 * (Double(place) / Double(2 * days) * 2 * Double.pi).sine + noise * random.normal()
    }
    return History(
      person: "me", firstDate: start - days, days: days,
      curves: [Curve(channel: "skin.moisture", site: "cheek", values: values)])
  }

  @Test func `In week-long blocks every kernel shows with its sign`() throws {
    let plan = try MadeUp.plan(seed: 1, blocks: 26)
    for index in LagKernel.all.indices {
      var alone = LagKernel.all.map { _ in 0.0 }
      alone[index] = 1
      let reach = TrialReach(noise: .home, dosesPerDay: 1, kernels: alone, level: 0.05)
      #expect(reach.difference(plan) > 0.5)
    }
  }

  @Test func `In blocks of four days a late effect shows with the wrong sign`() throws {
    let plan = try NOf1Plan(
      person: Person("me"), event: "late_night", start: start, blocks: 40, blockDays: 4,
      washoutDays: 1, seed: 1)
    var late = LagKernel.all.map { _ in 0.0 }
    late[12] = 1
    let reach = TrialReach(noise: .home, dosesPerDay: 1, kernels: late, level: 0.05)
    #expect(LagKernel.all[12] == LagKernel(delayDays: 3, tauDays: 1))
    #expect(reach.difference(plan) < 0)
  }

  @Test func `A larger effect needs a shorter trial, and one too small is said to be`() throws {
    var planner = NOf1Planner(event: "late_night")
    planner.peak = 0.8
    let large = try planner.proposal(in: blank, from: start)
    #expect(large.isEnough && large.power >= 0.8 && large.days < NOf1Planner.mostDays)
    #expect(large.historyDays == nil)
    #expect(large.description.contains("made-up person's noise, as the diary is too short"))
    planner.peak = 0.1
    let small = try planner.proposal(in: blank, from: start)
    #expect(!small.isEnough && small.power < 0.3 && small.blocks == 26)
    #expect(small.description.contains("half a year is too short for an effect on"))
  }

  @Test func `The person's own noise counts`() throws {
    var planner = NOf1Planner(event: "late_night")
    planner.peak = 0.4
    let quiet = try planner.proposal(in: diary(days: 100, noise: 1), from: start)
    let loud = try planner.proposal(in: diary(days: 100, noise: 30), from: start)
    #expect(quiet.historyDays == 100 && quiet.outcome == "skin.moisture at cheek")
    #expect(quiet.blocks < loud.blocks || quiet.power > loud.power)
    let short = try planner.proposal(in: diary(days: 29, noise: 1), from: start)
    #expect(short.historyDays == nil)
  }

  @Test func `More outcomes need a longer trial`() throws {
    var planner = NOf1Planner(event: "late_night")
    planner.peak = 0.8
    var history = diary(days: 100, noise: 8)
    let one = try planner.proposal(in: history, from: start)
    history.curves = Array(repeating: history.curves[0], count: 5)
    let five = try planner.proposal(in: history, from: start)
    #expect(five.blocks > one.blocks)
  }

  @Test func `Leaving out what is rare shows little`() throws {
    var history = diary(days: 100, noise: 8)
    let weekly = history.curves[0].values.indices.map { $0 % 14 == 1 ? 1.0 : 0 }
    history.events = [EventCurve(kind: "alcohol", doses: weekly)]
    let rare = try NOf1Planner(event: "alcohol").proposal(in: history, from: start)
    #expect(rare.arms == .asUsualOrWithout && !rare.isEnough)
    let nightly = try NOf1Planner(event: "late_night").proposal(in: history, from: start)
    // A dose a week, one day in 7 at 100 days: 15 in 100.
    #expect(abs(rare.difference / nightly.difference - 0.15) < 0.01)
  }

  @Test func `What cannot be tried is refused`() {
    var planner = NOf1Planner(event: "late_night")
    planner.blockDays = 20
    #expect(throws: Silence("12 blocks of 20 days are more than half a year")) {
      try planner.proposal(in: blank, from: start)
    }
    planner.blockDays = 0
    #expect(throws: Silence.self) { try planner.proposal(in: blank, from: start) }
    planner = NOf1Planner(event: "cycle_start")
    #expect(throws: Silence.self) { try planner.proposal(in: blank, from: start) }
  }
}
