import FoundationEssentials
import Readings
import Store
import Testing
import Wording

@testable import skin2vec

@Suite("watch") struct WatchTests {
  @Test("wish 19: whoever watches hears what was committed, and nothing twice")
  func hears() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      var watch = try await DiaryWatch(path: bench.diary)
      #expect(try await watch.look() == nil)
      try await store.save(Planted.session(Bench.evening(), moisture: [50]))
      let change = try #require(try await watch.look())
      #expect(
        change.sessions.map(\.key.description) == ["2026-11-20 evening"])
      #expect(change.notices == 1)
      #expect(!change.isRederived || change.sessions.count == 1)
      try await store.append([Planted.air(Bench.evening())])
      #expect(try await watch.look()?.airUntil == Bench.evening())
      #expect(try await watch.look() == nil)
      try await store.close()
    }
  }

  @Test("a calibration says that what was there may have changed")
  func rederived() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      var watch = try await DiaryWatch(path: bench.diary)
      let calibration = Calibration(
        part: "fdc1004 0x50", channel: .skinMoisture, validFrom: Bench.evening(), who: "me",
        why: "test", parameters: ["air_picofarads": 3, "reference_picofarads": 11])
      _ = try await store.record(calibration, at: Bench.stamp(Bench.evening()))
      #expect(try await watch.look()?.isRederived == true)
      try await store.close()
    }
  }

  @Test("a diary that was put in its place is opened again")
  func restored() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        try await store.save(Planted.session(Bench.evening(-1), moisture: [50]))
      }
      // A diary that is closed is one file.
      try FileManager.default.copyItem(atPath: bench.diary, toPath: bench.diary + ".other")
      var watch = try await DiaryWatch(path: bench.diary)
      for suffix in ["", "-wal", "-shm"] {
        try FileManager.default.removeItem(atPath: bench.diary + suffix)
      }
      #expect(try await watch.look() == nil)
      try FileManager.default.moveItem(atPath: bench.diary + ".other", toPath: bench.diary)
      #expect(try await watch.look()?.isRederived == true)
      #expect(try await watch.look() == nil)
    }
  }

  @Test("a line says the session and its slot, for a person and for a program")
  func words() async throws {
    let zone = try ZoneRules(named: Bench.zone)
    let local = LocalClock(plan: DayPlan(zone: zone), now: Bench.evening())
    let key = SlotKey(date: try #require(LocalDate("2026-11-20")), slot: .evening)
    var change = DiaryChange()
    change.sessions = [.init(id: 12, person: Person("me"), key: key)]
    change.notices = 1
    #expect(
      change.line(local)
        == "2026-11-20 22:14:00 session 12 (2026-11-20 evening of me), 1 notice")
    let json = try decode(change.json(at: local.now).text())
    #expect(at(json, "sessions", 0, "slot") as? String == "evening")
    #expect(at(json, "rederived") as? Bool == false)
  }
}
