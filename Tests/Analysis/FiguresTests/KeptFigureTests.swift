import Curves
import Figures
import Foundation
import Readings
import Testing

/// Kept figures of every kind, with planted numbers.
enum Kept {
  static let date = LocalDate(daysSince1970: 20_000)  // 2024-10-04
  static let outcome = "skin.moisture at left_cheek"

  static func figure(
    _ name: String, _ heading: FigureHeading, _ drawing: KeptFigure.Drawing?,
    analysis: String = "effects", silence: Silence? = nil
  ) -> KeptFigure {
    KeptFigure(
      name: name, analysis: analysis, person: "me", heading: heading, readings: 412,
      occasions: 31, silence: silence, drawing: drawing)
  }

  static let forest: KeptFigure = {
    let heading = FigureHeading.effects(outcome: outcome, part: 0)
    var figure = IntervalFigure(
      title: .heading(heading), quantity: .peakEffect, unit: "own SD",
      rows: [
        .init(
          label: .event("late_night"),
          result: .success(Estimate(value: -0.8, low: -1.25, high: -0.5)), occasions: 31),
        .init(
          label: .event("my, own \"word\""),
          result: .failure(Silence("3 times, 8 are needed", "3 次，需要 8 次"))),
      ])
    figure.showsOccasions = true
    return Kept.figure("effects-me", heading, .intervals(figure))
  }()

  static let lag: KeptFigure = {
    let heading = FigureHeading.lags(outcome: outcome, event: "alcohol")
    return Kept.figure(
      "lag-me", heading,
      .lags(
        LagFigure(
          title: .heading(heading), unit: "°C",
          bars: [
            .init(lag: 0, effect: Estimate(value: 0, low: 0, high: 0)),
            .init(lag: 1, effect: Estimate(value: -0.25, low: -0.5, high: 0.125)),
          ])))
  }()

  static let bell: KeptFigure = {
    let heading = FigureHeading.humidity(outcome: outcome)
    var figure = BellFigure(
      title: .heading(heading), quantity: .relativeHumidity, unit: .againstBest,
      lines: [FigureWord.lowParticles, .highParticles].map { name in
        .init(
          name: name, points: [.init(x: 40, value: -1, low: -2, high: -0.5)])
      })
    figure.seen = [41, 42]
    figure.optimum = .success(Estimate(value: 54, low: 51, high: 57))
    return Kept.figure("humidity-me", heading, .bell(figure), analysis: "humidity")
  }()

  static let fan: KeptFigure = {
    let heading = FigureHeading.forecast(outcome: "score.oil")
    return Kept.figure(
      "forecast-me", heading,
      .fan(
        FanFigure(
          title: .heading(heading), unit: "", firstDate: date, values: [nil, 3.5, .nan],
          steps: [.init(place: 3, value: 4, bands: [2...6, 3...5])], levels: [0.9, 0.8])),
      analysis: "forecast")
  }()

  static let series: KeptFigure = {
    let heading = FigureHeading.alarm(outcome: outcome, noticed: date + 2)
    var figure = SeriesFigure(
      title: .heading(heading), unit: "", firstDate: date, values: [1, nil, 2, 3, nil, 5])
    figure.began = 2...3
    figure.marks = [.init(place: 3, kind: .alarm, label: .changeFrom(date + 1))]
    return Kept.figure("alarm-me", heading, .series(figure), analysis: "watch")
  }()

  static let silent = Kept.figure(
    "products-me", .products([]), nil, analysis: "products",
    silence: Silence("no trial, yet", "尚无产品试验"))

  static let all = [forest, lag, bell, fan, series, silent]
}

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
    #expect(forest.all("title").first?.text == "left_cheek 处皮肤水分：各类事件的影响")
    #expect(forest.texts.contains("熬夜，31 次") && forest.texts.contains("my, own \"word\""))
    #expect(forest.texts.contains("3 次，需要 8 次"))
    #expect(forest.texts.contains("−0.8 (−1.25 至 −0.5)"))
    let lag = Drawing(Kept.lag.figure(in: .simplifiedChinese)).texts
    #expect(lag.contains("饮酒之后的left_cheek 处皮肤水分") && lag.contains("之后的天数"))
    let bell = Drawing(Kept.bell.figure(in: .simplifiedChinese)).texts
    #expect(bell.contains("最适 54") && bell.contains("相对湿度，%"))
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
    #expect(texts[0].contains("no trial, yet.") && texts[0].contains("Hydration uplift of products"))
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

@Suite("data of kept figures") struct FigureDataTests {
  @Test(arguments: [
    (
      Kept.forest,
      [
        "label,value_own_sd,low_own_sd,high_own_sd,level,occasions,silence",
        "late_night,-0.8,-1.25,-0.5,0.9,31,",
        "\"my, own \"\"word\"\"\",,,,,,\"3 times, 8 are needed\"",
      ]
    ),
    (
      Kept.lag,
      [
        "days_after,effect_celsius,low_celsius,high_celsius,level", "0,0,0,0,0.9",
        "1,-0.25,-0.5,0.125,0.9",
      ]
    ),
    (
      Kept.bell,
      [
        "kind,line,humidity_percent_rh,humidity_low_percent_rh,humidity_high_percent_rh,"
          + "value_own_sd,low_own_sd,high_own_sd",
        "curve,PM2.5 one SD below mean,40,,,-1,-2,-0.5",
        "curve,PM2.5 one SD above mean,40,,,-1,-2,-0.5", "optimum,,54,51,57,,,",
        "seen,,41,,,,,", "seen,,42,,,,,",
      ]
    ),
    (
      Kept.fan,
      [
        "local_date,slot,kind,value_index,low_90_index,high_90_index,low_80_index,high_80_index",
        "2024-10-04,evening,read,3.5,,,,", "2024-10-05,morning,read,,,,,",
        "2024-10-05,evening,expected,4,2,6,3,5",
      ]
    ),
    (
      Kept.series,
      [
        "local_date,slot,value_index,may_have_begun,marks", "2024-10-04,morning,1,0,",
        "2024-10-05,morning,2,1,", "2024-10-05,evening,3,1,alarm", "2024-10-06,evening,5,0,",
      ]
    ), (Kept.silent, ["silence", "\"no trial, yet\""]),
  ])
  func `a table has the planted numbers, as RFC 4180 writes them`(
    kept: KeptFigure, lines: [String]
  ) {
    #expect(kept.csv == lines.map { $0 + "\r\n" }.joined())
  }
}

@Suite("names of kept figures") struct FigureNameTests {
  @Test func `a name says what it is of, in letters of an address`() {
    #expect(
      KeptFigure.name("effects", "me", "skin.moisture at cheek") == "effects-me-skin-moisture-cheek")
    #expect(
      KeptFigure.name("lag", "me", "score.oil", "late_night") == "lag-me-score-oil-late-night")
  }

  @Test func `names that an address cannot have stay apart`() {
    let people = ["李", "王", "Me", "me", "a/b", "a?b", "ab"]
    let names = people.map { KeptFigure.name("what-if", $0) }
    #expect(Set(names).count == people.count)
    for name in names {
      #expect(name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) })
    }
  }

  @Test func `a name that is taken gets a number, and the first keeps its own`() {
    let figures = ["a_b", "a-b", "a.b"].map {
      KeptFigure(
        name: KeptFigure.name("x", $0), analysis: "x", person: $0, heading: .noTrial)
    }
    #expect(KeptFigure.distinct(figures).map(\.name) == ["x-a-b", "x-a-b-2", "x-a-b-3"])
  }
}
