import Foundation
import Testing
import TestSupport

@testable import skin2vecd

@Suite("a station through changes of the clock", .takingTurns) struct ClockTests {
  /// One sample at the start, then one a minute by the boot-time clock, none missing and none twice.
  private func expectEveryMinute(_ bench: StationBench) async throws {
    let minutes = Int64(bench.length.components.seconds / 60)
    let count = try await bench.number("SELECT count(*) FROM air")
    #expect(count == minutes + 1)
    #expect(try await bench.number("SELECT count(DISTINCT boot_us) FROM air") == minutes + 1)
    #expect(
      try await bench.number("SELECT (max(boot_us) - min(boot_us)) / 60000000 + 1 FROM air")
        == minutes)
    let views = try await bench.number(
      "SELECT count(*) FROM v1_air WHERE channel = 'air.temperature' AND quality = 'ok'")
    #expect(views == minutes + 1)
  }

  /// Every planned tap is there, at its true time and in its true slot.
  private func expectEveryTap(
    _ bench: StationBench, clocks: Set<String> = ["synced"]
  ) async throws {
    let planned = try Oracle(bench: bench).taps()
    let found = try await bench.sessions()
    #expect(planned.count > 3)
    #expect(found.map(\.key) == planned.map(\.key))
    for (found, planned) in zip(found, planned) {
      #expect((found.trueUTC - planned.trueUTC).magnitude < 50_000)
      #expect((found.utc - planned.trueUTC).magnitude < 1_000_000)
    }
    #expect(Set(found.map(\.clock)) == clocks)
  }

  /// Every sample has its true time, within a second.
  private func expectTrueAir(_ bench: StationBench) async throws {
    let error = try await bench.number(
      "SELECT max(abs(time_utc_us - boot_us - \(bench.bootUTC))) FROM air")
    #expect(try #require(error) < 1_000_000)
    #expect(try await bench.number("SELECT count(*) FROM air WHERE clock = 1") == 0)
  }

  @Test("summer time comes and goes", arguments: ["2026-03-27", "2026-10-23"])
  func summerTime(day: String) async throws {
    let yaml = "zone: Europe/Berlin\nstart: \(day)T12:00:00\n" + StationBench.faultless
    try await StationBench.live(yaml, for: .seconds(4 * 86_400)) { bench in
      try await expectEveryMinute(bench)
      try await expectEveryTap(bench)
      try await expectTrueAir(bench)
      #expect(try await bench.sessions().count == 8)
    }
  }

  @Test("wish 2: a journey from Berlin to Shanghai")
  func journey() async throws {
    let yaml = """
      zone: Europe/Berlin
      start: 2026-05-01T12:00:00
      zone_changes:
        - {at: 50 h, zone: Asia/Shanghai}

      """
    try await StationBench.live(yaml + StationBench.faultless, for: .seconds(5 * 86_400)) {
      bench in
      try await expectEveryMinute(bench)
      try await expectEveryTap(bench)
      try await expectTrueAir(bench)
    }
  }

  private static let steps = ["1 h", "-1 h", "5 d", "-5 d"]

  private func stepped(_ step: String, _ more: String) -> String {
    """
    zone: Europe/Berlin
    start: 2026-03-03T12:00:00
    clock:
      - {at: 26 h, step: \(step)}
    \(more)

    """ + StationBench.faultless
  }

  @Test(
    "wish 7: a step of the wall clock that is mended a day later leaves no trace", arguments: steps)
  func mendedStep(step: String) async throws {
    let yaml = stepped(step, "  - {at: 50 h, synchronised: yes}")
    try await StationBench.live(yaml, for: .seconds(3 * 86_400)) { bench in
      try await expectEveryMinute(bench)
      try await expectEveryTap(bench, clocks: ["synced", "restamped"])
      try await expectTrueAir(bench)
      #expect(try await bench.number("SELECT count(*) FROM air WHERE clock = 2") == 24 * 60)
      let told = try await bench.rows(
        "SELECT kind FROM notice WHERE kind LIKE 'clock%' ORDER BY notice")
      #expect(told == [["clockStepped"], ["clockStepped"], ["clockSet"]])
    }
  }

  @Test("a step that nobody mends loses nothing and is not believed", arguments: steps)
  func unmendedStep(step: String) async throws {
    try await StationBench.live(stepped(step, ""), for: .seconds(3 * 86_400)) { bench in
      let planned = try Oracle(bench: bench).taps()
      let found = try await bench.sessions()
      #expect(found.count == planned.count)
      for (found, planned) in zip(found, planned) {
        #expect((found.trueUTC - planned.trueUTC).magnitude < 50_000)
        let isBefore = planned.trueUTC < bench.bootUTC + 26 * 3_600_000_000
        #expect(found.clock == (isBefore ? "synced" : "unsynced"))
        if isBefore { #expect(found.key == planned.key) }
      }
      try await expectEveryMinute(bench)
      #expect(try await bench.number("SELECT count(*) FROM air WHERE clock = 1") == 46 * 60)
    }
  }

  @Test("a board that wakes in 1970 and is set an hour later")
  func wakesIn1970() async throws {
    let yaml = """
      zone: Europe/Berlin
      start: 2026-03-03T22:00:00
      boot: {synchronised: no, clock: "1970-01-01T00:00:12"}
      clock:
        - {at: 1 h, synchronised: yes}
      person: {missed: 0 %, too_short: 0 %, unsteady: 0 %, evening: "22:30"}
      """
    try await StationBench.live(yaml, for: .seconds(2 * 86_400), seed: 3) { bench in
      let first = try #require(try Oracle(bench: bench).taps().first)
      // Else the scenario proves nothing.
      #expect(first.trueUTC < bench.bootUTC + 3_600_000_000)
      try await expectEveryMinute(bench)
      try await expectEveryTap(bench, clocks: ["restamped", "synced"])
      try await expectTrueAir(bench)
      #expect(try await bench.number("SELECT count(*) FROM air WHERE clock = 2") == 61)
      #expect(try await bench.sessions().first?.clock == "restamped")
    }
  }
}
