import FoundationEssentials
import GRDB
import Readings
import Testing
import TestSupport

@testable import Store

@Suite("a damaged diary", .takingTurns)
struct SalvageTests {
  /// Days whose mornings and evenings are planted, each with a moisture of its own.
  private static let days = 90

  /// The one value that a session of a day and an hour has.
  private static func moisture(_ day: Int, _ hour: Double) -> Double {
    30 + Double(day) / 8 + hour / 100
  }

  /// Plants two sessions a day, an event a week, and twelve samples of the air a day.
  private func plant(_ store: Store, days: Range<Int>) async throws {
    for day in days {
      for hour in [7.0, 22] {
        let session = Bench.session(
          Bench.time(day: day, hour: hour), [Self.moisture(day, hour)])
        _ = try await store.save(session) { _ in
          Notice(.tapSaved, "saved on day \(day) at \(hour)")
        }
      }
      if day.isMultiple(of: 7) {
        let event = SkinEvent(
          person: "me", time: Bench.time(day: day, hour: 12), kind: "sun", weight: 1,
          note: "day \(day)")
        _ = try await store.save(event, at: Bench.stamp(Bench.time(day: day, hour: 12)))
      }
      try await store.append(
        (0..<12).map { Bench.air(Bench.time(day: day, hour: 3 + Double($0) / 12), 20) })
    }
  }

  private func options(_ bench: Bench) -> Store.Options {
    var options = bench.options(waitsForDisk: false)
    options.backups = bench.backups
    let now = Bench.stamp(Bench.time(day: Self.days, hour: 0))
    options.now = { now }
    return options
  }

  /// What is in the diary of sessions, one line each: all that was planted, and nothing else.
  private func sessions(_ path: String) async throws -> [[String]] {
    try await Archive(path: path).query(
      """
      SELECT s.started_utc_us, t.value FROM v1_session AS s JOIN v1_touch AS t USING (session_id)
      ORDER BY s.started_utc_us
      """
    ).rows.map { $0.map(\.words) }
  }

  private static func planted(days: Range<Int>) -> [[String]] {
    days.flatMap { day in
      [7.0, 22].map { hour in
        ["\(Bench.time(day: day, hour: hour).microseconds)", "\(moisture(day, hour))"]
      }
    }
  }

  /// Pages of the file that belong to a table, by their numbers.
  private func leaves(of table: String, _ path: String) throws -> [Int] {
    let bytes = try #require(FileManager.default.contents(atPath: path))
    let queue = try DatabaseQueue(path: path)
    let root = try #require(
      try queue.read {
        try Int.fetchOne(
          $0, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [table])
      })
    // An interior page of a table: kind 5, children before each key and one at the end
    // (sqlite.org/fileformat.html, section 1.6).
    func page(_ number: Int) -> Data { Data(bytes[(number - 1) * 4096..<number * 4096]) }
    func big(_ data: Data, _ at: Int, _ count: Int) -> Int {
      data[at..<at + count].reduce(0) { $0 << 8 | Int($1) }
    }
    func walk(_ number: Int) -> [Int] {
      let data = page(number)
      guard data[0] == 5 else { return [number] }
      let cells = (0..<big(data, 3, 2)).map { big(data, big(data, 12 + 2 * $0, 2), 4) }
      return (cells + [big(data, 8, 4)]).flatMap(walk)
    }
    return walk(root)
  }

  /// Overwrites pages with noise.
  private func damage(_ path: String, pages: [Int]) throws {
    var bytes = try #require(FileManager.default.contents(atPath: path))
    var numbers = SeededNumbers(seed: 7)
    for page in pages {
      for index in (page - 1) * 4096..<page * 4096 {
        bytes[index] = UInt8(truncatingIfNeeded: numbers.next() >> 11)
      }
    }
    try bytes.write(to: URL(filePath: path))
  }

  @Test("the newest copy takes its place, and what is newer is read from the damaged file")
  func copyAndSalvage() async throws {
    try await Bench.with { bench in
      var store = try Store(path: bench.path, options: options(bench))
      try await plant(store, days: 0..<50)
      let copy = try bench.backup().copy
      try await plant(store, days: 50..<Self.days)
      let before = try await sessions(bench.path)
      try await store.close()
      #expect(before == Self.planted(days: 0..<Self.days))
      // Noise over a page of old notices: nothing that the copy does not have.
      let notices = try leaves(of: "notice", bench.path)
      try damage(bench.path, pages: [notices[0]])
      store = try Store(path: bench.path, options: options(bench))
      let recovery = try #require(store.opening.recovery)
      #expect(recovery.copy == copy.manifest)
      #expect(recovery.salvage.sessions == 80)
      #expect(recovery.salvage.airSamples == 40 * 12)
      #expect(recovery.salvage.missing.isEmpty && recovery.salvage.refused == 0)
      #expect(try await sessions(bench.path) == before)
      #expect(
        try await bench.rows("SELECT count(*), sum(kind = 'sun') FROM v1_event") == [["13", "13"]])
      #expect(try await bench.rows("SELECT count(*) FROM air") == [["\(12 * Self.days)"]])
      #expect(
        try await bench.rows("SELECT count(*) FROM notice WHERE kind = 'tapSaved'") == [["180"]])
      try await store.close()
    }
  }

  @Test("what was withdrawn after the copy stays withdrawn, and bears on no value")
  func withdrawals() async throws {
    try await Bench.with { bench in
      var store = try Store(path: bench.path, options: options(bench))
      let stamp = Bench.stamp(Bench.time(day: 3, hour: 6.9))
      let cleansed = SkinEvent(
        person: "me", time: stamp.utc, kind: "cleansed", weight: 1, note: nil)
      _ = try await store.save(cleansed, at: stamp)
      let date = try #require(LocalDate("2026-03-02"))
      for value in [1.0, 2] {
        try await store.save(
          Score(person: "me", date: date, dimension: .oil, value: value),
          at: Bench.stamp(stamp.utc + .seconds(value)))
      }
      try await plant(store, days: 0..<Self.days)
      _ = try bench.backup()
      _ = try await store.withdraw(.event(1), at: stamp)
      _ = try await store.withdraw(
        .score(person: "me", date: date, dimension: .oil), at: stamp)
      try await store.close()
      let derived = try await Archive(path: bench.path).digestOfDerived()
      try damage(bench.path, pages: [try leaves(of: "notice", bench.path)[0]])
      store = try Store(path: bench.path, options: options(bench))
      let recovery = try #require(store.opening.recovery)
      #expect(recovery.salvage.added["withdrawal"] == 2 && recovery.salvage.refused == 0)
      #expect(
        try await bench.rows("SELECT event, score FROM withdrawal") == [["1", "–"], ["–", "2"]])
      #expect(try await bench.rows("SELECT value FROM v1_score") == [["1.0"]])
      #expect(try await Archive(path: bench.path).digestOfDerived() == derived)
      try await store.close()
    }
  }

  @Test("what was worked out from them is the same as in the diary that was damaged")
  func derived() async throws {
    try await Bench.with { bench in
      var store = try Store(path: bench.path, options: options(bench))
      try await plant(store, days: 0..<20)
      _ = try bench.backup()
      try await plant(store, days: 20..<40)
      try await store.closeSlots(before: Bench.time(day: 40, hour: 0))
      try await store.close()
      let select =
        "SELECT person, local_date, slot, channel, value, ma7, z30, n30 FROM v1_slot"
        + " ORDER BY 1, 2, 3, 4"
      let before = try await bench.rows(select)
      let hours = try await bench.rows("SELECT * FROM v1_air_hour ORDER BY 1, 2")
      try damage(bench.path, pages: [try leaves(of: "notice", bench.path)[0]])
      store = try Store(path: bench.path, options: options(bench))
      try await store.closeSlots(before: Bench.time(day: 40, hour: 0))
      try await store.close()
      #expect(before.count > 100)
      #expect(try await bench.rows(select) == before)
      #expect(try await bench.rows("SELECT * FROM v1_air_hour ORDER BY 1, 2") == hours)
    }
  }

  @Test("without a copy every session on a page that can be read survives, and none is invented")
  func withoutCopy() async throws {
    try await Bench.with { bench in
      var store = try Store(path: bench.path, options: options(bench))
      try await plant(store, days: 0..<Self.days)
      try await store.close()
      let all = try await sessions(bench.path)
      let leaves = try leaves(of: "session", bench.path)
      try #require(leaves.count > 3)
      // In the middle, and the last.
      let hit = [leaves[1], leaves[leaves.count - 1]]
      let queue = try DatabaseQueue(path: bench.path)
      let ids = try await queue.read {
        try Int.fetchAll($0, sql: "SELECT session_id FROM session ORDER BY session_id")
      }
      try queue.close()
      try damage(bench.path, pages: hit)
      store = try Store(path: bench.path, options: options(bench))
      let recovery = try #require(store.opening.recovery)
      #expect(recovery.copy == nil)
      let left = try await sessions(bench.path)
      #expect(Set(left.map { $0[0] }).count == left.count)
      #expect(left.allSatisfy { all.contains($0) })
      // A page holds between 40 and 80 of them; each of the others is there.
      let lost = all.count - left.count
      #expect(lost > 0 && lost < 2 * 80 && ids.count == all.count)
      #expect(recovery.salvage.sessions == left.count)
      #expect(recovery.salvage.missing.filter { $0.table == "session" }.count == 2)
      #expect(recovery.salvage.missing.contains { $0.table == "session" && $0.to == nil })
      #expect(try await bench.rows("SELECT count(*) FROM air") == [["\(12 * Self.days)"]])
    }
  }

  @Test("what stands on the pages of a file that was cut short is read")
  func truncated() async throws {
    try await Bench.with { bench in
      var store = try Store(path: bench.path, options: options(bench))
      try await plant(store, days: 0..<Self.days)
      try await store.close()
      let all = try await sessions(bench.path)
      let bytes = try #require(FileManager.default.contents(atPath: bench.path))
      try bytes.prefix(bytes.count - 2 * 4096).write(to: URL(filePath: bench.path))
      store = try Store(path: bench.path, options: options(bench))
      let recovery = try #require(store.opening.recovery)
      let left = try await sessions(bench.path)
      #expect(left.count > all.count / 2, "\(recovery)")
      #expect(left.allSatisfy { all.contains($0) })
      #expect(!recovery.salvage.missing.isEmpty)
    }
  }

  @Test("nothing is added twice: a second salvage of the same file adds nothing")
  func twice() async throws {
    try await Bench.with { bench in
      var store = try Store(path: bench.path, options: options(bench))
      try await plant(store, days: 0..<30)
      try await store.close()
      try damage(bench.path, pages: [try leaves(of: "notice", bench.path)[0]])
      store = try Store(path: bench.path, options: options(bench))
      let aside = try #require(store.opening.movedAside)
      let before = try await bench.rows("SELECT count(*) FROM session")
      #expect(before == [["60"]])
      let again = try await store.salvage(aside)
      #expect(again.added == [:])
      #expect(try await bench.rows("SELECT count(*) FROM session") == before)
    }
  }

  @Test("a copy that still holds what was erased from the diary is passed over")
  func erasedSince() async throws {
    try await Bench.with { bench in
      var store = try Store(path: bench.path, options: options(bench))
      try await plant(store, days: 0..<30)
      _ = try bench.backup()
      try await store.close()
      let queue = try DatabaseQueue(path: bench.path)
      try await queue.write { db in
        try db.execute(
          sql: """
            INSERT INTO erasure (what, rows, time_utc_us, boot, boot_us, clock)
            VALUES ('taps', 1, 0, 1, 0, 'synced')
            """)
      }
      try queue.close()
      try damage(bench.path, pages: [try leaves(of: "notice", bench.path)[0]])
      store = try Store(path: bench.path, options: options(bench))
      #expect(store.opening.recovery?.copy == nil)
      #expect(store.opening.recovery?.salvage.sessions == 60)
    }
  }

  @Test("a file of which nothing can be read is told of, and the copy serves")
  func nothingLeft() async throws {
    try await Bench.with { bench in
      var store = try Store(path: bench.path, options: options(bench))
      try await plant(store, days: 0..<3)
      let copy = try bench.backup().copy
      try await store.close()
      try Data("not a diary any more, by any measure".utf8).write(to: URL(filePath: bench.path))
      store = try Store(path: bench.path, options: options(bench))
      #expect(store.opening.recovery?.copy == copy.manifest)
      #expect(store.opening.recovery?.salvage.problem != nil)
      #expect(try await sessions(bench.path) == Self.planted(days: 0..<3))
    }
  }
}
