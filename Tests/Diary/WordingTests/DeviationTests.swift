import Readings
import Testing

@testable import Wording

@Suite("how a value compares") struct DeviationTests {
  private func value(
    _ channel: Channel, z7: Double? = nil, n7: Int = 0, z30: Double? = nil, n30: Int = 0,
    _ baseline: BaselineState = .forming, slot: Slot = .evening
  ) throws -> SlotValue {
    let date = try #require(LocalDate("2026-11-20"))
    return SlotValue(
      person: Person("me"), key: SlotKey(date: date, slot: slot), channel: channel,
      site: nil, value: 1, spread: nil, count: 1, quality: .ok, sessionID: nil, epoch: 1,
      normalised: NormalisedValue(
        mean7: nil, z7: z7, n7: n7, z30: z30, n30: n30, baseline: baseline))
  }

  @Test(
    "deviations are told in words of the channel and by their number",
    arguments: [
      (Channel.skinMoisture, -0.8, "a little drier than your week (−0.8)", "比 7 日略干（−0.8）"),
      (.skinMoisture, 0.04, "like your week (0.0)", "与 7 日相近（0.0）"),
      (.skinMoisture, 0.3, "like your week (+0.3)", "与 7 日相近（+0.3）"),
      (.skinSebum, 1.4, "oilier than your week (+1.4)", "比 7 日偏多（+1.4）"),
      (.skinSebum, -2, "much less oily than your week (−2.0)", "比 7 日明显偏少（−2.0）"),
      (.airTemperature, 0.5, "a little warmer than your week (+0.5)", "比 7 日略暖（+0.5）"),
    ])
  func week(channel: Channel, z: Double, english: String, chinese: String) throws {
    let deviation = Deviation(try value(channel, z7: z, n7: 7))
    #expect(deviation.week() == english)
    #expect(deviation.week(in: .simplifiedChinese) == chinese)
  }

  @Test("a window that is too small is told by its count")
  func forming() throws {
    let small = Deviation(try value(.skinMoisture, n7: 3, n30: 9))
    #expect(small.week() == "week forming (3 of 4)")
    #expect(small.baseline() == "baseline forming (9 of 30)")
    #expect(small.week(in: .simplifiedChinese) == "7 日形成中（3/4）")
    #expect(small.baseline(in: .simplifiedChinese) == "基线形成中（9/30）")
    let growing = Deviation(try value(.skinMoisture, z30: -1.1, n30: 15))
    #expect(growing.baseline() == "drier than your baseline (−1.1, 15 of 30)")
    #expect(growing.baseline(in: .simplifiedChinese) == "比基线偏干（−1.1，15/30）")
    let frozen = Deviation(try value(.skinMoisture, z30: -1.1, n30: 30, .frozen))
    #expect(frozen.baseline() == "drier than your baseline (−1.1)")
  }

  @Test(
    "the week's words change at a half, one and two deviations",
    arguments: [
      (0.0, "about as in the last 7 evenings (0.0)", "与最近 7 个晚间相近（0.0）"),
      (-0.49, "about as in the last 7 evenings (−0.5)", "与最近 7 个晚间相近（−0.5）"),
      (-0.5, "a little drier than in the last 7 evenings (−0.5)", "比最近 7 个晚间略干（−0.5）"),
      (0.99, "a little moister than in the last 7 evenings (+1.0)", "比最近 7 个晚间略润（+1.0）"),
      (1.0, "moister than in the last 7 evenings (+1.0)", "比最近 7 个晚间偏润（+1.0）"),
      (-1.99, "drier than in the last 7 evenings (−2.0)", "比最近 7 个晚间偏干（−2.0）"),
      (-2.0, "much drier than in the last 7 evenings (−2.0)", "比最近 7 个晚间明显偏干（−2.0）"),
    ])
  func thresholds(z: Double, english: String, chinese: String) throws {
    let words = ComparisonWords(value: try value(.skinMoisture, z7: z, n7: 7))
    #expect(words.week() == english)
    #expect(words.week(in: .simplifiedChinese) == chinese)
  }

  @Test("the baseline's words say how many values it has")
  func baseline() throws {
    let oily = ComparisonWords(value: try value(.skinSebum, z30: 2.4, n30: 30, .frozen))
    #expect(oily.baseline() == "much oilier than your baseline (+2.4; 30 of 30)")
    #expect(oily.baseline(in: .simplifiedChinese) == "比你的基线明显偏多（+2.4；30/30）")
    let usual = ComparisonWords(value: try value(.skinSebum, z30: 0.1, n30: 12))
    #expect(usual.baseline() == "about as in your baseline (+0.1; 12 of 30)")
    #expect(usual.baseline(in: .simplifiedChinese) == "与你的基线相近（+0.1；12/30）")
  }

  @Test("where there is too little to compare with, the count and the half of the day are said")
  func tooFew() throws {
    let words = ComparisonWords(value: try value(.skinMoisture, n7: 2, n30: 6))
    #expect(words.week() == "not yet: 2 of 4 evenings")
    #expect(words.baseline() == "not yet: 6 of 10 evenings")
    #expect(words.week(in: .simplifiedChinese) == "尚不能比较：4 个晚间中已有 2 个")
    let morning = ComparisonWords(value: try value(.skinMoisture, n7: 1, slot: .morning))
    #expect(morning.week() == "not yet: 1 of 4 mornings")
    #expect(morning.week(in: .simplifiedChinese) == "尚不能比较：4 个早晨中已有 1 个")
  }

  @Test("a deviation that is missing although there is enough is no count")
  func notCompared() throws {
    let words = ComparisonWords(value: try value(.skinMoisture, n7: 5))
    #expect(words.week() == "not compared")
    #expect(words.week(in: .simplifiedChinese) == "未作比较")
  }
}
