import Bus
import Readings
import Sensors
import SimulatedParts
import Testing

@testable import Acquisition

@Suite("fan cleaning") struct FanTests {
  /// 2026-03-04 00:00 UTC.
  private static let midnight = Timestamp.seconds(1_772_582_400)
  private static let week = Duration.seconds(7 * 86_400)

  private static func plan(last: Timestamp?, days: DayPlan = DayPlan(zone: .utc)) -> FanPlan {
    FanPlan(every: week, last: last, days: { days })
  }

  /// The minutes of the day at which it would be done, asked every quarter of an hour.
  private static func times(_ plan: FanPlan, usual: [Int] = []) -> [Int] {
    stride(from: 0, to: 1440, by: 15).filter { minute in
      plan.isTime(at: midnight + .seconds(minute * 60), usual: usual, sinceContact: nil)
    }
  }

  @Test("wish 13: it is done in mid-afternoon or in the small hours")
  func favourites() {
    #expect(
      Self.times(Self.plan(last: Self.midnight - Self.week))
        == [150, 165, 180, 195, 210, 870, 885, 900, 915, 930])
  }

  @Test("wish 13: never in the hour before and after the time at which somebody usually taps")
  func usual() {
    // Somebody taps at 15:20, and somebody at 02:50.
    let plan = Self.plan(last: Self.midnight - Self.week)
    #expect(Self.times(plan, usual: [920, 170]).isEmpty)
    // A day later every other time serves, and theirs still not.
    let late = Self.plan(last: Self.midnight - Self.week - .seconds(86_400))
    let times = Self.times(late, usual: [920, 170])
    #expect(times.count > 70)
    #expect(!times.contains { abs($0 - 920) <= 60 || abs($0 - 170) <= 60 })
  }

  @Test("wish 13: never within half an hour of a tap, however overdue it is")
  func recent() {
    let plan = Self.plan(last: Self.midnight - .seconds(90 * 86_400))
    let noon = Self.midnight + .seconds(43_200)
    #expect(!plan.isTime(at: noon, usual: [], sinceContact: .seconds(1799)))
    #expect(plan.isTime(at: noon, usual: [], sinceContact: .seconds(1800)))
  }

  @Test("not before a week has passed; after a year without a record at the next good time")
  func due() {
    #expect(Self.times(Self.plan(last: Self.midnight - .seconds(5 * 86_400))).isEmpty)
    #expect(Self.times(Self.plan(last: nil)).count == 10)
  }

  @Test("the usual time of an evening is told across midnight, by the last fourteen taps")
  func usualTimes() {
    let clock = ScriptedClock()
    let minutes = [0, 5, 10, 1430, 1435]
    let taps = (0..<30).map { day in
      // The first sixteen were at noon, and are past.
      let minute = day < 16 ? 720 : minutes[day % 5]
      return TapTimes.Tap(
        person: Person("me"),
        start: Stamp(
          utc: Self.midnight + .seconds(day * 86_400 + minute * 60), bootID: "b",
          bootMicroseconds: 0, trust: .synced), counts: true)
    }
    let usual = TapTimes(taps).usualMinutes(DayPlan(zone: .utc), TimeKeeper(clock: clock))
    #expect(usual.count == 2)
    #expect(usual.contains(720))
    #expect(usual.contains { [0, 1435].contains($0) })
  }

  /// The SEN55 through two days from 21:13 UTC, with its fan in the station's care.
  private static func live(
    _ length: Duration, care: (AirBench) -> PartCare
  ) async throws -> AirBench {
    let bench = AirBench()
    let source = try #require(
      SupportedPart.sen55.airSource(
        on: bench.bus, at: 0x69, clock: bench.time, channels: SupportedPart.sen55.channels,
        particleWarmUp: .seconds(60)))
    let sampler = AirSampler(
      source: source, schedule: AirSchedule(every: .seconds(60)), outlets: bench.outlets,
      book: bench.book,
      care: care(bench))
    try await bench.time.run {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await sampler.run() }
        tasks.addTask { try await bench.writer.run() }
        try await bench.rest(length)
        tasks.cancelAll()
        try await tasks.waitForAll()
      }
    }
    return bench
  }

  @Test("wish 13: particles of the cleaning are kept, marked, and used by nobody")
  func marked() async throws {
    let bench = try await Self.live(.seconds(24 * 3600)) { _ in
      PartCare(fan: Self.plan(last: nil))
    }
    let cleaned = bench.board.notices.filter { $0.kind == .fanCleaned }
    // At 02:30 of the first night, and not at the next good time.
    #expect(cleaned.count == 1)
    let time = try #require(cleaned.first?.stamp?.utc)
    #expect((150...165).contains(DayPlan(zone: .utc).local(time).minute))
    let samples = await bench.sink.samples
    let marked = samples.filter { sample in
      sample.readings.contains { reading in
        if case .value(_, .suspect, let reason) = reading.state {
          reason == "fan_cleaning"
        } else {
          false
        }
      }
    }
    // 10 s of blowing and a minute to settle: one sample, or two.
    #expect((1...2).contains(marked.count))
    for sample in marked {
      #expect(sample.stamp.utc > time && sample.stamp.utc < time + .seconds(71))
      let channels = sample.readings.filter { $0.usable == nil }.map(\.channel)
      #expect(channels == [.airPM1, .airPM2_5, .airPM4, .airPM10])
    }
  }

  @Test("the part's own timer is switched off, after each dip of its supply again")
  func ownTimer() async throws {
    let bench = try await Self.live(.seconds(1200)) { bench in
      bench.bus.set(
        FaultPlan(.brownOut, on: 0x69, from: bench.time.now.advanced(by: .seconds(300))))
      return PartCare(fan: Self.plan(last: Self.midnight))
    }
    let driver = SEN5x(bus: bench.bus, clock: bench.time)
    let interval = try await bench.time.run { try await driver.fanCleaningInterval() }
    #expect(interval == .zero)
  }

  @Test("with a clock that nobody vouches for, the fan is left alone")
  func unsynced() async throws {
    let bench = try await Self.live(.seconds(24 * 3600)) { bench in
      bench.time.loseSynchronisation()
      return PartCare(fan: Self.plan(last: nil))
    }
    #expect(!bench.board.notices.contains { $0.kind == .fanCleaned })
  }
}
