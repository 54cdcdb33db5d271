import Bus
import Quantities
import SimulatedParts
import Synchronization
import Testing

@Suite struct SimulatedHouseTests {
  /// 1 March 2026, 00:00 UTC.
  private static let start: Int64 = 1_772_323_200_000_000

  private func scenario(_ change: (inout Scenario) -> Void = { _ in }) -> Scenario {
    var scenario = Scenario(seed: 3, startUTCMicroseconds: Self.start)
    scenario.person.missed = 0
    scenario.person.tooShort = 0
    scenario.person.unsteady = 0
    change(&scenario)
    return scenario
  }

  /// Lives so much of a scenario and gives what the contact did.
  private func contactEdges(
    _ scenario: Scenario, isDebounced: Bool = true, for length: Duration
  ) async throws -> [Edge] {
    let time = SimulatedTime(utcMicroseconds: scenario.startUTCMicroseconds, uptime: .zero)
    let house = SimulatedHouse(
      scenario: scenario, clock: time, isContactDebounced: isDebounced)
    return try await time.run {
      await withTaskGroup(of: Void.self) { group in
        let edges = house.contact.edges()
        group.addTask { await house.run() }
        try? await time.sleep(until: at(0).advanced(by: length), tolerance: nil)
        group.cancelAll()
        house.contact.close()
        return await edges.reduce(into: []) { $0.append($1) }
      }
    }
  }

  @Test("five touches in the morning and five in the evening, on local time")
  func twoSessions() async throws {
    let edges = try await contactEdges(
      scenario { $0.utcOffset = .seconds(3600) }, for: .seconds(86_400))
    let presses = edges.filter(\.isActive).map { $0.time.sinceBoot.inSeconds / 3600 + 1 }
    #expect(edges.count == 20)
    #expect(presses.prefix(5).allSatisfy { (6...8.5).contains($0) })
    #expect(presses.suffix(5).allSatisfy { (21...24.5).contains($0) })
  }

  @Test("summer time moves the taps with the person's clock")
  func summerTime() async throws {
    func firstPress(_ scenario: Scenario) async throws -> Duration? {
      try await contactEdges(scenario, for: .seconds(20 * 3600)).first?.time.sinceBoot
    }
    let winter = try await firstPress(scenario())
    let summer = try await firstPress(
      scenario { $0.utcOffsetChanges = [.init(at: .seconds(3 * 3600), offset: .seconds(3600))] })
    #expect(try #require(winter) - (try #require(summer)) == .seconds(3600))
  }

  @Test("the same scenario gives the same edges, bounces included; another seed gives others")
  func determinism() async throws {
    let first = try await contactEdges(scenario(), isDebounced: false, for: .seconds(200_000))
    #expect(first.count > 40)
    #expect(
      try await contactEdges(scenario(), isDebounced: false, for: .seconds(200_000)) == first)
    let other = scenario { $0.seed = 4 }
    #expect(try await contactEdges(other, isDebounced: false, for: .seconds(200_000)) != first)
  }

  @Test("faults come when they are due, and end")
  func faults() async throws {
    let scenario = scenario {
      $0.faults = [FaultEvent(.missing, on: 0x50, at: .seconds(60), lasting: .seconds(30))]
    }
    let time = SimulatedTime(utcMicroseconds: Self.start, uptime: .zero)
    let house = SimulatedHouse(scenario: scenario, clock: time)
    let answers = try await time.run {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await house.run() }
        var answers: [Bool] = []
        for seconds in [59, 61, 89, 91] {
          try await time.sleep(until: at(seconds * 1000), tolerance: nil)
          answers.append(try house.bus.answers(at: 0x50))
        }
        group.cancelAll()
        return answers
      }
    }
    #expect(answers == [true, false, false, true])
  }

  @Test("changes of the clock are told at their time, in order")
  func clockChanges() async throws {
    let scenario = scenario {
      $0.clock = [
        ClockEvent(at: .seconds(90), .step(.seconds(-3600))),
        ClockEvent(at: .seconds(30), .synchronised),
      ]
    }
    let told = Mutex<[(Duration, ClockEvent.Change)]>([])
    let time = SimulatedTime(utcMicroseconds: Self.start, uptime: .zero)
    let house = SimulatedHouse(scenario: scenario, clock: time) { change in
      told.withLock { $0.append((time.now.sinceBoot, change)) }
    }
    try await time.run {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await house.run() }
        try? await time.sleep(until: at(100_000), tolerance: nil)
        group.cancelAll()
      }
    }
    #expect(told.withLock { $0.map(\.0) } == [.seconds(30), .seconds(90)])
    #expect(told.withLock { $0.map(\.1) } == [.synchronised, .step(.seconds(-3600))])
  }

  /// What the parts see with the probe in the air and on the skin.
  private struct Sight: Sendable {
    var picofarads: [Double] = []
    var dark = 0.0
    var lit = 0.0
  }

  private func sight(
    _ house: SimulatedHouse, _ time: SimulatedTime
  ) async throws -> Sight {
    let bus = house.bus
    var sight = Sight()
    try bus.writeRegister(0x0C, [0x05, 0x80], to: 0x50)
    try bus.writeRegister(0xA1, [0x10], to: 0x29)
    try bus.writeRegister(0xA0, [0x03], to: 0x29)
    func counts() async throws -> Double {
      try await time.sleep(until: time.now.advanced(by: .milliseconds(250)), tolerance: nil)
      let bytes = try bus.readRegister(0xB4, count: 2, from: 0x29)
      return Double(Int(bytes[1]) << 8 | Int(bytes[0]))
    }
    sight.dark = try await counts()
    house.lamp.set(true)
    sight.lit = try await counts()
    house.lamp.set(false)
    for _ in 0..<30 {
      try await time.sleep(until: time.now.advanced(by: .milliseconds(10)), tolerance: nil)
      let bytes = try bus.readRegister(0x00, count: 2, from: 0x50)
      sight.picofarads.append(Double(Int16(bytes[0]) << 8 | Int16(bytes[1])) / 2048)
    }
    try bus.writeRegister(0xA0, [0x00], to: 0x29)
    return sight
  }

  @Test("the probe sees air before the touch and the person's skin during it")
  func probeOnSkin() async throws {
    let scenario = scenario()
    let person = SimulatedPerson(plan: scenario.person, seed: scenario.seed)
    let planned = try #require(person.session(day: 20_513, slot: .morning))
    let time = SimulatedTime(utcMicroseconds: Self.start, uptime: .zero)
    let house = SimulatedHouse(scenario: scenario, clock: time)
    let (air, skin) = try await time.run {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await house.run() }
        try await time.sleep(until: at(1000), tolerance: nil)
        let air = try await sight(house, time)
        let contact = at(200).advanced(by: planned.start)
        try await time.sleep(until: contact, tolerance: nil)
        let skin = try await sight(house, time)
        group.cancelAll()
        return (air, skin)
      }
    }
    let touch = planned.touches[0]
    #expect(air.picofarads.allSatisfy { abs($0 - 2) < 0.001 })
    let index = skin.picofarads.map { ($0 - 2) * 10 }.reduce(0, +) / 30
    #expect(abs(index / touch.moisture - 1) < 0.02)
    // A fresh strip in the room, then the touch's: 20000 counts to begin with, and half a decade
    // less at index 100. Index 60 is 20000 · 10^-0.3 = 10024; about there, 1.15 % go an index.
    #expect(abs(air.lit - air.dark - 20_000) <= 25)
    let expected = 10_024 * (1 - (touch.sebum - 60) * 0.0115)
    #expect(abs((skin.lit - skin.dark) / expected - 1) < 0.03)
    #expect(skin.dark == 40)
  }

  @Test("once lifted, the probe sees air again")
  func lifted() async throws {
    let scenario = scenario()
    let person = SimulatedPerson(plan: scenario.person, seed: scenario.seed)
    let planned = try #require(person.session(day: 20_513, slot: .morning))
    let time = SimulatedTime(utcMicroseconds: Self.start, uptime: .zero)
    let house = SimulatedHouse(scenario: scenario, clock: time)
    let lifted = try await time.run {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await house.run() }
        let lift = at(100).advanced(by: planned.start + planned.touches[0].contact)
        try await time.sleep(until: lift, tolerance: nil)
        let lifted = try await sight(house, time)
        group.cancelAll()
        return lifted
      }
    }
    #expect(lifted.picofarads.allSatisfy { abs($0 - 2) < 0.001 })
    #expect(lifted.dark == 900)
  }

  @Test("every supported part can be placed and answers")
  func everyPart() async throws {
    for part in SupportedPart.allCases {
      let clock = ManualClock()
      let address = try #require(part.addresses.first)
      let house = SimulatedHouse(
        scenario: scenario(), clock: clock, parts: [.init(part, at: address)])
      clock.advance(by: .seconds(2))
      #expect(try house.bus.answers(at: address))
    }
  }
}
