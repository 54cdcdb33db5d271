import Bus
import Readings
import SimulatedParts
import Testing

@testable import Acquisition

@Suite("health") struct HealthTests {
  @Test("nothing hangs where nothing has been promised, or everything came in time")
  func nothing() {
    let clock = ScriptedClock()
    let health = Health(clock: clock)
    #expect(health.hangs().isEmpty)
    health.turned("air", againBy: clock.now.advanced(by: .seconds(60)))
    clock.pass(.seconds(60))
    #expect(health.hangs().isEmpty)
  }

  @Test("a loop that does not come round is named, until it does")
  func loop() {
    let clock = ScriptedClock()
    let health = Health(clock: clock)
    health.turned("b", againBy: clock.now.advanced(by: .seconds(60)))
    health.turned("a", againBy: clock.now.advanced(by: .seconds(60)))
    clock.pass(.seconds(61))
    #expect(health.hangs() == ["a", "b"])
    health.turned("a", againBy: clock.now.advanced(by: .seconds(60)))
    #expect(health.hangs() == ["b"])
  }

  @Test("a write that hangs is named, and one that failed is not")
  func write() async throws {
    let clock = ScriptedClock()
    let health = Health(clock: clock)
    try await health.whileWriting {
      clock.pass(.seconds(90))
      #expect(health.hangs().isEmpty)
      clock.pass(.seconds(1))
      #expect(health.hangs() == ["the diary"])
    }
    #expect(health.hangs().isEmpty)
    await #expect(throws: MemorySink.Refused.self) {
      try await health.whileWriting { throw MemorySink.Refused() }
    }
    clock.pass(.seconds(600))
    #expect(health.hangs().isEmpty)
  }

  @Test("a write that hangs is named while others come and go")
  func twoWrites() async throws {
    let clock = ScriptedClock()
    let health = Health(clock: clock)
    try await health.whileWriting {
      clock.pass(.seconds(60))
      try await health.whileWriting { clock.pass(.seconds(31)) }
      #expect(health.hangs() == ["the diary"])
    }
    #expect(health.hangs().isEmpty)
  }

  @Test("after a suspend nobody is told of loops that only need a moment")
  func suspend() async throws {
    let bench = AirBench()
    let keeper = Housekeeper(
      period: .seconds(20), plan: { DayPlan(zone: .utc) }, outlets: bench.outlets,
      host: .init(isAlive: {}, status: nil))
    try await bench.time.run {
      bench.health.turned(AirBench.part, againBy: bench.time.now.advanced(by: .seconds(90)))
      try await bench.rest(.seconds(8 * 3600))
      await keeper.turn()
      bench.health.turned(AirBench.part, againBy: bench.time.now.advanced(by: .seconds(90)))
      await keeper.turn()
    }
    #expect(bench.board.notices.isEmpty)
  }

  @Test("the watchdog is pinged from work, and not while a loop hangs")
  func watchdog() async throws {
    let bench = AirBench()
    let pings = NoticeBoard()
    let keeper = Housekeeper(
      period: .seconds(20), plan: { DayPlan(zone: .utc) }, outlets: bench.outlets,
      host: .init(isAlive: { pings.post(Notice(.failure, "ping")) }, status: nil))
    try await bench.time.run {
      await keeper.turn()
      #expect(pings.notices.count == 1)
      bench.health.turned("sen55 0x69", againBy: bench.time.now.advanced(by: .seconds(30)))
      try await bench.rest(.seconds(31))
      await keeper.turn()
      await keeper.turn()
      #expect(pings.notices.count == 1)
      bench.health.turned("sen55 0x69", againBy: bench.time.now.advanced(by: .seconds(30)))
      await keeper.turn()
      #expect(pings.notices.count == 2)
    }
    let told = bench.board.notices.filter { $0.kind == .failure }
    #expect(told.count == 1)
    #expect(told.first?.text.contains("sen55 0x69") == true)
  }
}

@Suite("what is late when a run is ended") struct LatenessTests {
  @Test("loops, a write and the housekeeper are named with how late they are")
  func all() async throws {
    let clock = ScriptedClock()
    let health = Health(clock: clock)
    health.turned("sen55 0x69", againBy: clock.now.advanced(by: .seconds(60)))
    health.keepsHouse(againBy: clock.now.advanced(by: .seconds(30)))
    #expect(health.lateness(at: clock.now.advanced(by: .seconds(29))).isEmpty)
    try await health.whileWriting {
      #expect(health.lateness(at: clock.now.advanced(by: .seconds(10))).isEmpty)
      #expect(
        health.lateness(at: clock.now.advanced(by: .seconds(71))) == [
          "the diary (a write for 1 min)", "sen55 0x69 (11 s late)", "the housekeeper (41 s late)",
        ])
    }
    #expect(
      health.lateness(at: clock.now.advanced(by: .seconds(31))) == ["the housekeeper (1 s late)"])
  }

  @Test("it asks no clock but the moment it is given")
  func ownTime() {
    let clock = ScriptedClock()
    let health = Health(clock: clock)
    health.keepsHouse(againBy: clock.now.advanced(by: .seconds(30)))
    clock.pass(.seconds(3600))
    #expect(health.lateness(at: clock.now.advanced(by: .seconds(-3590))).isEmpty)
  }
}
