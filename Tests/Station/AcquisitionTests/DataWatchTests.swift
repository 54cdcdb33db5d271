import Bus
import Readings
import Sensors
import ServiceLifecycle
import SimulatedParts
import Testing

@testable import Acquisition

@Suite("data that stop") struct DataWatchTests {
  /// A housekeeper's round a minute.
  private static func housekeeper(
    _ bench: AirBench, reminders: [Slot: Int] = [:], people: People? = nil
  ) -> Housekeeper {
    bench.health.expect(AirBench.part, answersCount: false)
    return Housekeeper(
      period: .seconds(60), plan: { DayPlan(zone: .utc) }, outlets: bench.outlets,
      host: .init(isAlive: {}, status: nil),
      watch: .init(stoppedAfter: .seconds(600), reminders: reminders, people: people))
  }

  private static func told(_ bench: AirBench, _ kinds: Set<Notice.Kind>) -> [String] {
    bench.board.notices.filter { kinds.contains($0.kind) }.map(\.text)
  }

  @Test("wish 11: a part that gives nothing for ten minutes is told of once, and when it is back")
  func stops() async throws {
    let bench = try await AirBench.run(with: { [Self.housekeeper($0)] }) { bench in
      try await bench.rest(.seconds(1800))
      bench.fault(.missing, for: .seconds(3600))
      try await bench.rest(.seconds(8 * 60))
      #expect(Self.told(bench, [.dataStopped]).isEmpty)
      try await bench.rest(.seconds(2 * 3600))
    }
    let told = Self.told(bench, [.dataStopped, .dataBack])
    #expect(told.count == 2)
    #expect(
      told.first == "sen55 0x69 has given no data for 10 min; it does not answer"
        || told.first == "sen55 0x69 has given no data for 11 min; it does not answer")
    #expect(told.last?.hasPrefix("sen55 0x69 gives data again, after 1 h") == true)
  }

  @Test("a part that answers old values for ever has stopped, though nothing fails")
  func stale() async throws {
    let bench = try await AirBench.run(with: { [Self.housekeeper($0)] }) { bench in
      try await bench.rest(.seconds(600))
      bench.fault(.staleData)
      try await bench.rest(.seconds(1200))
    }
    #expect(Self.told(bench, [.dataStopped]).first?.hasSuffix("it answers all the same") == true)
    #expect(bench.health.parts.first?.part.otherFailures == 0)
  }

  @Test("errors alone stop no data: half of all transfers may fail")
  func errors() async throws {
    let bench = try await AirBench.run(with: { [Self.housekeeper($0)] }) { bench in
      bench.fault(.nak, probability: 0.1)
      try await bench.rest(.seconds(6 * 3600))
    }
    #expect((bench.health.parts.first?.part.notAcknowledged ?? 0) > 50)
    #expect(Self.told(bench, [.dataStopped]).isEmpty)
  }

  @Test("a part of the probe is silent while nobody taps; only a lost one is told of")
  func probe() {
    let clock = ScriptedClock()
    let health = Health(clock: clock)
    let identity = PartIdentity(
      part: "fdc1004 0x50", product: "FDC1004", serial: nil, firmware: nil, status: nil,
      channels: [.skinMoisture])
    health.expect("fdc1004 0x50", answersCount: true)
    health.found(identity)
    clock.pass(.seconds(86_400))
    #expect(health.takeDataNews(stoppedAfter: .seconds(600)).isEmpty)
    health.found(identity)
    health.lost("fdc1004 0x50")
    clock.pass(.seconds(599))
    #expect(health.takeDataNews(stoppedAfter: .seconds(600)).isEmpty)
    clock.pass(.seconds(1))
    #expect(health.takeDataNews(stoppedAfter: .seconds(600)).map(\.isBack) == [false])
    clock.pass(.seconds(50))
    health.found(identity)
    let news = health.takeDataNews(stoppedAfter: .seconds(600))
    #expect(news.map(\.isBack) == [true])
    #expect(news.first?.silence == .seconds(650))
  }

  @Test("a part that was never there is told of as such")
  func never() {
    let clock = ScriptedClock()
    let health = Health(clock: clock)
    health.expect("sen55 0x69", answersCount: false)
    clock.pass(.seconds(600))
    let news = health.takeDataNews(stoppedAfter: .seconds(600))
    #expect(news.map(\.isFirst) == [true])
    #expect(health.takeDataNews(stoppedAfter: .seconds(600)).isEmpty)
  }

  @Test("after a night of sleep the gap is told once, and no part is blamed for it")
  func sleep() async throws {
    let bench = AirBench()
    let keeper = Self.housekeeper(bench)
    try await bench.time.run {
      bench.health.noteValue(of: AirBench.part, at: bench.time.now)
      await keeper.turn()
      try await bench.rest(.seconds(8 * 3600))
      await keeper.turn()
      try await bench.rest(.seconds(60))
      await keeper.turn()
    }
    #expect(
      bench.board.notices.map(\.text) == [
        "nothing ran for 8 h, as when the board sleeps; everything goes on from now, and the time "
          + "between is a gap"
      ])
  }
}
