import Bus
import Readings
import SimulatedParts
import Testing

@testable import Acquisition

@Suite("reminders") struct ReminderTests {
  private static let me = Person("me")
  private static let anna = Person("anna")

  /// Lives from 21:13 UTC with reminders at 09:30 and 00:15, and gives what was said of slots.
  private static func told(
    for length: Duration, people: [Person] = [me], error: Duration = .zero,
    _ script: @Sendable @escaping (AirBench) async throws -> Void = { _ in }
  ) async throws -> [String] {
    let bench = AirBench()
    let entries = people.map { People.Entry(person: $0, sites: [Site("cheek")]) }
    let keeper = Housekeeper(
      period: .seconds(60), plan: { DayPlan(zone: .utc) }, outlets: bench.outlets,
      host: .init(isAlive: {}, status: nil),
      watch: .init(
        reminders: [.morning: 570, .evening: 15],
        people: People(entries: entries, current: people[0])))
    try await bench.time.run {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await keeper.run() }
        try await script(bench)
        try await bench.rest(length)
        tasks.cancelAll()
        try await tasks.waitForAll()
      }
    }
    return bench.board.notices.filter { $0.kind == .slotMissed }.map { notice in
      "\(notice.text) \(notice.stamp?.utc.seconds ?? 0)"
    }
  }

  private static func tap(of person: Person, _ bench: AirBench, touches: Int = 1) -> TapSession {
    let stamp = bench.herald.keeper.stamp()
    let measure = Touch.Measure(
      channel: .skinMoisture, raw: 6, rawUnit: .picofarads, value: 47, spread: 1, samples: [1],
      refusal: touches > 0 ? nil : .tooShort, part: "fdc1004 0x50")
    return TapSession(
      person: person, started: stamp, ended: stamp,
      touches: [
        Touch(
          number: 1, site: Site("cheek"), started: stamp, contact: .seconds(1), measures: [measure])
      ], air: [:], verdict: touches > 0 ? .saved : .refused)
  }

  // 2026-03-04 00:15 and 09:30 UTC.
  private static let night = "no evening tap yet 1772583"
  private static let morning = "no morning tap yet 1772616"

  @Test("wish 11: a slot without a tap is told of at the chosen time, once, after midnight too")
  func missed() async throws {
    let told = try await Self.told(for: .seconds(15 * 3600))
    #expect(told.count == 2)
    #expect(told.first?.hasPrefix(Self.night) == true, "\(told)")
    #expect(told.last?.hasPrefix(Self.morning) == true, "\(told)")
  }

  @Test("whoever has tapped is not reminded; a tap that does not count is none")
  func tapped() async throws {
    let told = try await Self.told(for: .seconds(15 * 3600), people: [Self.me, Self.anna]) {
      bench in
      bench.health.taps.note(Self.tap(of: Self.me, bench))
      bench.health.taps.note(Self.tap(of: Self.anna, bench, touches: 0))
    }
    let names = told.map { $0.split(separator: " yet")[0] }
    #expect(names == ["no evening tap of anna", "no morning tap of me", "no morning tap of anna"])
  }

  @Test("with a clock that nobody vouches for, nobody is reminded")
  func unsynced() async throws {
    let told = try await Self.told(for: .seconds(15 * 3600)) { bench in
      bench.time.loseSynchronisation()
    }
    #expect(told.isEmpty)
  }

  @Test("a tap that is held in memory is a tap")
  func held() async throws {
    let told = try await Self.told(for: .seconds(5 * 3600)) { $0.health.setHeldTaps(1) }
    #expect(told.isEmpty)
  }

  @Test("what was told before a restart is not told again")
  func restart() {
    let key = SlotKey(date: LocalDate(daysSince1970: 20_515), slot: .evening)
    let taps = TapTimes([], reminded: [(Self.me, key)])
    #expect(taps.wasReminded(Self.me, of: key))
    #expect(!taps.wasReminded(Self.anna, of: key))
  }
}
