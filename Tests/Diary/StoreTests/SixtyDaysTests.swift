import Foundation
import Readings
import Store
import Testing
import TestSupport

/// Two people's sixty days, against a recomputation in another language.
///
/// `SKIN2VEC_WRITE_FIXTURES=1 swift test --filter SixtyDaysTests` writes the fixture: every fifth
/// row of what Python makes of the diary.
@Suite("sixty days", .takingTurns)
struct SixtyDaysTests {
  private static let slots = """
    SELECT person, local_date, slot, channel, site, value, spread, n_touches, quality, session_id,
      epoch, ma7, z7, n7, z30, n30, baseline_state FROM v1_slot
    """

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  /// Everything derived that a view shows.
  private static let derived = [
    slots + " ORDER BY 1, 2, 3, 4, 5", "SELECT * FROM v1_air_hour ORDER BY 1, 2",
    "SELECT * FROM v1_epoch ORDER BY 1",
  ]

  private static func lived(_ bench: Bench) async throws -> Store {
    let store = try Store(path: bench.path, options: bench.options(waitsForDisk: false))
    var life = Life(seed: 60)
    for happening in life.happenings() { try await store.live(happening) }
    return store
  }

  @Test("v1_slot is what Python makes of the touches, the sessions and the air")
  func fixture() async throws {
    try await Bench.with { bench in
      _ = try await Self.lived(bench)
      let file = Self.folder.appending(path: "slots-of-sixty-days.csv")
      let words = try String(contentsOf: file, encoding: .utf8)
      try await Self.compare(bench, with: words, every: 5)
    }
  }

  @Test(
    "so it is where Python works it out now, from this very diary",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
  func live() async throws {
    try await Bench.with { bench in
      _ = try await Self.lived(bench)
      let python = Process()
      python.executableURL = URL(filePath: "/usr/bin/python3")
      python.arguments = [Self.folder.appending(path: "recompute.py").path, bench.path]
      let pipe = Pipe()
      python.standardOutput = pipe
      try python.run()
      let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
      python.waitUntilExit()
      #expect(python.terminationStatus == 0)
      let words = String(decoding: output, as: UTF8.self)
      try await Self.compare(bench, with: words, every: 1)
      if ProcessInfo.processInfo.environment["SKIN2VEC_WRITE_FIXTURES"] != nil {
        let lines = words.split(separator: "\n").enumerated().filter { $0.offset % 5 == 0 }
        let file = Self.folder.appending(path: "slots-of-sixty-days.csv")
        try Data((lines.map { String($0.element) }.joined(separator: "\n") + "\n").utf8).write(
          to: file)
      }
    }
  }

  @Test("working everything out anew changes nothing")
  func recompute() async throws {
    try await Bench.with { bench in
      let store = try await Self.lived(bench)
      var before: [[[String]]] = []
      for statement in Self.derived { before.append(try await bench.rows(statement)) }
      try await store.recompute()
      for (statement, rows) in zip(Self.derived, before) {
        #expect(try await bench.rows(statement) == rows)
      }
    }
  }

  @Test("sessions saved in any order give the same slots", arguments: 1...3)
  func anyOrder(seed: UInt64) async throws {
    try await Bench.with { bench in
      _ = try await Self.lived(bench)
      let other = try Bench()
      let store = try Store(path: other.path, options: other.options(waitsForDisk: false))
      var life = Life(seed: 60)
      let happenings = life.happenings()
      var random = SeededNumbers(seed: seed)
      let sessions = happenings.filter(\.isSession).shuffled(using: &random)
      // The sessions come late, among the air and the ends of slots that went before them.
      var late = sessions[...]
      for happening in happenings where !happening.isSession {
        try await store.live(happening)
        for _ in 0..<Int(4 * random.unit()) {
          if let session = late.popFirst() { try await store.live(session) }
        }
      }
      for session in late { try await store.live(session) }
      try await store.closeSlots(before: Bench.time(day: Life.days, hour: 4))
      let columns = """
        SELECT person, local_date, slot, channel, site, value, spread, n_touches, quality,
          ma7, z7, n7, z30, n30, baseline_state FROM v1_slot ORDER BY 1, 2, 3, 4, 5
        """
      let epochs = """
        SELECT person, channel, site, began_utc_us, cause FROM v1_epoch ORDER BY 1, 2, 3, 4
        """
      for statement in [columns, epochs] {
        let (rows, expected) = (try await other.rows(statement), try await bench.rows(statement))
        #expect(rows == expected)
      }
      try await store.close()
      try other.remove()
    }
  }

  /// Holds every `step`th row of `v1_slot` to the rows expected.
  private static func compare(
    _ bench: Bench, with expected: String, every step: Int
  ) async throws {
    let rows = try await Archive(path: bench.path).query(slots).rows
    let theirs = expected.split(separator: "\n").map { line in
      line.split(separator: ",").map { String($0) }
    }
    func key(_ cells: [String]) -> String { cells[..<5].joined(separator: "\u{1}") }
    var byKey = Dictionary(uniqueKeysWithValues: theirs.map { (key($0), $0) })
    #expect(rows.count > 1000)
    #expect((rows.count + step - 1) / step == theirs.count)
    for row in rows {
      let words = row.map(\.words)
      guard let other = byKey.removeValue(forKey: key(words)) else {
        if step == 1 { Issue.record("only in the diary: \(words)") }
        continue
      }
      for (cell, word) in zip(row, other) {
        guard case .real(let value) = cell, let number = Double(word) else {
          #expect(cell.words == word, "\(words)")
          continue
        }
        #expect((value - number).magnitude <= 1e-7 * max(1, number.magnitude), "\(words)")
      }
    }
    #expect(byKey.isEmpty, "only in Python: \(byKey.keys.sorted())")
  }
}

extension Life.Happening {
  fileprivate var isSession: Bool {
    if case .session = self { true } else { false }
  }
}
