import Curves
import Figures
import Readings
import Testing

/// Every kind of figure, with the same text wherever text goes.
private func figures(_ text: String, in language: Language = .english) -> [Figure] {
  let word = FigureWord.asWritten(text)
  let date = LocalDate(daysSince1970: 20_000)
  let estimate = Estimate(value: 0.4, low: 0.1, high: 0.7)
  var series = SeriesFigure(title: word, unit: text, firstDate: date, values: [1, nil, 2, 3])
  series.marks = [SeriesFigure.Mark(place: 2, kind: .alarm, label: word)]
  var bell = BellFigure(
    title: word, quantity: word, unit: word,
    lines: [word, word].map {
      BellFigure.Line(
        name: $0,
        points: [30, 50, 70].map {
          BellFigure.Point(x: $0, value: -($0 - 50) * ($0 - 50), low: -500, high: 100)
        })
    })
  bell.seen = [31, 42]
  bell.optimum = .failure(Silence(text))
  var panels = PanelFigure(
    title: text, firstDate: date, days: 2,
    panels: [.init(name: text, unit: text, values: [1, nil, 2, 3], scale: text)])
  panels.rows = [.init(name: text, places: [1])]
  panels.marks = series.marks
  panels.calmerName = text
  return [
    series.figure(in: language), bell.figure(in: language),
    IntervalFigure(
      title: word, quantity: word,
      rows: [
        .init(label: word, result: .success(estimate)),
        .init(label: word, result: .failure(Silence(text))),
      ]
    ).figure(in: language),
    LagFigure(title: word, unit: text, bars: [.init(lag: 1, effect: estimate)])
      .figure(in: language),
    FanFigure(
      title: word, unit: text, firstDate: date, values: [1, 2],
      steps: [2, 3].map { .init(place: $0, value: 3, bands: [1...5]) },
      levels: [0.9]
    ).figure(in: language),
    ScoreFigure(title: text, quantity: text, bars: [.init(name: text, value: 1, isBest: true)])
      .figure,
    HistogramFigure(title: text, quantity: text, values: [1, 2, 2]).figure,
    panels.figure,
    .empty(title: text, reason: text, in: language),
  ]
}

@Suite("figures") struct FigureTests {
  @Test(arguments: ["plain", "<b>&\"'</svg>]]>", "Öl 油 🧴 \u{0}\u{1B}\u{FFFE}", ""])
  func `all are well-formed XML, whatever the text`(text: String) {
    for figure in Language.allCases.flatMap({ figures(text, in: $0) }) {
      for styled in [true, false] {
        let drawing = Drawing(figure, styled: styled)
        #expect(drawing.fault == nil)
        #expect(drawing.elements.first?.name == "svg")
        #expect(drawing.all("b").isEmpty && drawing.all("script").isEmpty)
      }
    }
  }

  @Test func `text comes out as it went in`() {
    for figure in figures("a<b & \"c\"") {
      #expect(Drawing(figure).all("title").first?.text == "a<b & \"c\"")
    }
  }

  @Test func `a figure names itself for those who do not see it, and loads nothing`() {
    for figure in figures("moisture") {
      let drawing = Drawing(figure, id: "one two")
      let svg = drawing.elements[0]
      #expect(svg.attributes["role"] == "img")
      #expect(svg.attributes["aria-labelledby"] == "one-two-title one-two-desc")
      #expect(drawing.all("title").first?.attributes["id"] == "one-two-title")
      #expect(drawing.all("desc").first?.attributes["id"] == "one-two-desc")
      let text = figure.svg()
      #expect(!text.contains("href") && !text.contains("url(") && !text.contains("@import"))
      #expect(text.contains("prefers-color-scheme:dark") && text.contains("@media print"))
      #expect(!figure.svg(styled: false).contains("<style>"))
    }
  }

  @Test func `nothing to show is said in the figure`() {
    let date = LocalDate(daysSince1970: 0)
    let nothing = [
      SeriesFigure(title: "t", unit: "", firstDate: date, values: []).figure(),
      SeriesFigure(title: "t", unit: "", firstDate: date, values: [nil, nil]).figure(),
      SeriesFigure(title: "t", unit: "", firstDate: date, values: [.nan, .infinity]).figure(),
      IntervalFigure(title: "t", quantity: "", rows: []).figure(),
      LagFigure(title: "t", unit: "", bars: []).figure(),
      BellFigure(title: "t", quantity: "", unit: "", lines: []).figure(),
      FanFigure(title: "t", unit: "", firstDate: date, values: [1], steps: [], levels: [])
        .figure(),
      ScoreFigure(title: "t", quantity: "", bars: []).figure,
      ScoreFigure(title: "t", quantity: "", bars: [.init(name: "a", value: .nan)]).figure,
      HistogramFigure(title: "t", quantity: "", values: []).figure,
    ]
    for figure in nothing {
      let drawing = Drawing(figure)
      #expect(drawing.fault == nil)
      #expect(drawing.all("text", style: "s2v-silent").first?.text.hasSuffix("to show.") == true)
      #expect(drawing.all("path").isEmpty && drawing.all("circle").isEmpty)
    }
  }

  @Test func `what has no unit is said without a hole`() {
    let date = LocalDate(daysSince1970: 0)
    let series = SeriesFigure(title: "t", unit: "", firstDate: date, values: [1, 2]).figure()
    #expect(series.description == "2 readings from 1970-01-01 on, 1 to 2.")
    let fan = FanFigure(
      title: "t", unit: "", firstDate: date, values: [1],
      steps: [.init(place: 2, value: 3, bands: [1...5])], levels: [0.9])
    #expect(fan.figure().description == "Forecast to 1970-01-02: 3, 1 to 5; bands of 90 %.")
  }

  @Test func `one value, or equal ones, still have room`() {
    let date = LocalDate(daysSince1970: 0)
    for values in [[5.0], [0, 0, 0], [1e9, 1e9]] {
      for figure in [
        SeriesFigure(title: "t", unit: "", firstDate: date, values: values).figure(),
        HistogramFigure(title: "t", quantity: "", values: values).figure,
      ] {
        let drawing = Drawing(figure)
        #expect(drawing.fault == nil && !figure.svg().contains("nan"))
        #expect(!(drawing.all("path") + drawing.all("circle") + drawing.all("rect")).isEmpty)
      }
    }
  }
}

@Suite("numbers and ticks") struct TickTests {
  @Test(arguments: [
    (0.0, "0"), (1, "1"), (-3.44, "−3.44"), (0.125, "0.13"), (12.345, "12.3"), (1250.4, "1250"),
    (0.0123, "0.0123"), (2_500_000, "2.5M"), (-0.00001, "0"), (99.96, "100"),
  ])
  func `numbers are short and have a point`(value: Double, text: String) {
    #expect(shortNumber(value) == text)
  }

  @Test func `what is no number is a question mark`() {
    #expect(shortNumber(.nan) == "?" && shortNumber(.infinity) == "?")
  }

  @Test(arguments: [
    (0.0...1.0, [0, 0.2, 0.4, 0.6, 0.8, 1]), (37...92, [40, 60, 80]), (-3...3, [-2, 0, 2]),
    (0...0.01, [0, 0.002, 0.004, 0.006, 0.008, 0.01]), (1200...5300, [2000, 3000, 4000, 5000]),
  ])
  func `ticks are round`(range: ClosedRange<Double>, expected: [Double]) {
    let ticks = Ticks.nice(range)
    #expect(ticks.count == expected.count)
    #expect(zip(ticks, expected).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test func `months of a year bear the year at January`() throws {
    let first = try #require(LocalDate("2026-03-15"))
    let labels = Ticks.days(from: first, to: first + 365).map(\.label)
    #expect(labels == ["May", "Jul", "Sep", "Nov", "2027", "Mar"])
  }

  @Test func `weeks begin on Mondays`() throws {
    let first = try #require(LocalDate("2026-11-21"))
    let ticks = Ticks.days(from: first, to: first + 40)
    #expect(ticks.map(\.label) == ["23 Nov", "30 Nov", "7 Dec", "14 Dec", "21 Dec", "28 Dec"])
  }

  @Test func `ten years are years, a day is one tick, and backwards none`() throws {
    let first = try #require(LocalDate("2020-06-01"))
    let years = Ticks.days(from: first, to: first + 3652).map(\.label)
    #expect(years.allSatisfy { $0.hasPrefix("202") || $0.hasPrefix("203") })
    #expect((4...10).contains(years.count))
    #expect(Ticks.days(from: first, to: first).map(\.label) == ["1 Jun"])
    #expect(Ticks.days(from: first, to: first - 1).isEmpty)
  }
}
