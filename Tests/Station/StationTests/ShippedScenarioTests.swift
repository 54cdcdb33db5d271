import Bus
import Foundation
import Quantities
import Readings
import Store
import Testing
import TestSupport

@testable import SimulatedParts
@testable import skin2vecd

@Suite("shipped scenarios", .takingTurns) struct ShippedScenarioTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../config/scenarios").standardizedFileURL

  static func yaml(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: "\(name).yaml"), encoding: .utf8)
  }

  @Test("every file of the folder can be read, and bears its name")
  func names() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(files).isSuperset(of: ["week.yaml", "year.yaml", "bad_night.yaml"]))
    for file in files {
      let read = try ScenarioFile(path: Self.folder.appending(path: file).path)
      #expect(read.scenario.name + ".yaml" == file)
    }
  }

  @Test("two days of each run, with every tap and every minute", arguments: ["week", "year"])
  func run(name: String) async throws {
    try await StationBench.live(try Self.yaml(name), for: .seconds(2 * 86_400)) { bench in
      let planned = try Oracle(bench: bench).taps().map(\.key)
      #expect(try await bench.sessions().map(\.key) == planned)
      #expect(planned.count >= 3)
      #expect(try await bench.number("SELECT count(*) FROM air") == 2881)
    }
  }

  @Test("the bad night: its taps are saved, and every gap has a reason")
  func badNightTaps() async throws {
    try await StationBench.live(try Self.yaml("bad_night"), for: .seconds(12 * 3600)) { bench in
      let planned = try Oracle(bench: bench).taps()
      let found = try await bench.sessions()
      #expect(planned.map(\.key) == ["2026-03-03 evening", "2026-03-04 morning"])
      #expect(found.map(\.key) == planned.map(\.key))
      // Five good touches each, and the flawed ones that the person makes in between.
      let touches = try await bench.rows(
        """
        SELECT s.verdict, sum(t.accepted) FROM v1_session AS s JOIN v1_touch AS t USING (session_id)
        WHERE t.channel = 'skin.moisture' GROUP BY s.session_id
        """)
      #expect(touches == [["saved", "5"], ["saved", "5"]])
      // The air sensor was away when the evening's tap began.
      let air = try await bench.rows(
        """
        SELECT DISTINCT reason FROM session_air JOIN session USING (session_id)
        WHERE slot = 'evening'
        """)
      #expect(air == [["notPresent"]])
      #expect(try await bench.number("SELECT count(*) FROM air") == 721)
      let reasons = try await bench.rows(
        "SELECT DISTINCT reason FROM v1_air WHERE quality = 'absent' ORDER BY 1")
      let expected = ["notPresent", "notReady", "outOfRange", "stale", "timedOut", "warming"]
      #expect(Set(reasons.joined()).isSuperset(of: expected))
      #expect(
        try await bench.number("SELECT count(*) FROM air WHERE clock = 1") == 0)
    }
  }

  @Test("the bad night: a part that comes back is found within a minute")
  func badNightRecovery() async throws {
    try await StationBench.live(try Self.yaml("bad_night"), for: .seconds(12 * 3600)) { bench in
      func notices(_ kind: String) async throws -> [Int64] {
        try await bench.rows("SELECT boot_us FROM notice WHERE kind = '\(kind)' ORDER BY 1")
          .joined().compactMap { Int64($0) }.map { $0 / 1_000_000 - 12 }
      }
      let back = try await notices("partBack")
      // The data line is free at 45 min, the sensor is there at 150 min, the bus at 454 min.
      for end in [45, 150, 454] as [Int64] {
        #expect(back.contains { (end * 60...end * 60 + 61).contains($0) }, "\(end): \(back)")
      }
      // Three empty samples after the dips at 60 and 390 min.
      let restarted = try await notices("partRestarted")
      for dip in [60, 390] as [Int64] {
        #expect(restarted.contains { (dip * 60...dip * 60 + 190).contains($0) })
      }
    }
  }

  @Test("the bad night: no value is wrong")
  func badNightValues() async throws {
    try await StationBench.live(try Self.yaml("bad_night"), for: .seconds(12 * 3600)) { bench in
      let rows = try await Archive(path: bench.diary).query(
        """
        SELECT boot_us, temperature_celsius, humidity_percent, pm1_ug_m3, pm2_5_ug_m3, pm4_ug_m3,
          pm10_ug_m3, voc_index, nox_index FROM air
        """
      ).rows
      var (values, wrong) = (0, 0)
      for row in rows {
        guard case .integer(let boot) = row[0] else { continue }
        let planted = Self.planted(bench.scenario.scenario, around: boot - 12_000_000)
        for (cell, steps) in zip(
          row.dropFirst(), [200.0, 100, 10, 10, 10, 10, 10, 10].enumerated())
        {
          guard case .real(let value) = cell else { continue }
          values += 1
          // Half a step of the wire, and a little for the air's own drift within a quarter second.
          if !planted.contains(where: { abs($0[steps.offset] - value) < 0.6 / steps.element }) {
            wrong += 1
          }
        }
      }
      #expect(wrong == 0)
      #expect(values > 3500)
    }
  }

  /// The air of the seconds in which a sample may have been measured, in the diary's order.
  private static func planted(_ scenario: Scenario, around elapsed: Int64) -> [[Double]] {
    stride(from: Int64(-2_000_000), through: 6_000_000, by: 250_000).map { shift in
      let air = scenario.air(at: .microseconds(elapsed + shift))
      let climate = [air.temperature?.celsius, air.humidity?.percent]
      let dust = [air.pm1, air.pm2_5, air.pm4, air.pm10].map { $0?.microgramsPerCubicMetre }
      return (climate + dust + [air.vocIndex?.value, air.noxIndex?.value]).map { $0 ?? .nan }
    }
  }
}
