import Foundation
import Store
import Testing
import TestSupport

@testable import skin2vecd

@Suite("played-back air", .takingTurns) struct PlaybackTests {
  private static let realPath = ProcessInfo.processInfo.environment["SKIN2VEC_AIR_CSV"]

  @Test("a record beside the scenario is the station's air, and its gaps are gaps")
  func record() async throws {
    let folder = try StationBench.newFolder()
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let csv = """
      time,temperature_celsius,relative_humidity_percent,pm2_5_ug_m3
      2010-01-02T00:00:00+08:00,-11,43.5,129
      2010-01-02T01:00:00+08:00,-11,47.2,129
      2010-01-02T02:00:00+08:00,-5,43.5,
      2010-01-02T03:00:00+08:00,-5,43.5,
      2010-01-02T04:00:00+08:00,-5,43.5,181
      2010-01-02T05:00:00+08:00,-5,43.5,181
      """
    let file = folder.appending(path: "air.csv")
    try Data(csv.utf8).write(to: file)
    let yaml = """
      zone: Asia/Shanghai
      start: 2010-01-02T00:00:00
      air: {playback: \(file.path)}

      """
    try await StationBench.live(yaml + StationBench.faultless, for: .seconds(5 * 3600)) { bench in
      func mean(_ channel: String, hour: Int64) async throws -> String? {
        // Hours of UTC: the record begins at 16:00 of the day before.
        let start = 1_262_361_600_000_000 + hour * 3_600_000_000
        return try await bench.rows(
          "SELECT round(mean, 2) FROM v1_air_hour WHERE channel = '\(channel)' AND hour_utc_us = \(start)"
        ).first?.first
      }
      #expect(try await mean("air.temperature", hour: 0) == "-11.0")
      #expect(try await mean("air.temperature", hour: 3) == "-5.0")
      #expect(try await mean("air.pm2_5", hour: 0) == "129.0")
      // It holds for an hour after its last value, then there is none until the next.
      #expect(try await mean("air.pm2_5", hour: 1) == "129.0")
      #expect(try await mean("air.pm2_5", hour: 2) == nil)
      #expect(try await mean("air.pm2_5", hour: 3) == nil)
      #expect(try await mean("air.pm2_5", hour: 4) == "181.0")
      let gap = try await bench.rows(
        "SELECT DISTINCT reason FROM v1_air WHERE channel = 'air.voc_index'")
      #expect(gap == [["notReady"]])
    }
  }

  @Test(
    "a real record of Beijing's winter, as its hours say",
    .enabled(if: realPath.map { FileManager.default.isReadableFile(atPath: $0) } ?? false))
  func realRecord() async throws {
    let path = try #require(Self.realPath)
    let yaml = """
      zone: Asia/Shanghai
      start: 2010-01-10T12:00:00
      air: {playback: \(path)}

      """
    try await StationBench.live(yaml + StationBench.faultless, for: .seconds(2 * 86_400)) { bench in
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        .filter { $0.hasPrefix("2010-01-1") }
      let formatter = ISO8601DateFormatter()
      var (compared, off) = (0, 0)
      for (line, next) in zip(lines, lines.dropFirst()) {
        let fields = [line, next].map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        guard let time = formatter.date(from: String(fields[0][0])),
          let from = Double(fields[0][1]), let to = Double(fields[1][1])
        else { continue }
        let hour = Int64(time.timeIntervalSince1970) * 1_000_000
        let rows = try await Archive(path: bench.diary).query(
          "SELECT mean FROM v1_air_hour WHERE channel = 'air.temperature' AND hour_utc_us = \(hour)"
        )
        guard case .real(let mean)? = rows.rows.first?.first else { continue }
        compared += 1
        // Between two hourly values the air goes in a straight line; sixty samples see its middle.
        if abs(mean - (from + to) / 2) > 0.02 + abs(to - from) / 50 { off += 1 }
      }
      #expect(compared >= 46)
      #expect(off <= 1)
      #expect(try await bench.sessions().count == 4)
    }
  }
}
