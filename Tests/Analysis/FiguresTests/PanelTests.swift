import Curves
import Figures
import Readings
import Testing

@Suite("panels") struct PanelTests {
  private func figure(_ panels: [PanelFigure.Panel], days: Int = 5) -> PanelFigure {
    PanelFigure(
      title: "October", firstDate: LocalDate(daysSince1970: 20_000), days: days, panels: panels)
  }

  private func panel(_ values: [Double?], scale: String = "skin") -> PanelFigure.Panel {
    .init(name: "mornings", unit: "a.u.", values: values, scale: scale)
  }

  private func heights(_ drawing: Drawing) -> [Double] {
    drawing.all("circle", style: "s2v-dot").map { drawing.number($0, "cy") }
  }

  @Test func `every reading is a dot, days in a row are joined, a missed day is a gap`() {
    let drawing = Drawing(
      figure([panel([10, nil, 12, nil, nil, nil, 14, nil, 16, nil])]).figure)
    #expect(drawing.fault == nil)
    #expect(drawing.all("circle", style: "s2v-dot").count == 4)
    #expect(drawing.all("path", style: "s2v-one").count == 2)
  }

  @Test func `panels of one scale are as high for the same value, others are not`() {
    let shared = heights(Drawing(figure([panel([10, 20]), panel([20, 30])]).figure))
    let apart = heights(
      Drawing(figure([panel([10, 20]), panel([20, 30], scale: "air")]).figure))
    // The same value 20 stands in both panels, which are equally far apart as their tops.
    let between = apart[2] - apart[0]
    #expect(abs(shared[2] - shared[1] - between) < 0.11)
    #expect(abs(apart[2] - apart[1] - between) > 10)
  }

  @Test func `the calmer course is dashed and named`() {
    var figure = figure([
      .init(name: "mornings", unit: "", values: [1, 3, 2], calmer: [1, 2, 2], scale: "skin")
    ])
    figure.calmerName = "mean of seven days"
    let drawing = Drawing(figure.figure)
    #expect(drawing.all("path", style: "s2v-two").count == 1)
    #expect(drawing.texts.contains("mean of seven days"))
  }

  @Test func `events stand below the reading of their half day, and outside days nowhere`() {
    var figure = figure([panel([1, 2, 3, 4])])
    figure.rows = [.init(name: "alcohol", places: [3, -2, 99])]
    figure.marks = [
      .init(place: 2, kind: .alarm, label: "shift"), .init(place: -1, kind: .epoch, label: "far"),
    ]
    let drawing = Drawing(figure.figure)
    let dots = drawing.all("circle", style: "s2v-dot").map { drawing.number($0, "cx") }
    let events = drawing.all("circle", style: "s2v-hollow").map { drawing.number($0, "cx") }
    #expect(events == [dots[3]])
    #expect(drawing.all("line", style: "s2v-alarm").map { drawing.number($0, "x1") } == [dots[2]])
    #expect(drawing.texts.contains("alcohol") && drawing.texts.contains("▲ shift"))
    #expect(drawing.all("line", style: "s2v-epoch").isEmpty)
  }

  @Test func `what is not seen is said`() {
    var figure = figure([panel([1, 4, nil, 2]), panel([nil, nil])])
    figure.rows = [.init(name: "alcohol", places: [1, 6])]
    let said = figure.figure.description
    #expect(said.contains("mornings: 3 readings, 1 to 4 a.u."))
    #expect(said.contains("mornings: none."))
    // Day 20 000 is 4 October 2024.
    #expect(said.contains("alcohol on day 4, 7."))
    #expect(Drawing(figure.figure).all("text", style: "s2v-silent").map(\.text) == ["none"])
    let nothing = self.figure([panel([nil, .nan])]).figure
    #expect(nothing.description == "No readings to show.")
  }
}
