import Readings
import Testing

@testable import skin2vec

@Suite struct WordingTests {
  private func deviation(
    _ channel: Channel, z7: Double? = nil, n7: Int = 0, z30: Double? = nil, n30: Int = 0,
    _ baseline: BaselineState = .forming
  ) throws -> Deviation {
    let date = try #require(LocalDate("2026-11-20"))
    return Deviation(
      SlotValue(
        person: Person("me"), key: SlotKey(date: date, slot: .evening), channel: channel,
        site: nil, value: 1, spread: nil, count: 1, quality: .ok, sessionID: nil, epoch: 1,
        normalised: NormalisedValue(
          mean7: nil, z7: z7, n7: n7, z30: z30, n30: n30, baseline: baseline)))
  }

  @Test(
    "deviations are told in words of the channel and by their number",
    arguments: [
      (Channel.skinMoisture, -0.8, "a little drier than your week (−0.8)"),
      (.skinMoisture, 0.04, "like your week (0.0)"),
      (.skinMoisture, 0.3, "like your week (+0.3)"),
      (.skinSebum, 1.4, "oilier than your week (+1.4)"),
      (.skinSebum, -2, "much less oily than your week (−2.0)"),
      (.airTemperature, 0.5, "a little warmer than your week (+0.5)"),
    ])
  func week(channel: Channel, z: Double, words: String) throws {
    #expect(try deviation(channel, z7: z, n7: 7).week == words)
  }

  @Test("a window that is too small is told by its count")
  func forming() throws {
    let small = try deviation(.skinMoisture, n7: 3, n30: 9)
    #expect(small.week == "week forming (3 of 4)")
    #expect(small.baseline == "baseline forming (9 of 30)")
    let growing = try deviation(.skinMoisture, z30: -1.1, n30: 15)
    #expect(growing.baseline == "drier than your baseline (−1.1, 15 of 30)")
    let frozen = try deviation(.skinMoisture, z30: -1.1, n30: 30, .frozen)
    #expect(frozen.baseline == "drier than your baseline (−1.1)")
  }

  @Test("numbers are for people: true minus, groups of three, the right unit")
  func numbers() {
    #expect(decimal(-0.75, 1) == "−0.8")
    #expect(decimal(0.05, 2) == "0.05")
    #expect(grouped(44_512) == "44 512")
    #expect(grouped(999) == "999")
    #expect(counted(1, "tap") == "1 tap")
    #expect(sizeInWords(5_120_000) == "5.1 MB")
    #expect(sizeInWords(12) == "12 bytes")
    #expect(spanInWords(59) == "59 s")
    #expect(spanInWords(7500) == "2 h 5 min")
    #expect(spanInWords(273_600) == "3 d 4 h")
    #expect(plain(3) == "3")
    #expect(plain(2.5) == "2.5")
  }

  @Test("columns are as wide as their longest cell, and no line ends in spaces")
  func table() {
    var table = TextTable()
    table.add("a", "bb", "c")
    table.add("aaa", "°", "")
    #expect(table.lines(indentedBy: 1) == [" a    bb  c", " aaa  °"])
  }

  @Test("nothing that a terminal would obey is printed")
  func controls() {
    #expect("a\u{1B}[2J\u{202E}b\nc".printable == "a[2Jbc")
  }

  @Test("colour is only where it is on")
  func colour() {
    #expect(Paint(isOn: false).red("x") == "x")
    #expect(Paint(isOn: true).red("x") == "\u{1B}[31mx\u{1B}[0m")
  }

  @Test(
    "local times hold on both sides of a change of clocks",
    arguments: [
      ("2026-10-25 01:30", 1_792_884_600), ("2026-10-25T12:00", 1_792_926_000),
      ("2026-03-29 02:30", 1_774_746_000), ("2026-11-20T22:14:03", 1_795_209_243),
    ] as [(String, Int64)])
  func times(text: String, seconds: Int64) throws {
    let plan = DayPlan(zone: try ZoneRules(named: Bench.zone))
    let local = LocalClock(plan: plan, now: Bench.evening())
    #expect(try local.moment(text) == .seconds(seconds))
  }
}
