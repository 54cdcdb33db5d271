import Readings
import Testing

@testable import Wording

@Suite("the words of channels, qualities and reasons") struct VocabularyTests {
  @Test("every word of the diary has a Chinese one")
  func everyWord() {
    let refusals: [TouchRefusal] =
      [.tooShort, .tooLight, .tooHard, .unsteady, .interrupted]
      + Absence.allCases.map { .absent($0) }
    let reasons = ["spread", "cleansed", "climate", "climate_not_ideal", "range", "step", "flat"]
    let chinese = Language.simplifiedChinese
    let words =
      Absence.allCases.map { $0.words(in: chinese) }
      + Quality.allCases.map { $0.words(in: chinese) }
      + ClockTrust.allCases.map { $0.words(in: chinese) }
      + TapSession.Verdict.allCases.map { $0.words(in: chinese) }
      + Slot.allCases.map { $0.words(in: chinese) } + refusals.map { $0.words(in: chinese) }
      + reasons.map { reasonWords($0, in: chinese) }
    for word in words { #expect(!word.isEmpty && latinWords(in: word).isEmpty, "\(word)") }
    let known: Set = ["PM", "VOC", "NOx", "CO"]
    for channel in Channel.allCases {
      for name in [channel.name(in: chinese), channel.shortName(in: chinese)] {
        #expect(latinWords(in: name).isSubset(of: known), "\(name)")
      }
    }
    #expect(Set(Channel.allCases.map { $0.name(in: chinese) }).count == Channel.allCases.count)
  }

  @Test("a quality is told with every reason, one that nobody knows as it is")
  func qualities() {
    #expect(qualityWords(.ok, reason: nil) == "ok")
    #expect(
      qualityWords(.suspect, reason: "cleansed,soup")
        == "suspect: cleansed too short before, soup")
    #expect(
      qualityWords(.suspect, reason: "cleansed,climate_not_ideal", in: .simplifiedChinese)
        == "存疑：清洁后时间太短、空气条件不够理想")
  }

  @Test("a reading of the air is told with what is wrong with it")
  func readings() {
    let absent = AirReading(.airHumidity, .absent(.warming))
    #expect(absent.words() == "humidity absent (warming up)")
    #expect(absent.words(in: .simplifiedChinese) == "湿度缺失（预热中）")
    let step = AirReading(.airPM10, .value(6.1, .suspect, reason: "step"))
    #expect(step.words() == "PM10 6.1 µg/m³ (suspect: step)")
    #expect(step.words(in: .simplifiedChinese) == "PM10 6.1 µg/m³（存疑：与此前相比突变）")
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
    #expect(plain(3) == "3")
    #expect(plain(2.5) == "2.5")
  }

  @Test(
    "a length of time is told in its two largest units",
    arguments: [
      (59.0, "59 s", "59 秒"), (120, "2 min", "2 分"), (7500, "2 h 5 min", "2 小时 5 分"),
      (273_600, "3 d 4 h", "3 天 4 小时"), (86_400, "1 d", "1 天"),
    ])
  func spans(seconds: Double, english: String, chinese: String) {
    #expect(spanInWords(seconds) == english)
    #expect(spanInWords(seconds, in: .simplifiedChinese) == chinese)
  }

  @Test("columns are as wide as their longest cell, and no line ends in spaces")
  func table() {
    var table = TextTable()
    table.add("a", "bb", "c")
    table.add("aaa", "°", "")
    #expect(table.lines(indentedBy: 1) == [" a    bb  c", " aaa  °"])
  }

  @Test("a Chinese character is as wide as two letters")
  func wideTable() {
    var table = TextTable()
    table.add("水分", "c")
    table.add("abcde", "c")
    #expect(table.lines() == ["水分   c", "abcde  c"])
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
}
