import FoundationEssentials
import Readings
import Testing
import TestSupport

@testable import Store

@Suite("erasing", .takingTurns)
struct EraseTests {
  /// A value of the skin of a day: nobody else's, nor the mean of others'.
  private static func moisture(_ day: Int) -> Double { 40 + Double(day * day) / 7 + 0.123_456_7 }

  /// The air of a day: nobody else's.
  private static func celsius(_ day: Int) -> Double { 20 + Double(day * day) / 11 + 0.012_345_6 }

  private static func note(_ day: Int) -> String { "a note of day number \(day)" }

  /// Plants ten days: a tap, an event, a score, a sample of the air and a notice each.
  private func plant(_ store: Store, person: Person = "me") async throws {
    for day in 0..<10 {
      let noon = Bench.time(day: day, hour: 12)
      var session = Bench.session(
        Bench.time(day: day, hour: 7), [Self.moisture(day)], person: person)
      session.touches[0].measures[0].samples = (0..<20).map { Int32(day * 1_000_003 + $0 * 977) }
      _ = try await store.save(session) { saved in
        Notice(
          .tapSaved, "the tap of day number \(day)",
          fields: [.init("SESSION", "\(saved.id)"), .init("PERSON", "\(person)")])
      }
      let event = SkinEvent(
        person: person, time: noon, kind: "sun", weight: 1, note: Self.note(day))
      _ = try await store.save(event, at: Bench.stamp(noon))
      let date = try #require(LocalDate("2026-03-02")) + day
      try await store.save(
        Score(person: person, date: date, dimension: .oil, value: 3), at: Bench.stamp(noon))
      try await store.append([Bench.air(Bench.time(day: day, hour: 6), Self.celsius(day))])
      try await store.append(
        Notice(
          .scoreSaved, "score saved for \(date), says person number \(day)",
          fields: [.init("PERSON", "\(person)")], stamp: Bench.stamp(noon)))
    }
  }

  private func dates(_ from: Int, _ to: Int) throws -> ClosedRange<LocalDate> {
    let first = try #require(LocalDate("2026-03-02"))
    return first + from...first + to
  }

  /// Everything planted on a day, as bytes that would betray it.
  private func traces(of day: Int) -> [Data] {
    let numbers = [Self.moisture(day), Self.celsius(day)].map { number in
      withUnsafeBytes(of: number.bitPattern.bigEndian) { Data($0) }
    }
    let texts = [Self.note(day), "the tap of day number \(day)", "says person number \(day)"]
    let samples = (0..<20).reduce(into: Data()) { data, index in
      withUnsafeBytes(of: Int32(day * 1_000_003 + index * 977).littleEndian) {
        data.append(contentsOf: $0)
      }
    }
    return numbers + texts.map { Data($0.utf8) } + [samples]
  }

  /// Which of a day's traces are in the files of a diary, by their place in the list.
  private func found(_ day: Int, in path: String) -> [Int] {
    let files = ["", "-wal", "-shm", "-journal"].compactMap {
      FileManager.default.contents(atPath: path + $0)
    }
    return traces(of: day).enumerated().compactMap { index, trace in
      files.contains { $0.firstRange(of: trace) != nil } ? index : nil
    }
  }

  private static let everything = [0, 1, 2, 3, 4, 5]

  @Test("wish 20: what is erased is in no byte of any file of the diary, and the rest is")
  func gone() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await plant(store)
      for day in 0..<10 { #expect(found(day, in: bench.path) == Self.everything, "\(day)") }
      let outcome = try await store.erase(
        Erasure(dates: try dates(3, 5)), at: Bench.stamp(Bench.time(day: 11, hour: 0)))
      for day in 0..<10 {
        #expect(found(day, in: bench.path) == (3...5 ~= day ? [] : Self.everything), "\(day)")
      }
      #expect(outcome.proof.isProved && outcome.proof.foundBefore > 15)
      #expect(outcome.proof.traces > 15 && outcome.proof.bytes > 100_000)
      #expect(outcome.rows["session"] == 3 && outcome.rows["air"] == 3)
      #expect(outcome.rows["event"] == 3 && outcome.rows["score"] == 3)
      for table in ["session", "event", "score", "air"] {
        #expect(try await bench.rows("SELECT count(*) FROM \(table)") == [["7"]], "\(table)")
      }
    }
  }

  @Test("that something was erased is kept, and of which time; never what")
  func account() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await plant(store)
      let outcome = try await store.erase(
        Erasure(dates: try dates(3, 5), person: "me", parts: [.taps]),
        at: Bench.stamp(Bench.time(day: 11, hour: 0)))
      let from = Bench.time(day: 3, hour: 0).microseconds
      let to = Bench.time(day: 6, hour: 0).microseconds
      #expect(
        try await bench.rows("SELECT from_utc_us, to_utc_us, what, rows FROM erasure")
          == [["\(from)", "\(to)", "taps", "\(outcome.total)"]])
      #expect(try await bench.rows("SELECT count(*) FROM v1_event") == [["10"]])
      #expect(try await bench.rows("SELECT count(*) FROM v1_session") == [["7"]])
    }
  }

  @Test("slots are as if the erased days had never been")
  func rederived() async throws {
    try await Bench.with { bench in
      let select =
        "SELECT local_date, slot, channel, value, ma7, z7, n7, n30 FROM v1_slot"
        + " WHERE channel LIKE 'skin%' ORDER BY 1, 2, 3"
      let store = try bench.store()
      try await plant(store)
      _ = try await store.erase(
        Erasure(dates: try dates(3, 5)), at: Bench.stamp(Bench.time(day: 11, hour: 0)))
      let after = try await bench.rows(select)
      let other = try Bench()
      defer { try? other.remove() }
      let fresh = try other.store()
      for day in 0..<10 where !(3...5 ~= day) {
        _ = try await fresh.save(
          Bench.session(Bench.time(day: day, hour: 7), [Self.moisture(day)]))
      }
      #expect(try await other.rows(select) == after)
      #expect(after.count == 7)
    }
  }

  @Test("one person's days go, another's stay, and the air of the room stays")
  func onePerson() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await plant(store, person: "anna")
      _ = try await store.save(Bench.session(Bench.time(day: 4, hour: 8), [50], person: "bo"))
      _ = try await store.erase(
        Erasure(dates: try dates(0, 9), person: "anna"),
        at: Bench.stamp(Bench.time(day: 11, hour: 0)))
      #expect(try await bench.rows("SELECT person FROM v1_session") == [["bo"]])
      #expect(try await bench.rows("SELECT count(*) FROM air") == [["10"]])
    }
  }

  @Test("a whole person is forgotten, name and all")
  func wholePerson() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await plant(store, person: "Annabella")
      _ = try await store.save(Bench.session(Bench.time(day: 4, hour: 8), [50], person: "bo"))
      #expect(try bench.holds("Annabella"))
      let outcome = try await store.erase(
        Erasure(dates: nil, person: "Annabella"),
        at: Bench.stamp(Bench.time(day: 11, hour: 0)))
      #expect(outcome.proof.isProved)
      #expect(try !bench.holds("Annabella"))
      #expect(
        try await bench.rows("SELECT DISTINCT person FROM v1_slot WHERE site IS NOT NULL") == [
          ["bo"]
        ])
    }
  }

  @Test("a rehearsal counts the same, and changes nothing")
  func rehearsal() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await plant(store)
      let erasure = Erasure(dates: try dates(3, 5))
      let stamp = Bench.stamp(Bench.time(day: 11, hour: 0))
      let counted = try await store.rehearse(erasure, at: stamp)
      #expect(try await bench.rows("SELECT count(*) FROM session") == [["10"]])
      #expect(try await store.erase(erasure, at: stamp).rows == counted)
    }
  }

  @Test("copies still hold it until it is erased there too, and are proved anew")
  func copies() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await plant(store)
      let copy = try bench.backup().copy
      let erasure = Erasure(dates: try dates(3, 5))
      let stamp = Bench.stamp(Bench.time(day: 11, hour: 0))
      _ = try await store.erase(erasure, at: stamp)
      #expect(found(4, in: copy.path) == Self.everything)
      #expect(Restoration(diary: bench.path, copy: copy.path).erasuresUndone() == 1)
      let results = await store.erase(erasure, inCopiesOf: bench.backups, at: stamp)
      #expect(results.map(\.path) == [copy.path])
      #expect(try results[0].result.get().proof.isProved)
      #expect(found(4, in: copy.path) == [])
      #expect(found(6, in: copy.path) == Self.everything)
      let drill = try Drill(of: copy.path)
      #expect(drill.manifest.contents.rows(in: "session") == 7)
      #expect(Restoration(diary: bench.path, copy: copy.path).erasuresUndone() == 0)
      #expect(
        try bench.backupNames()
          == ["diary-20260302-000000.sqlite", "diary-20260302-000000.sqlite.json"])
    }
  }

  @Test("the search finds what is there: the proof can fail")
  func searchFinds() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await plant(store)
      let erasure = Erasure(dates: try dates(3, 3))
      try await store.look { writer in
        let traces = try Traces(of: EraseScope(erasure, writer.plans), in: writer.db)
        let found = traces.search([bench.path, bench.path + "-wal"]).found
        #expect(found == traces.count && found >= 6)
      }
    }
  }
}

extension Store {
  fileprivate func look(_ body: @Sendable (DiaryWriter) throws -> Void) throws {
    try transact(durably: false, "look", body)
  }
}
