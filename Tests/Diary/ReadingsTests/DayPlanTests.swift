import Readings
import Testing

@Suite("slots")
struct DayPlanTests {
  @Test("agree with Python on the edges of slots, on days whose clocks change and on others")
  func fixture() throws {
    let rows = try Fixture.rows("slots.csv")
    for row in rows {
      let plan = DayPlan(zone: try Fixture.zone(row[0]))
      let time = Timestamp.seconds(try #require(Int64(row[1])))
      let local = plan.local(time)
      #expect(local.date.description == row[2], "\(row)")
      #expect(local.minute == Int(row[3]), "\(row)")
      let key = plan.slot(at: time)
      #expect(key.date.description == row[4], "\(row)")
      #expect(key.slot.rawValue == row[5], "\(row)")
      #expect(plan.start(of: key).seconds == Int64(row[6]), "\(row)")
      #expect(plan.end(of: key).seconds == Int64(row[7]), "\(row)")
    }
    #expect(rows.count > 300)
  }

  @Test(
    "a moment belongs to its half of the person's day",
    arguments: [
      ("2026-03-02", 239, "2026-03-01 evening"), ("2026-03-02", 240, "2026-03-02 morning"),
      ("2026-03-02", 839, "2026-03-02 morning"), ("2026-03-02", 840, "2026-03-02 evening"),
      ("2026-03-02", 1439, "2026-03-02 evening"), ("2026-03-02", 0, "2026-03-01 evening"),
      ("2026-03-02", 30, "2026-03-01 evening"), ("2026-01-01", 30, "2025-12-31 evening"),
      ("2024-03-01", 30, "2024-02-29 evening"),
    ])
  func edges(date: String, minute: Int, slot: String) throws {
    let days = try #require(LocalDate(date)).daysSince1970
    let time = Timestamp.seconds(Int64(days * 86_400 + minute * 60))
    #expect(DayPlan(zone: .utc).slot(at: time).description == slot)
    #expect(DayPlan(zone: .utc).slot(at: time + .microseconds(59_999_999)).description == slot)
  }

  @Test("follow one another without a gap for a year, with clocks changing both ways")
  func noGaps() throws {
    for name in ["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Antarctica/Troll"] {
      let plan = DayPlan(zone: try Fixture.zone(name))
      var key = SlotKey(date: try #require(LocalDate("2026-01-01")), slot: .morning)
      for _ in 0..<730 {
        let (start, end) = (plan.start(of: key), plan.end(of: key))
        #expect(start < end)
        #expect(plan.slot(at: start) == key, "\(name) \(key)")
        #expect(plan.slot(at: end - .microseconds(1)) == key, "\(name) \(key)")
        #expect(plan.slot(at: start - .microseconds(1)) != key, "\(name) \(key)")
        key = key.next
      }
    }
  }

  @Test("the day that Samoa left out has no moment in its slots but the night after it")
  func dateLine() throws {
    let plan = DayPlan(zone: try Fixture.zone("Pacific/Apia"))
    let missing = try #require(LocalDate("2011-12-30"))
    let morning = SlotKey(date: missing, slot: .morning)
    #expect(plan.start(of: morning) == plan.end(of: morning))
    // Midnight after the 29th was midnight of the 31st: 10:00 UTC on the 30th.
    #expect(plan.start(of: morning) == .seconds(1_325_239_200))
    #expect(plan.slot(at: .seconds(1_325_239_200)) == SlotKey(date: missing, slot: .evening))
  }

  @Test("can be cut elsewhere")
  func otherTimes() {
    let plan = DayPlan(zone: .utc, morningStart: 300, eveningStart: 720)
    #expect(plan.slot(at: .seconds(299 * 60)).slot == .evening)
    #expect(plan.slot(at: .seconds(300 * 60)).slot == .morning)
    #expect(plan.slot(at: .seconds(720 * 60)).slot == .evening)
  }

  @Test("are ordered as they are lived")
  func order() throws {
    let date = try #require(LocalDate("2026-03-02"))
    let keys = [
      SlotKey(date: date, slot: .morning), SlotKey(date: date, slot: .evening),
      SlotKey(date: date + 1, slot: .morning),
    ]
    #expect(keys[0] < keys[1] && keys[1] < keys[2])
    #expect(!(keys[1] < keys[0]) && !(keys[0] < keys[0]))
    #expect(keys[0].next == keys[1] && keys[1].next == keys[2])
  }
}
