import Curves
import Readings
import Testing
import Wording

@Suite("what things are called") struct TermsTests {
  private let chinese: [String: String]

  init() throws { chinese = try WordTable(Pages.text("words.js")).words["zh-Hans"] ?? [:] }

  @Test("an event has one Chinese name, on buttons and in figures")
  func events() throws {
    for kind in SkinEvent.knownKinds {
      #expect(chinese["event \(kind)"] == Spoken.event(kind, in: .simplifiedChinese))
    }
  }

  @Test("what is measured has one Chinese name, on pages, in figures and in explanations")
  func channels() throws {
    for channel in [Channel.skinMoisture, .skinSebum, .airHumidity, .airTemperature, .airPressure] {
      let word = try #require(chinese[channel.rawValue])
      #expect(Spoken.channel(channel.rawValue, in: .simplifiedChinese).hasSuffix(word))
      #expect(channel.shortName(in: .simplifiedChinese) == word)
    }
  }
}
