import Curves
import Figures
import Foundation
import Readings
import Testing

@Suite("kept figures") struct KeptFigureTests {
  @Test(arguments: Kept.all, Language.allCases)
  func `each is well-formed in each language, loads nothing, and says its n`(
    kept: KeptFigure, language: Language
  ) {
    let figure = kept.figure(in: language)
    let drawing = Drawing(figure)
    #expect(drawing.fault == nil)
    let text = figure.svg()
    #expect(!text.contains("href") && !text.contains("url(") && !text.contains("@import"))
    #expect(drawing.elements.first?.attributes["lang"] == (language == .english ? nil : "zh-Hans"))
    #expect(drawing.texts.contains { $0.hasPrefix("n = 412 ") && $0.contains("31") })
    // The note stands within the drawing.
    let lowest = drawing.all("text").map { drawing.number($0, "y") }.max() ?? .infinity
    #expect(lowest < figure.height)
  }

  @Test(arguments: Kept.all)
  func `what is read back draws the same`(kept: KeptFigure) throws {
    let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let read = try decoder.decode(KeptFigure.self, from: try encoder.encode(kept))
    for language in Language.allCases {
      #expect(read.figure(in: language).svg() == kept.figure(in: language).svg())
    }
    #expect(read.csv == kept.csv)
  }

  @Test func `Chinese words, and names as they are written`() {
    let forest = Drawing(Kept.forest.figure(in: .simplifiedChinese))
    #expect(forest.all("title").first?.text == "皮肤水分（left_cheek）：各类事件的影响")
    #expect(forest.texts.contains("熬夜，31 次") && forest.texts.contains("my, own \"word\""))
    #expect(forest.texts.contains("3 次，需要 8 次"))
    #expect(forest.texts.contains("−0.8 (−1.25 至 −0.5)"))
    let lag = Drawing(Kept.lag.figure(in: .simplifiedChinese)).texts
    #expect(lag.contains("饮酒之后的皮肤水分（left_cheek）") && lag.contains("之后的天数"))
    let bell = Drawing(Kept.bell.figure(in: .simplifiedChinese)).texts
    #expect(bell.contains("最适 54") && bell.contains("相对湿度（%）"))
    let series = Kept.series.figure(in: .simplifiedChinese)
    #expect(Drawing(series).texts.contains("▲ 约自2024年10月5日起变化"))
    #expect(series.description.contains("变化始于2024年10月5日至2024年10月5日之间。"))
    #expect(Drawing(series).texts.contains("10月4日"))
  }

  /// All that only an English figure says.
  @Test(arguments: Kept.all)
  func `a Chinese figure has no English words`(kept: KeptFigure) {
    let drawing = Drawing(kept.figure(in: .simplifiedChinese))
    let names = ["left_cheek", "my, own \"word\"", "PM2.5", "SD", "°C", "n = "]
    for text in drawing.texts + drawing.all("title").map(\.text) + drawing.all("desc").map(\.text) {
      let rest = names.reduce(text) { $0.replacing($1, with: "") }
      #expect(!rest.contains { $0.isASCII && $0.isLetter }, "\(text)")
    }
  }

  @Test func `where nothing can be said, the figure says why, in the language`() {
    let texts = Language.allCases.map { Drawing(Kept.silent.figure(in: $0)).texts }
    #expect(
      texts[0].contains("no trial, yet.") && texts[0].contains("Hydration uplift of products"))
    #expect(texts[1].contains("尚无产品试验。") && texts[1].contains("各产品的水分提升"))
  }

  @Test func `the start of a change is shaded on the readings`() {
    let drawing = Drawing(Kept.series.figure(in: .english))
    let shade = drawing.all("rect", style: "s2v-band2")
    let dots = drawing.all("circle", style: "s2v-dot").map { drawing.number($0, "cx") }
    #expect(shade.count == 1 && dots.count == 4)
    #expect(abs(drawing.number(shade[0], "x") - dots[1]) < 0.2)
    let end = drawing.number(shade[0], "x") + drawing.number(shade[0], "width")
    #expect(abs(end - dots[2]) < 0.2)
  }

  @Test func `long Chinese text is shortened to the room of letters half as wide`() {
    let long = String(repeating: "长", count: 40)
    let figure = IntervalFigure(
      title: "t", quantity: "q",
      rows: [.init(label: "a", result: .failure(Silence(long, long)))])
    let drawn = Drawing(figure.figure(in: .simplifiedChinese)).texts.first { $0.hasSuffix("…") }
    #expect(drawn == String(repeating: "长", count: 34) + "…")
  }
}
