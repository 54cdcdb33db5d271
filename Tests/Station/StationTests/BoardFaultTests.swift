import Foundation
import Readings
import Testing
import TestSupport

@testable import SimulatedParts
@testable import skin2vecd

@Suite("faults of the board", .takingTurns) struct BoardFaultTests {
  private static let evening = """
    name: faulty
    zone: Europe/Berlin
    start: 2026-03-03T20:30:00

    """ + StationBench.faultless

  @Test("wish 17: a full disk through the evening's tap costs nothing that was said to be saved")
  func diskFull() async throws {
    let yaml = Self.evening + "faults:\n  - {at: 60 min, fault: diskFull, for: 4 h}\n"
    try await StationBench.live(yaml, for: .seconds(14 * 3600)) { bench in
      #expect(try await bench.sessions().map(\.key) == Oracle(bench: bench).taps().map(\.key))
      // A sample a minute, the full hours too: they were held.
      let samples = try #require(try await bench.number("SELECT count(*) FROM air"))
      #expect((839...842).contains(samples))
      let said = try await bench.rows("SELECT kind FROM notice WHERE kind LIKE 'tap%' ORDER BY 1")
      #expect(said == [["tapSaved"], ["tapSaved"]])
    }
  }

  @Test("wish 17: a plug that is pulled ends the run, and takes no more than a batch of air")
  func powerCut() async throws {
    // 23:59 of the evening, after its tap.
    let yaml = Self.evening + "faults:\n  - {at: 209 min, fault: powerCut}\n"
    try await StationBench.live(yaml, for: .seconds(14 * 3600)) { bench in
      #expect(try await bench.sessions().map(\.key) == ["2026-03-03 evening"])
      let samples = try #require(try await bench.number("SELECT count(*) FROM air"))
      #expect((203...209).contains(samples))
      #expect(try await bench.number("SELECT count(*) FROM notice WHERE kind = 'tapSaved'") == 1)
      #expect(
        try await bench.number("SELECT count(*) FROM notice WHERE kind = 'stationStopped'") == 0)
      #expect(
        try await bench.number(
          "SELECT count(*) FROM air WHERE boot_us > \((209 * 60 + 12) * 1_000_000)") == 0)
    }
  }

  @Test("wish 13: a week's cleaning of the fan stands in the diary, away from the taps")
  func fan() async throws {
    let yaml = "name: clean\nzone: UTC\nstart: 2026-03-03T12:00:00\n" + StationBench.faultless
    try await StationBench.live(yaml, for: .seconds(9 * 86_400)) { bench in
      let times = try await bench.rows(
        "SELECT time_utc_us / 60000000 % 1440 FROM notice WHERE kind = 'fanCleaned' ORDER BY notice"
      )
      let minutes = times.joined().compactMap { Int($0) }
      #expect(minutes.count == 2)
      for minute in minutes {
        #expect((870...930).contains(minute) || (150...210).contains(minute), "\(minute)")
      }
      let marked = try await bench.rows(
        "SELECT DISTINCT channel FROM v1_air WHERE reason = 'fan_cleaning' ORDER BY 1")
      #expect(Array(marked.joined()) == ["air.pm1", "air.pm10", "air.pm2_5", "air.pm4"])
    }
  }
}
