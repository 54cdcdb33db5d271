/// Somebody who taps: what they do in a slot follows from the seed, the day and the slot alone.
package struct SimulatedPerson: Hashable, Sendable {
  /// Before bed or after waking.
  package enum DaySlot: UInt64, Hashable, Sendable, CaseIterable {
    case morning, evening
  }

  package let plan: PersonPlan
  private let seed: UInt64

  package init(plan: PersonPlan, seed: UInt64) {
    self.plan = plan
    self.seed = RandomField.hash(seed, 0x9E75)
  }

  /// The session of a slot, or nil where the person misses it.
  ///
  /// - Parameters:
  ///   - day: Local days since 1970-01-01.
  ///   - slot: An evening belongs to the day it began on, also after midnight.
  /// - Returns: When it starts and what is touched.
  package func session(day: Int, slot: DaySlot) -> PlannedSession? {
    var generator = generator(day, slot, 1)
    if generator.uniform() < plan.missed { return nil }
    let habit = slot == .morning ? plan.morning : plan.evening
    let shift = min(max(generator.gaussian(), -3), 3)
    var touches: [PlannedTouch] = []
    var offset = Duration.zero
    for (number, site) in plan.sites.enumerated() {
      // A moment to find the next place.
      if number > 0 { offset += .milliseconds(Int(1500 + 1500 * generator.uniform())) }
      let truth = truth(day: day, slot: slot, site: number)
      var good = 0
      while good < plan.touches, touches.count < 20 * plan.sites.count {
        let touch = touch(at: site.name, from: offset, truth, &generator)
        touches.append(touch)
        offset = touch.offset + touch.contact + pause(&generator)
        if touch.flaw == nil { good += 1 }
      }
    }
    return PlannedSession(
      start: habit.time + habit.deviation * shift, touches: touches)
  }

  /// What the skin is like in a slot, without the noise of touching it.
  package func truth(
    day: Int, slot: DaySlot, site: Int
  ) -> (moisture: Double, sebum: Double) {
    func value(_ level: PersonPlan.Level, _ channel: UInt64) -> Double {
      let side = slot == .morning ? level.morning : -level.morning
      // The sine tops on day 205, in late July.
      let season = level.season * Mathematics.wave((Double(day) - 205) / 365.2425 + 0.25)
      let key = RandomField.hash(seed, UInt64(site), channel, slot.rawValue)
      let value =
        level.mean + side + season + level.deviation * drift(level.persistence, key, day)
      return min(max(value, 3), 115)
    }
    return (value(plan.sites[site].moisture, 1), value(plan.sites[site].sebum, 2))
  }

  /// A first-order autoregression of variance 1, as the sum of the shocks that still matter: any
  /// day can be asked for without the days before it.
  private func drift(_ persistence: Double, _ key: UInt64, _ day: Int) -> Double {
    var (sum, weight, power, lag) = (0.0, 1.0, 0.0, 0)
    while weight > 0.01, lag < 400 {
      sum +=
        weight * RandomField.gaussian(RandomField.hash(key, UInt64(bitPattern: Int64(day - lag))))
      power += weight * weight
      weight *= persistence
      lag += 1
    }
    return sum / power.squareRoot()
  }

  private func touch(
    at site: String, from offset: Duration, _ truth: (moisture: Double, sebum: Double),
    _ generator: inout SeededGenerator
  ) -> PlannedTouch {
    let draw = generator.uniform()
    let flaw: PlannedTouch.Flaw? =
      draw < plan.tooShort ? .tooShort : draw < plan.tooShort + plan.unsteady ? .unsteady : nil
    let held = 2200 + 250 * min(max(generator.gaussian(), -2.5), 2.5)
    let brief = 250 + 350 * generator.uniform()
    return PlannedTouch(
      site: site, offset: offset,
      contact: .milliseconds(Int(flaw == .tooShort ? brief : held)),
      moisture: truth.moisture * (1 + plan.repeatability * generator.gaussian()),
      sebum: truth.sebum * (1 + plan.repeatability * generator.gaussian()), flaw: flaw,
      closingBounces: bounces(&generator), openingBounces: bounces(&generator),
      noiseSeed: generator.next())
  }

  /// At least 5 s off the skin, so that it does not soak; less than the 10 s that end a session.
  private func pause(_ generator: inout SeededGenerator) -> Duration {
    .milliseconds(Int(5200 + 1800 * generator.uniform()))
  }

  private func bounces(_ generator: inout SeededGenerator) -> Int {
    Int(generator.uniform() * Double(plan.bounces + 1))
  }

  private func generator(_ day: Int, _ slot: DaySlot, _ use: UInt64) -> SeededGenerator {
    SeededGenerator(
      seed: RandomField.hash(seed, UInt64(bitPattern: Int64(day)), slot.rawValue, use))
  }
}

/// What a person does in one slot.
package struct PlannedSession: Hashable, Sendable {
  /// Counted from local midnight of the slot's day; an evening may pass 24 h.
  package var start: Duration
  /// In order of time.
  package var touches: [PlannedTouch]
}

/// One touch as the person means it.
package struct PlannedTouch: Hashable, Sendable {
  /// What is wrong with it.
  package enum Flaw: Hashable, Sendable { case tooShort, unsteady }

  package var site: String
  /// From the session's start to the contact.
  package var offset: Duration
  package var contact: Duration
  /// The indices this touch finds, without the converters' noise.
  package var moisture: Double
  package var sebum: Double
  package var flaw: Flaw?
  /// How often the contact goes there and back at each edge.
  package var closingBounces: Int
  package var openingBounces: Int
  package var noiseSeed: UInt64
}
