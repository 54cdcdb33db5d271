import Bus
import Readings
import ServiceLifecycle
import SimulatedParts
import Testing

@testable import Acquisition

@Suite("air schedule") struct AirScheduleTests {
  private func seconds(_ instants: [BootInstant]) -> [Double] {
    instants.map(\.sinceBoot.inSeconds)
  }

  private func at(_ seconds: Double) -> BootInstant { BootInstant(sinceBoot: .seconds(seconds)) }

  @Test(
    "the next moment is a whole period of the board's clock and the offset, and never the present",
    arguments: [
      (60.0, 0.0, 0.0, 60.0), (60, 0, 59.999_999, 60), (60, 0, 60, 120), (60, 20, 12, 20),
      (60, 20, 20, 80), (60, 20, 79.5, 80), (10, 9.5, 3, 9.5), (0.25, 0, 1.1, 1.25),
    ])
  func next(every: Double, offset: Double, time: Double, next: Double) {
    let schedule = AirSchedule(every: .seconds(every), offset: .seconds(offset))
    #expect(schedule.next(after: at(time)) == at(next))
  }

  @Test(
    "a first sample stands for the moment it is nearest to",
    arguments: [(14.0, 60.0), (29, 60), (31, 120), (59, 120), (61, 120)])
  func first(time: Double, next: Double) {
    #expect(AirSchedule(every: .seconds(60)).next(afterFirst: at(time)) == at(next))
  }

  /// Two parts on one bus, each with a schedule of its own, from the 58th second since boot.
  private func bench(
    _ schedule: AirSchedule, from start: Duration = .zero, for length: Duration
  ) async throws -> AirBench {
    let bench = AirBench()
    bench.bus.attach(SimulatedSHT4x(air: PlantedAir.air), at: 0x44)
    try await bench.time.run {
      try await bench.rest(start)
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        let samplers = [bench.sampler(), bench.sampler(.sht4x, at: 0x44, schedule)]
        for service in [bench.writer as any Service] + samplers.compactMap(\.self) {
          tasks.addTask { try await service.run() }
        }
        try await bench.rest(length)
        tasks.cancelAll()
        try await tasks.waitForAll()
      }
    }
    return bench
  }

  private func moments(of part: String, _ bench: AirBench) async -> [Double] {
    await bench.sink.samples.filter { $0.part == part }.map(\.stamp.moment.sinceBoot.inSeconds)
  }

  @Test("two parts on one bus, one of them six times as often and set off, never meet")
  func apart() async throws {
    let schedule = AirSchedule(every: .seconds(10), offset: .seconds(5))
    let bench = try await bench(schedule, for: .seconds(600))
    let slow = await moments(of: AirBench.part, bench)
    let fast = await moments(of: "sht4x 0x44", bench)
    #expect(slow.dropFirst() == (2...10).map { Double($0) * 60 }[...])
    #expect(fast.dropFirst() == (7...65).map { Double($0) * 10 + 5 }[...])
  }

  @Test(
    "a restart keeps the moments, whenever it comes",
    arguments: [Duration.milliseconds(1), .seconds(7.3), .seconds(29), .seconds(51)])
  func restart(after start: Duration) async throws {
    let schedule = AirSchedule(every: .seconds(30), offset: .seconds(20))
    let bench = try await bench(schedule, from: start, for: .seconds(300))
    let moments = await moments(of: "sht4x 0x44", bench)
    #expect(moments.count >= 9)
    #expect(moments.dropFirst().allSatisfy { ($0 - 20).remainder(dividingBy: 30) == 0 })
    // None is left out: the first one stands for the moment it is nearest to.
    #expect(moments[1] - moments[0] <= 45)
    #expect(zip(moments.dropFirst(), moments.dropFirst(2)).allSatisfy { $1 - $0 == 30 })
  }

  @Test("a step of the wall clock moves no sample")
  func step() async throws {
    let bench = try await AirBench.run { bench in
      try await bench.rest(.seconds(100))
      bench.time.stepWallClock(by: .seconds(-5400))
      try await bench.rest(.seconds(100))
      bench.time.stepWallClock(by: .seconds(86_417))
      try await bench.rest(.seconds(100))
    }
    #expect(
      await moments(of: AirBench.part, bench).dropFirst() == [120, 180, 240, 300])
  }
}
