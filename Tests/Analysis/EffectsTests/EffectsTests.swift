import Curves
import Effects
import Mathematics
import Readings
import SyntheticSubject
import Testing

@Suite struct EffectsTests {
  private func effect(of peak: Double, days: Int, seed: UInt64) throws -> Effect {
    let plan = SubjectPlan(days: days, events: [PlantedEvent(kind: "late_night", peak: peak)])
    let subject = World.home.subject(plan, seed: seed)
    let answer = try #require(EffectAnalysis().effects(subject.history).first)
    return try answer.result.get()
  }

  @Test func `A strong planted effect is found, with its delay and about its size`() throws {
    let effect = try effect(of: 1, days: 365, seed: 7)
    #expect(effect.evidence > .none)
    #expect(effect.peak.low > 0)
    #expect((effect.delays[0] + effect.delays[1] + effect.delays[2]) > 0.9)
    let truth = World.home.cumulative(PlantedEvent(kind: "", peak: 1))
    let found = effect.cumulative.scaled(by: effect.deviation / 5)
    // Two standard errors, and what averaging over decays costs.
    #expect(abs(found.value - truth) < 1)
  }

  @Test func `Of fifty people without any effect few are told of one`() throws {
    var claims = 0
    for seed in 100..<150 as Range<UInt64> {
      // Those with too few events are told nothing.
      if let effect = try? effect(of: 0, days: 120, seed: seed), effect.evidence > .none {
        claims += 1
      }
    }
    // Nominal 5 %: more than 8 of 50 has a chance of 1 in 1000.
    #expect(claims <= 8)
  }

  @Test func `Before thirty days or eight events nothing is said, and what is missing is`() {
    let plan = SubjectPlan(days: 29, events: [PlantedEvent(kind: "stress", perYear: 300, peak: 1)])
    let short = EffectAnalysis().effects(World.home.subject(plan, seed: 1).history)
    #expect(short.map { "\($0.result)" }.allSatisfy { $0.contains("30 are needed") })
    let rare = SubjectPlan(days: 200, events: [PlantedEvent(kind: "stress", perYear: 4, peak: 1)])
    let few = EffectAnalysis().effects(World.home.subject(rare, seed: 1).history)
    #expect(few.map { "\($0.result)" }.allSatisfy { $0.contains("8 are needed") })
  }

  private static let poor: [[Double?]] = {
    let none: [Double?] = []
    let one: [Double?] = [50]
    let same = [Double?](repeating: 50, count: 200)
    let missing = [Double?](repeating: nil, count: 200)
    let mornings: [Double?] = (0..<200).map { $0.isMultiple(of: 2) ? Double($0 % 7) : nil }
    let months: [Double?] = (0..<800).map { (100..<700).contains($0) ? nil : Double($0 % 11) }
    return [none, one, same, missing, mornings, months]
  }()

  @Test(arguments: poor) func `Poor diaries get a reason or an interval, never a crash`(
    values: [Double?]
  ) {
    let padded = values.count.isMultiple(of: 2) ? values : values + [nil]
    var history = History(
      person: "me", firstDate: LocalDate(daysSince1970: 20_000), days: padded.count / 2,
      curves: [Curve(channel: "skin.moisture", site: "cheek", values: padded)])
    history.events = [
      EventCurve(
        kind: "stress", doses: padded.indices.map { $0.isMultiple(of: 9) ? 1 : 0 })
    ]
    for answer in EffectAnalysis().effects(history) {
      switch answer.result {
      case .failure(let silence): #expect(!silence.reason.isEmpty)
      case .success(let effect):
        #expect(effect.peak.low.isFinite && effect.peak.low <= effect.peak.value)
        #expect(effect.peak.value <= effect.peak.high && effect.peak.high.isFinite)
      }
    }
  }

  @Test func `A kernel's doses add up, and its total is the sum over days`() {
    let kernel = LagKernel(delayDays: 1, tauDays: 2)
    var doses = Array(repeating: 0.0, count: 400)
    doses[3] = 1
    doses[5] = 0.5
    let spread = kernel.spread(doses)
    // Two places a day: the first dose begins to act two places later.
    #expect(spread[4] == 0 && spread[5] == 1)
    #expect(abs(spread[9] - (0.36787944117144233 + 0.5 * 0.6065306597126334)) < 1e-12)
    // 1.5 doses over all days, half a day a place.
    #expect(abs(spread.reduce(0, +) / 2 - 1.5 * kernel.total) < 1e-9)
  }

  @Test func `Two events of the same evening are told apart`() throws {
    let plan = SubjectPlan(
      days: 730,
      events: [
        PlantedEvent(kind: "alcohol", perYear: 90, peak: 1),
        PlantedEvent(kind: "spicy_food", perYear: 90, peak: 0),
      ])
    var subject = World.home.subject(plan, seed: 3)
    // Half of the evenings with alcohol are spicy too.
    let alcohol = subject.history.events[0].doses
    for place in alcohol.indices where alcohol[place] > 0 && place.isMultiple(of: 4) == false {
      subject.history.events[1].doses[place] = 1
    }
    let effects = EffectAnalysis().effects(subject.history)
    let first = try effects[0].result.get()
    let second = try effects[1].result.get()
    #expect(first.event == "alcohol" && first.evidence > .none)
    #expect(second.peak.low < 0 && second.peak.high > 0)
  }
}
