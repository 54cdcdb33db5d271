import Readings
import Store
import Testing
import TestSupport

@Suite("what people enter", .takingTurns)
struct EntryTests {
  @Test("an event belongs to the date of its slot: 00:30 is the evening before")
  func event() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let time = Bench.time(day: 1, hour: 0.5)
      let event = SkinEvent(
        person: "me", time: time, kind: "late_night", weight: 0.75, note: "film \"X\"")
      #expect(try await store.save(event, at: Bench.stamp(time)) == 1)
      #expect(try await store.save(event, at: Bench.stamp(time)) == 2)
      let archive = try Archive(path: bench.path)
      #expect(try await archive.events(from: time, to: time + .seconds(1)) == [event, event])
      #expect(try await archive.events(from: Bench.monday, to: time).isEmpty)
      #expect(
        try await bench.rows("SELECT DISTINCT local_date FROM v1_event") == [["2026-03-02"]])
    }
  }

  @Test("a weight beyond 0 to 1, or a score beyond 0 to 5, is refused by the diary itself")
  func bounds() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let stamp = Bench.stamp(Bench.monday)
      let event = SkinEvent(
        person: "me", time: Bench.monday, kind: "sun", weight: 1.5, note: nil)
      await #expect(throws: StoreError.self) { try await store.save(event, at: stamp) }
      let date = LocalDate(daysSince1970: 20_000)
      let score = Score(person: "me", date: date, dimension: .oil, value: 5.1)
      await #expect(throws: StoreError.self) { try await store.save(score, at: stamp) }
      #expect(try await bench.rows("SELECT count(*) FROM person") == [["0"]])
    }
  }

  @Test("a later score for the same day and dimension takes the place of the first")
  func score() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let date = try #require(LocalDate("2026-03-02"))
      for (dimension, value) in [(Score.Dimension.oil, 1.0), (.gloss, 2), (.oil, 4)] {
        try await store.save(
          Score(person: "me", date: date, dimension: dimension, value: value),
          at: Bench.stamp(Bench.monday))
      }
      let scores = try await Archive(path: bench.path).scores(from: date, to: date)
      #expect(scores.map(\.value) == [2, 4])
      #expect(scores.map(\.dimension) == [.gloss, .oil])
      #expect(try await bench.rows("SELECT count(*) FROM score") == [["3"]])
    }
  }

  @Test("whose the next session is, is whoever was chosen last")
  func chosen() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let archive = try Archive(path: bench.path)
      #expect(try await archive.chosenPerson() == nil)
      for person: Person in ["ann", "bo", "ann"] {
        try await store.choose(person, at: Bench.stamp(Bench.monday))
      }
      #expect(try await archive.chosenPerson() == "ann")
    }
  }

  @Test("the last notices of a time come oldest first, with their fields in order")
  func notices() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      var sent: [Notice] = []
      for second in 0..<5 {
        let notice = Notice(
          .partLost, "lost \(second)\nand \"gone\"", priority: .warning,
          fields: [.init("PART", "sen55 0x69"), .init("CAUSE", "line\u{1}\\"), .init("A", "")],
          stamp: Bench.stamp(Bench.monday + .seconds(second)))
        try await store.append(notice)
        sent.append(notice)
      }
      let read = try await Archive(path: bench.path).notices(
        from: Bench.monday, to: Bench.monday + .seconds(4), limit: 3)
      #expect(read == [Notice](sent[1...3]))
    }
  }

  @Test("a notice without a moment has the moment it was kept")
  func momentOfNotice() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await store.append(Notice(.failure, "oh"))
      let read = try await Archive(path: bench.path).notices(
        from: Bench.monday, to: Bench.monday + .seconds(1), limit: 3)
      #expect(read.map(\.stamp) == [Bench.stamp(Bench.monday)])
    }
  }

  @Test("a new day plan is in force from its moment on, and changes nothing before")
  func plan() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let plan = DayPlan(zone: .utc, morningStart: 240, eveningStart: 480)
      let stamp = Bench.stamp(Bench.time(day: 1, hour: 0))
      #expect(try await !store.adopt(DayPlan(zone: .utc), from: stamp))
      #expect(try await store.adopt(plan, from: stamp))
      #expect(try await !store.adopt(plan, from: stamp))
      for day in 0..<2 {
        _ = try await store.save(Bench.session(Bench.time(day: day, hour: 9), [40]))
      }
      let select = "SELECT slot FROM v1_session ORDER BY local_date"
      #expect(try await bench.rows(select) == [["morning"], ["evening"]])
      try await store.close()
      // It is the diary that remembers, not the settings.
      let again = try bench.store()
      _ = try await again.save(Bench.session(Bench.time(day: 2, hour: 9), [40]))
      #expect(try await bench.rows(select) == [["morning"], ["evening"], ["evening"]])
    }
  }

  @Test("a person who is erased is gone from every table and from the bytes of the file")
  func erase() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      for person: Person in ["Annabella", "bo"] {
        for day in 0..<3 {
          let session = Bench.session(
            Bench.time(day: day, hour: 7), [40], person: person, site: Site("chin of \(person)"))
          _ = try await store.save(session) { _ in
            Notice(.tapSaved, "tap", fields: [.init("PERSON", person.rawValue)])
          }
        }
      }
      #expect(try await store.erase("Annabella") == 3)
      try await store.close()
      #expect(try await bench.rows("SELECT DISTINCT person FROM v1_slot") == [["bo"]])
      #expect(try await bench.rows("SELECT count(*) FROM notice") == [["3"]])
      #expect(try !bench.holds("Annabella"))
      #expect(try bench.holds("chin of bo"))
    }
  }
}
