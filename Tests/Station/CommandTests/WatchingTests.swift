import Control
import Readings
import Store
import Testing

@testable import skin2vec

@Suite struct WatchingTests {
  private static let part = "fdc1004 0x50"
  /// 2026-11-20, a Friday.
  private static let friday = LocalDate(daysSince1970: 20_777)
  private static let plan = DayPlan(zone: .utc)

  /// Hours of a day, each with so many readings and failures.
  private static func day(_ age: Int, asked: Int, naks: Int, corrupted: Int = 0) -> [PartHealth] {
    (0..<24).map { hour in
      PartHealth(
        part: part,
        hour: .seconds(Int64((friday.daysSince1970 - age) * 86_400 + hour * 3600)),
        samples: asked, corrupted: corrupted, notAcknowledged: naks)
    }
  }

  @Test("wish 12: a wire that has been worse since Tuesday is told of as such")
  func worse() {
    // 0.1 % until Monday: 10 in 10 080; 4 % since Tuesday.
    var rows = (4..<18).flatMap { Self.day($0, asked: 30, naks: 0) }
    for index in rows.indices where index % 34 == 0 { rows[index].notAcknowledged = 1 }
    rows += (0...3).flatMap { Self.day($0, asked: 25, naks: 1) }
    let changes = HealthTrend(rows, Self.plan).changes
    #expect(changes.count == 1)
    #expect(
      changes.first?.words(today: Self.friday)
        == "fdc1004 0x50: 4.0 % NAKs since Tuesday, 0.1 % before")
  }

  @Test("a rate that was always so, a handful of failures, and a part of today are no trend")
  func noTrend() {
    let steady = (0..<20).flatMap { Self.day($0, asked: 25, naks: 1) }
    #expect(HealthTrend(steady, Self.plan).changes.isEmpty)
    var few = (0..<20).flatMap { Self.day($0, asked: 30, naks: 0) }
    for hour in 0..<9 { few[hour].notAcknowledged = 1 }
    #expect(HealthTrend(few, Self.plan).changes.isEmpty)
    #expect(HealthTrend(Self.day(0, asked: 30, naks: 20), Self.plan).changes.isEmpty)
    #expect(HealthTrend([], Self.plan).changes.isEmpty)
  }

  @Test("a wire that has been mended is not worse any more")
  func mended() {
    let rows =
      (10..<20).flatMap { Self.day($0, asked: 30, naks: 0) }
      + (0..<10).flatMap { Self.day($0, asked: 30, naks: $0 > 4 ? 1 : 0) }
    for change in HealthTrend(rows, Self.plan).changes {
      #expect(change.now < 0.02, "\(change)")
    }
  }

  @Test(
    "a day is named as people name it",
    arguments: [
      (0, "today"), (1, "yesterday"), (2, "Wednesday"), (6, "Saturday"), (7, "2026-11-13"),
    ])
  func dayNames(age: Int, words: String) {
    #expect((Self.friday - age).words(today: Self.friday) == words)
  }

  /// The taps of the days before Friday, by age; the present slot is Friday's evening.
  private static func streaks(mornings: [Int], evenings: [Int]) -> TapStreaks {
    let taps =
      mornings.map { SlotKey(date: friday - $0, slot: .morning) }
      + evenings.map { SlotKey(date: friday - $0, slot: .evening) }
    return TapStreaks(
      taps: Set(taps), present: SlotKey(date: friday, slot: .evening))
  }

  @Test("wish 11: twelve evenings in a row, and two mornings missed in the week")
  func streaks() {
    let streaks = Self.streaks(
      mornings: [0, 2, 3, 5, 6, 7, 8, 9], evenings: Array(1...12))
    #expect(streaks.words == "morning: 2 missed this week; 12 evenings in a row")
  }

  @Test("the evening that is going on breaks no row, and makes it longer once it has its tap")
  func present() {
    #expect(Self.streaks(mornings: [], evenings: [1, 2, 3]).streak(of: .evening) == 3)
    #expect(Self.streaks(mornings: [], evenings: [0, 1, 2, 3]).streak(of: .evening) == 4)
    #expect(Self.streaks(mornings: [], evenings: [2, 3]).streak(of: .evening) == 0)
  }

  @Test("nothing is missed before the first tap ever, and nobody's rhythm has no words")
  func first() {
    #expect(Self.streaks(mornings: [0], evenings: [1, 2]).missed(of: .morning) == 2)
    #expect(Self.streaks(mornings: [], evenings: []).words == nil)
  }

  @Test("status shows rhythm, what became worse, the disk's days and what can have no time")
  func page() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        var lost = Planted.air(Bench.evening(-9))
        lost.stamp = Bench.stamp(Bench.evening(-9), .unsynced)
        lost.stamp.bootID = String(repeating: "a", count: 32)
        try await store.append([lost])
        for day in 0..<3 {
          try await store.save(Planted.session(Bench.evening(-day), moisture: [47, 48]))
        }
        let hours = (0..<20).flatMap { day in
          (0..<24).map { hour in
            PartHealth(
              part: Self.part,
              hour: Bench.midnight - .seconds(day * 86_400) + .seconds(hour * 3600 - 86_400),
              samples: 30, notAcknowledged: day < 3 ? 3 : 0)
          }
        }
        try await store.append(hours)
        try await store.append([Planted.air(Bench.evening(-1))])
      }
      var status = Daemon.status(bench)
      status.disk = DiskStatus(
        bytesWrittenYesterday: 5_200_000, meanBytes: 4_800_000, limitBytes: 10_000_000,
        batchSeconds: 300)
      status.parts[0].uptimeSeconds = 7500
      status.parts[0].says = "the fan does not turn"
      status.parts[0].counters = ["samples": 1000, "corrupted": 1, "recoveries": 2]
      let shown = status
      try await Daemon.with(bench, answering: { _ in .status(shown) }) { _ in
        _ = try await bench.run("status")
      }
      let text = bench.spoken.text
      for words in [
        "3 evenings in a row", "fdc1004 0x50: 9.9 % NAKs since Tuesday", ", 0 % before",
        "4.1 kB today, 5.2 MB yesterday, 4.8 MB a day in the last week; 10.0 MB are allowed, "
          + "the air is gathered for 5 min",
        "for 2 h 5 min, last value 12 s ago; 0.1 % damaged answers, 2 recoveries; says the fan "
          + "does not turn",
        "unsynced  1 sample of the air from earlier starts, by a clock that nobody vouched for",
      ] {
        #expect(text.contains(words), "\(words)\n\(text)")
      }
    }
  }
}
