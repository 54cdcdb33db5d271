import Curves
import Figures
import Readings
import Testing

@Suite("where things are drawn") struct PlacementTests {
  private let date = LocalDate(daysSince1970: 20_000)

  private func series(_ values: [Double?]) -> SeriesFigure {
    SeriesFigure(title: "moisture", unit: "a.u.", firstDate: date, values: values)
  }

  @Test func `higher values are higher, later ones further right, at equal steps`() {
    let dots = Drawing(series([10, 20, 30]).figure())
    let circles = dots.all("circle", style: "s2v-dot")
    #expect(circles.count == 3)
    let x = circles.map { dots.number($0, "cx") }
    let y = circles.map { dots.number($0, "cy") }
    #expect(x[0] < x[1] && abs((x[2] - x[1]) - (x[1] - x[0])) < 0.11)
    #expect(y[0] > y[1] && abs((y[2] - y[1]) - (y[1] - y[0])) < 0.11)
  }

  @Test func `a missed slot is joined, a missed day is a gap, a lone reading is seen`() {
    let joined = Drawing(series([10, nil, 12, nil, 14]).figure())
    #expect(joined.all("path", style: "s2v-one").count == 1)
    let apart = Drawing(series([10, 11, nil, nil, 12, 13]).figure())
    #expect(apart.all("path", style: "s2v-one").count == 2)
    // Many readings have no dots, but one that nothing joins does.
    let many = Drawing(series(Array(repeating: 5, count: 200) + [nil, nil, nil, 9]).figure())
    #expect(many.all("circle", style: "s2v-dot").count == 1)
  }

  @Test func `a gap in what is sure is a gap in its band`() {
    var figure = series([1, 2, 3, 4, 5, 6, 7, 8])
    figure.uncertain = [0...2, 1...3, nil, nil, nil, 5...7, 6...8, 7...9]
    #expect(Drawing(figure.figure()).all("path", style: "s2v-band").count == 2)
  }

  @Test func `baseline and marks stand at their places`() {
    var figure = series([10, 20, 10, 20, 10, 20])
    figure.baselines = [.init(from: 1, to: 3, low: 12, high: 18)]
    figure.marks = [
      .init(place: 1, kind: .alarm, label: "shift"), .init(place: 3, kind: .epoch, label: "probe"),
      .init(place: 99, kind: .event, label: "far away"),
    ]
    let drawing = Drawing(figure.figure())
    let dots = drawing.all("circle", style: "s2v-dot")
    let band = drawing.all("rect", style: "s2v-base")
    #expect(band.count == 1)
    let left = band.map { drawing.number($0, "x") }
    let right = band.map { drawing.number($0, "x") + drawing.number($0, "width") }
    #expect(abs(left[0] - drawing.number(dots[1], "cx")) < 0.2)
    #expect(abs(right[0] - drawing.number(dots[3], "cx")) < 0.2)
    // 12 to 18 lies within 10 to 20.
    #expect(drawing.number(band[0], "y") > drawing.number(dots[1], "cy"))
    let alarm = drawing.all("line", style: "s2v-alarm")
    #expect(alarm.count == 1 && abs(drawing.number(alarm[0], "x1") - left[0]) < 0.2)
    #expect(drawing.all("line", style: "s2v-epoch").count == 1)
    #expect(drawing.all("line", style: "s2v-event").isEmpty)
    #expect(drawing.texts.contains("▲ shift"))
  }

  @Test func `estimates stand between the ends of their intervals, silence is grey`() {
    let drawing = Drawing(
      IntervalFigure(
        title: "effects", quantity: "own SD",
        rows: [
          .init(label: "night", result: .success(Estimate(value: -0.5, low: -0.8, high: -0.2))),
          .init(label: "travel", result: .success(Estimate(value: 0.1, low: -0.3, high: 0.5))),
          .init(label: "alcohol", result: .failure(Silence("3 evenings so far"))),
        ]
      ).figure())
    let full = drawing.all("circle", style: "s2v-dot")
    let hollow = drawing.all("circle", style: "s2v-hollow")
    #expect(full.count == 1 && hollow.count == 1)
    let (one, other) = (drawing.number(full[0], "cx"), drawing.number(hollow[0], "cx"))
    let bars = drawing.all("line", style: "s2v-one").filter {
      $0.attributes["y1"] == $0.attributes["y2"]
    }
    #expect(bars.count == 2)
    let ends = bars.map { (drawing.number($0, "x1"), drawing.number($0, "x2")) }
    #expect(abs((ends[0].0 + ends[0].1) / 2 - one) < 0.2)
    #expect(abs((ends[1].0 + ends[1].1) / 2 - other) < 0.2)
    let zero = drawing.all("line", style: "s2v-axis").map { drawing.number($0, "x1") }
    #expect(zero.count == 1 && ends[0].1 < zero[0] && ends[1].0 < zero[0] && zero[0] < ends[1].1)
    let grey = drawing.all("text", style: "s2v-silent").map(\.text)
    #expect(grey == ["alcohol", "3 evenings so far"])
  }

  @Test func `a lag's bar begins at zero and ends at its effect`() {
    let bars = [(0.0, 0.0), (1, -0.4), (2, -0.2)].map {
      LagFigure.Bar(lag: $0.0, effect: Estimate(value: $0.1, low: $0.1 - 0.2, high: $0.1 + 0.2))
    }
    let drawing = Drawing(LagFigure(title: "lags", unit: "SD", bars: bars).figure())
    let drawn = drawing.all("rect", style: "s2v-bar")
    let heights = drawn.map { drawing.number($0, "height") }
    #expect(drawn.count == 3 && heights[0] < 0.11)
    #expect(abs(heights[1] - 2 * heights[2]) < 0.3)
    #expect(abs(drawing.number(drawn[1], "y") - drawing.number(drawn[2], "y")) < 0.11)
  }

  @Test func `the bell has its optimum, the interval and what was seen`() {
    var bell = BellFigure(
      title: "bell", quantity: "humidity, %", unit: "SD",
      lines: [
        .init(
          name: "all",
          points: (3...7).map { .init(x: Double($0) * 10, value: 0, low: -1, high: 1) })
      ])
    bell.seen = [35, 35, 45, .nan]
    bell.optimum = .success(Estimate(value: 50, low: 45, high: 55))
    let drawing = Drawing(bell.figure())
    let zone = drawing.all("rect", style: "s2v-base")
    let middle = drawing.all("line", style: "s2v-epoch").map { drawing.number($0, "x1") }
    #expect(zone.count == 1 && middle.count == 1)
    let centre = drawing.number(zone[0], "x") + drawing.number(zone[0], "width") / 2
    #expect(abs(centre - middle[0]) < 0.2)
    #expect(drawing.all("path", style: "s2v-axis").count == 2)
    // An optimum that cannot be told is not drawn.
    bell.optimum = .failure(Silence("outside what was seen"))
    #expect(Drawing(bell.figure()).all("rect", style: "s2v-base").isEmpty)
    #expect(bell.figure().description.contains("No optimum: outside what was seen."))
  }

  @Test func `a fan has a band a level, after what was read`() {
    let steps = (4...8).map {
      FanFigure.Step(place: $0, value: 5, bands: [2...8, 4...6])
    }
    let drawing = Drawing(
      FanFigure(
        title: "fan", unit: "", firstDate: date, values: [5, 6, 5, 4], steps: steps,
        levels: [0.9, 0.5]
      ).figure())
    #expect(drawing.all("path", style: "s2v-band2").count == 2)
    #expect(drawing.all("path", style: "s2v-two").count == 1)
    #expect(drawing.all("circle", style: "s2v-dot").count == 4)
  }

  @Test func `a histogram counts every value once`() {
    let drawing = Drawing(
      HistogramFigure(title: "h", quantity: "", values: [0, 0, 0, 0, 10, 10]).figure)
    let heights = drawing.all("rect", style: "s2v-bar").map { drawing.number($0, "height") }
    #expect(heights.count == 2 && abs(heights[0] - 2 * heights[1]) < 0.3)
  }
}
