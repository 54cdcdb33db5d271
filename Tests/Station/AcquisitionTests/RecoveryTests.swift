import Bus
import Readings
import Sensors
import SimulatedParts
import Synchronization
import Testing

@testable import Acquisition

@Suite("recovery") struct RecoveryTests {
  /// The SEN55 of a bench with the given steps, while a script plays.
  private static func run(
    power: SimulatedSignal? = nil, rebind: (@Sendable () async throws(BusError) -> Void)? = nil,
    on bench: AirBench = AirBench(),
    _ script: @Sendable @escaping (AirBench) async throws -> Void
  ) async throws -> AirBench {
    let source = try #require(
      SupportedPart.sen55.airSource(
        on: bench.bus, at: 0x69, clock: bench.time, channels: SupportedPart.sen55.channels,
        particleWarmUp: .seconds(60)))
    let steps = RecoverySteps(
      power: power.map { PowerSwitch(line: $0, clock: bench.time) },
      rebind: rebind.map { AdapterRebind(clock: bench.time, $0) })
    let sampler = AirSampler(
      source: source, schedule: AirSchedule(every: .seconds(60)), outlets: bench.outlets,
      book: bench.book,
      care: PartCare(steps: steps))
    try await bench.time.run {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await sampler.run() }
        tasks.addTask { try await bench.writer.run() }
        try await script(bench)
        tasks.cancelAll()
        try await tasks.waitForAll()
      }
    }
    return bench
  }

  /// A supply whose interruption frees the bus, and restarts the part.
  private static func supply(_ bench: AirBench) -> SimulatedSignal {
    SimulatedSignal(name: "supply", clock: bench.time) { isOn, _ in
      if !isOn { bench.bus.clearFaults() }
      if !isOn, let part = bench.bus.detach(at: 0x69) { bench.bus.attach(part, at: 0x69) }
    }
  }

  private static func moment(_ kind: Notice.Kind, _ bench: AirBench) -> Int64? {
    bench.board.notices.first { $0.kind == kind }?.stamp.map { $0.bootMicroseconds / 1_000_000 }
  }

  @Test("a bus that a part holds is free within ten seconds where its supply can be switched")
  func stuck() async throws {
    let bench = AirBench()
    let supply = Self.supply(bench)
    _ = try await Self.run(power: supply, on: bench) { bench in
      try await bench.rest(.seconds(150))
      bench.fault(.stuckSDA, on: nil)
      try await bench.rest(.seconds(300))
    }
    let lost = try #require(Self.moment(.partLost, bench))
    let back = try #require(Self.moment(.partBack, bench))
    #expect(back - lost < 10)
    // On at the start; off for two seconds and on again.
    #expect(supply.pulses.count == 2)
    let gap = supply.history.map(\.0.sinceBoot.inSeconds)
    #expect(abs(gap[2] - gap[1] - 2) < 0.001)
    #expect(bench.kinds() == [.partFound, .partLost, .partRestarted, .partBack, .epochBegun])
    #expect(await bench.sink.epochs.map(\.cause) == ["sen55 0x69 was switched off and on"])
  }

  @Test("where power does not help the bus is bound anew, then a hand is asked for, each once")
  func ladder() async throws {
    let bench = AirBench()
    let rebinds = Mutex(0)
    let supply = SimulatedSignal(name: "supply", clock: bench.time)
    _ = try await Self.run(
      power: supply, rebind: { () throws(BusError) in rebinds.withLock { $0 += 1 } }, on: bench
    ) { bench in
      try await bench.rest(.seconds(150))
      bench.fault(.stuckSDA, on: nil, for: .seconds(3 * 3600))
      try await bench.rest(.seconds(3 * 3600))
      #expect(rebinds.withLock { $0 } == 1)
      #expect(supply.pulses.count == 2)
      let told = bench.board.notices.filter { $0.kind == .partRestarted }.map(\.text)
      #expect(told.count == 3)
      #expect(
        told.last == "sen55 0x69: every step was tried (switched off and on; its bus taken from "
          + "the driver and given back); it needs a hand. It is asked again twice a minute")
      #expect(bench.health.parts.first?.part.restarts == 2)
      // Back within ten seconds of the bus being free.
      try await bench.rest(.seconds(10))
      #expect(bench.kinds().contains(.partBack))
    }
  }

  @Test("a rebind that root alone may do is told once, with the mend, and not tried again")
  func denied() async throws {
    let tries = Mutex(0)
    let bench = try await Self.run(
      rebind: { () throws(BusError) in
        tries.withLock { $0 += 1 }
        throw BusError(.denied, path: "/dev/i2c-1", operation: "take the bus from its driver")
      }
    ) { bench in
      for _ in 0..<2 {
        try await bench.rest(.seconds(150))
        bench.fault(.timeout, for: .seconds(600))
        try await bench.rest(.seconds(1200))
      }
    }
    #expect(tries.withLock { $0 } == 1)
    let told = bench.board.notices.filter { $0.text.contains("could not be its bus") }
    #expect(told.count == 1)
    #expect(told.first?.text.contains("belong to root") == true)
  }

  @Test("an unplugged part hears no reset; it is back within half a minute, with a new start")
  func unplugged() async throws {
    let bench = try await Self.run { bench in
      try await bench.rest(.seconds(150))
      let part = bench.bus.detach(at: 0x69)
      try await bench.rest(.seconds(3600))
      if let part { bench.bus.attach(part, at: 0x69) }
      try await bench.rest(.seconds(31))
    }
    #expect(bench.kinds() == [.partFound, .partLost, .partBack])
    #expect(await bench.sink.epochs.isEmpty)
  }

  @Test("a part that answers nonsense is reset, and begins a new baseline when it is back")
  func reset() async throws {
    let bench = try await Self.run { bench in
      try await bench.rest(.seconds(150))
      bench.fault(.flippedBit, for: .seconds(200))
      try await bench.rest(.seconds(600))
    }
    #expect(bench.kinds().contains(.partRestarted))
    #expect(await bench.sink.epochs.map(\.cause) == ["sen55 0x69 was reset"])
    #expect(bench.health.parts.first?.part.state == .running)
  }

  @Test("one supply for two parts is switched once for both")
  func shared() async throws {
    let time = SimulatedTime(utcMicroseconds: 0)
    let line = SimulatedSignal(name: "supply", clock: time)
    let power = PowerSwitch(line: line, clock: time)
    try await time.run {
      try await power.turnOn()
      try await time.sleep(until: time.now.advanced(by: .seconds(60)), tolerance: nil)
      try await power.cycle()
      try await power.cycle()
    }
    #expect(line.pulses.count == 2)
  }
}
