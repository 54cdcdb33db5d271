import Foundation
import Settings
import Store
import Testing
import TestSupport

@testable import skin2vecd

@Suite("slots of a simulated life", .takingTurns) struct SlotTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Diary/StoreTests/recompute.py").standardizedFileURL.path

  private static let canRun =
    FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
    && FileManager.default.isReadableFile(atPath: script)

  /// Sixty days of UTC, with a sample every ten minutes: the script reads every one of them often.
  private static let yaml = """
    start: 2026-03-02T00:00:00
    person: {sites: [cheek, forehead]}
    faults:
      - {at: 20 d, fault: missing, address: 0x69, for: 30 h}
      - {at: 30 d, fault: nak, address: 0x50, for: 5 d, probability: 3 %}
    """

  @Test("are what Python makes of the sessions, the touches and the air", .enabled(if: canRun))
  func sixtyDays() async throws {
    try await StationBench.live(Self.yaml, for: .seconds(60 * 86_400)) {
      $0.air.every = .seconds(600)
    } _: { bench in
      let rows = try await Archive(path: bench.diary).query(
        """
        SELECT person, local_date, slot, channel, site, value, spread, n_touches, quality,
          session_id, epoch, ma7, z7, n7, z30, n30, baseline_state FROM v1_slot
        WHERE channel IN ('skin.moisture', 'skin.sebum', 'air.temperature', 'air.humidity')
        """
      ).rows
      #expect(rows.count > 600)
      var python = try Self.recomputed(bench.diary)
      for row in rows {
        let key = row[..<5].map(\.words).joined(separator: ",")
        guard let other = python.removeValue(forKey: key) else {
          Issue.record("only in the diary: \(key)")
          continue
        }
        for (cell, word) in zip(row, other) {
          guard case .real(let value) = cell, let number = Double(word) else {
            #expect(cell.words == word, "\(key)")
            continue
          }
          // The script prints nine digits.
          #expect(abs(value - number) <= 1e-8 * max(1, abs(number)), "\(key)")
        }
      }
      #expect(python.isEmpty, "only in Python: \(python.keys.sorted())")
    }
  }

  /// The script's rows by person, date, slot, channel and site.
  private static func recomputed(_ diary: String) throws -> [String: [String]] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [script, diary]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return Dictionary(
      lines.map { ($0.prefix(5).joined(separator: ","), $0) }, uniquingKeysWith: { $1 })
  }
}
