import SimulatedParts
import Testing

@Suite struct SimulatedPersonTests {
  private static let days = 20_000..<21_000

  private func sessions(_ person: SimulatedPerson) -> [PlannedSession] {
    Self.days.flatMap { day in
      SimulatedPerson.DaySlot.allCases.compactMap { person.session(day: day, slot: $0) }
    }
  }

  @Test("what a person does follows from seed, day and slot, in whatever order one asks")
  func pure() {
    let person = SimulatedPerson(plan: PersonPlan(), seed: 5)
    let forwards = Self.days.prefix(50).map { person.session(day: $0, slot: .evening) }
    let backwards = Self.days.prefix(50).reversed().map { person.session(day: $0, slot: .evening) }
    #expect(forwards == backwards.reversed())
    #expect(
      forwards
        != Self.days.prefix(50).map {
          SimulatedPerson(plan: PersonPlan(), seed: 6).session(day: $0, slot: .evening)
        })
  }

  @Test("one slot in twelve or so is missed")
  func missed() {
    let count = sessions(SimulatedPerson(plan: PersonPlan(), seed: 5)).count
    // 8 % of 2000, give or take five standard deviations.
    #expect((1780...1900).contains(count))
  }

  @Test("each site gets its good touches, and bad ones are repeated")
  func goodTouches() {
    var plan = PersonPlan()
    plan.sites = [.init(name: "cheek"), .init(name: "forehead")]
    let sessions = sessions(SimulatedPerson(plan: plan, seed: 5))
    for session in sessions {
      for site in ["cheek", "forehead"] {
        #expect(session.touches.count { $0.site == site && $0.flaw == nil } == 5)
      }
    }
    let flaws = sessions.flatMap(\.touches).compactMap(\.flaw)
    #expect(Set(flaws) == [.tooShort, .unsteady])
  }

  @Test("a touch that is too short is shorter than 0.8 s, and no other is")
  func contactTimes() {
    for touch in sessions(SimulatedPerson(plan: PersonPlan(), seed: 5)).flatMap(\.touches) {
      #expect((touch.contact < .milliseconds(800)) == (touch.flaw == .tooShort))
    }
  }

  @Test("between two touches lie 5 to 10 s")
  func pauses() {
    for session in sessions(SimulatedPerson(plan: PersonPlan(), seed: 5)) {
      for (touch, next) in zip(session.touches, session.touches.dropFirst()) {
        let pause = next.offset - touch.offset - touch.contact
        #expect(pause >= .seconds(5) && pause < .seconds(10))
      }
    }
  }

  @Test("mornings and evenings differ by what was planned")
  func morningsAndEvenings() {
    let person = SimulatedPerson(plan: PersonPlan(), seed: 5)
    func mean(_ slot: SimulatedPerson.DaySlot) -> Double {
      let days = 0..<3653
      return days.map { person.truth(day: $0, slot: slot, site: 0).moisture }.reduce(0, +) / 3653
    }
    let (morning, evening) = (mean(.morning), mean(.evening))
    #expect(abs((morning + evening) / 2 - 47) < 0.4)
    #expect(abs(evening - morning - 3) < 0.5)
  }

  @Test("summers are above winters by twice the season")
  func seasons() {
    var plan = PersonPlan()
    plan.sites[0].moisture.deviation = 0
    let person = SimulatedPerson(plan: plan, seed: 5)
    // 24 July and 23 January 2026.
    let summer = person.truth(day: 20_658, slot: .morning, site: 0).moisture
    let winter = person.truth(day: 20_476, slot: .morning, site: 0).moisture
    #expect(abs(summer - winter - 8) < 0.1)
  }

  @Test("days hang together as a first-order autoregression does")
  func persistence() {
    var plan = PersonPlan()
    plan.sites[0].moisture = .init(mean: 50, morning: 0, season: 0, persistence: 0.6, deviation: 3)
    let person = SimulatedPerson(plan: plan, seed: 5)
    let values = (0..<4000).map { person.truth(day: $0, slot: .morning, site: 0).moisture - 50 }
    func covariance(lag: Int) -> Double {
      zip(values, values.dropFirst(lag)).map(*).reduce(0, +) / Double(values.count)
    }
    #expect(abs(covariance(lag: 0).squareRoot() - 3) < 0.3)
    #expect(abs(covariance(lag: 1) / covariance(lag: 0) - 0.6) < 0.06)
    #expect(abs(covariance(lag: 2) / covariance(lag: 0) - 0.36) < 0.08)
  }

  @Test("touches scatter about the truth by 3 %")
  func repeatability() {
    let person = SimulatedPerson(plan: PersonPlan(), seed: 5)
    let errors = Self.days.flatMap { day -> [Double] in
      let truth = person.truth(day: day, slot: .morning, site: 0).moisture
      let touches = person.session(day: day, slot: .morning)?.touches ?? []
      return touches.map { $0.moisture / truth - 1 }
    }
    let mean = errors.reduce(0, +) / Double(errors.count)
    let deviation =
      (errors.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(errors.count)).squareRoot()
    #expect(abs(mean) < 0.003)
    #expect(abs(deviation - 0.03) < 0.003)
  }
}
