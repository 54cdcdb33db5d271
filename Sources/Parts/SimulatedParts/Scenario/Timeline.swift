import Bus

/// Everything that happens in a scenario, in order of time, without an end.
struct Timeline: IteratorProtocol, Sequence {
  /// What happens.
  enum Happening: Hashable {
    case clock(ClockEvent.Change)
    case fault(FaultEvent)
    case press(PlannedTouch)
    case lift(PlannedTouch)
  }

  /// What happens when, counted from the scenario's start.
  struct Event: Hashable {
    var at: Duration
    var happening: Happening
  }

  private let scenario: Scenario
  private let person: SimulatedPerson
  /// The clock's events and the faults, latest first.
  private var announced: [Event]
  /// The taps that are known, latest first, and the day that is planned next.
  private var taps: [Event] = []
  private var day: Int

  init(_ scenario: Scenario) {
    self.scenario = scenario
    person = SimulatedPerson(plan: scenario.person, seed: scenario.seed)
    let clock = scenario.clock.map { Event(at: $0.at, happening: .clock($0.change)) }
    let faults = scenario.faults.map { Event(at: $0.at, happening: .fault($0)) }
    announced = Self.latestFirst(clock + faults)
    let local = scenario.startUTCMicroseconds + scenario.utcOffset.microseconds
    // The evening before may still be to come where the scenario starts after midnight.
    day = Int((Double(local) / Self.dayMicroseconds).rounded(.down)) - 1
  }

  private static let dayMicroseconds = 86_400e6

  mutating func next() -> Event? {
    // A person who misses every slot leaves nothing but what was announced.
    var emptyDays = 0
    while taps.isEmpty, emptyDays < 1000 {
      taps = planned(day: day)
      day += 1
      emptyDays += 1
    }
    guard let tap = taps.last else { return announced.popLast() }
    if let other = announced.last, other.at <= tap.at { return announced.popLast() }
    return taps.popLast()
  }

  /// Sorted for taking from the end; of equals the first listed comes first.
  private static func latestFirst(_ events: [Event]) -> [Event] {
    events.enumerated().sorted { ($0.element.at, $0.offset) > ($1.element.at, $1.offset) }
      .map(\.element)
  }

  /// A day's touches, latest first; a session that began before the scenario is left out.
  private func planned(day: Int) -> [Event] {
    let midnight =
      Duration.seconds(day * 86_400) - .microseconds(scenario.startUTCMicroseconds)
    let offset = scenario.utcOffset(at: midnight + .seconds(43_200) - scenario.utcOffset)
    let sessions = SimulatedPerson.DaySlot.allCases.compactMap {
      person.session(day: day, slot: $0)
    }
    let events = sessions.flatMap { session -> [Event] in
      let start = midnight - offset + session.start
      guard start >= .zero else { return [] }
      return session.touches.flatMap { touch in
        [
          Event(at: start + touch.offset, happening: .press(touch)),
          Event(at: start + touch.offset + touch.contact, happening: .lift(touch)),
        ]
      }
    }
    return Self.latestFirst(events)
  }
}
