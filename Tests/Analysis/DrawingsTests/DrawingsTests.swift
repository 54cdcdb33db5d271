import Curves
import Drawings
import Figures
import Products
import Readings
import Testing

@testable import Watch
@testable import WhatIf

@Suite("figures of what was found") struct DrawingsTests {
  private static let outcome = "skin.moisture at cheek"
  private static let first = LocalDate(daysSince1970: 20_000)

  /// Every reading is its own place, a hundred days of two.
  private static let history = History(
    person: "me", firstDate: first, days: 100,
    curves: [
      Curve(channel: "skin.moisture", site: "cheek", values: (0..<200).map { Double($0) })
    ], air: [AirCurve(channel: "air.pm2_5", unit: "µg/m³", values: [])])

  private static func alarm(began day: Int, noticed: Int, of curve: String = outcome) -> Alarm {
    let size = Estimate(value: -5, low: -7.25, high: -3)
    return Alarm(
      curve: curve, kind: .shift, probabilities: [.shift: 0.87], noticedOn: first + noticed,
      judgedUpTo: first + noticed, beganEarliest: first + (day - 2), beganLikely: first + day,
      beganLatest: first + (day + 3), sizeSD: Estimate(value: -1.5, low: -2, high: -1), size: size,
      readings: 200, adjustedFor: [],
      changes: [
        CurveChange(curve: curve, unit: "", probability: 0.99, sizeSD: size, size: size),
        CurveChange(
          curve: "skin.sebum at cheek", unit: "", probability: 0.9, sizeSD: size, size: size),
      ], sentence: "")
  }

  @Test func `an alarm's readings are those about it, each on its own day`() throws {
    let figure = try #require(SeriesFigure(Self.alarm(began: 60, noticed: 66), in: Self.history))
    // 45 days before the earliest begin, the 58th, and 21 after the day on which it was noticed.
    #expect(figure.firstDate == Self.first + 13)
    #expect(figure.values.first == 26 && figure.values.last == 175)
    #expect(figure.marks.map { figure.values[$0.place] } == [120])
    let began = try #require(figure.began)
    #expect(figure.values[began.lowerBound] == 116 && figure.values[began.upperBound] == 127)
  }

  @Test func `an alarm near the diary's ends has what there is, one of no curve nothing`() throws {
    let early = try #require(SeriesFigure(Self.alarm(began: 5, noticed: 9), in: Self.history))
    #expect(early.firstDate == Self.first && early.values.first == 0)
    let late = try #require(SeriesFigure(Self.alarm(began: 90, noticed: 99), in: Self.history))
    #expect(late.values.last == 199)
    #expect(
      SeriesFigure(Self.alarm(began: 60, noticed: 66, of: "score.oil"), in: Self.history) == nil)
  }

  @Test func `an alarm's Chinese sentence has its numbers, its dates and what moved with it`() {
    let said = Self.alarm(began: 60, noticed: 66).chineseSentence
    // Day 20 060 is 3 December 2024.
    #expect(
      said == "皮肤水分（cheek）约自2024年12月3日（2024年12月1日至2024年12月6日）起偏低 5"
        + "（个人标准差的 1.5 倍），皮脂（cheek）亦然：突然变化，把握 87 %")
  }

  // MARK: Products

  /// Eight days of two products, one of which keeps more.
  private static func comparison() throws -> Comparison {
    func application(_ day: Int, _ product: String, _ side: Side, _ uplift: Double) -> Application {
      let minutes = [0.0, 15, 60, 240, 480]
      return Application(
        date: first + day, product: product, side: side,
        readings: minutes.map { TimedReading(minutes: $0, value: $0 > 0 ? 50 + uplift : 50) },
        control: minutes.map { TimedReading(minutes: $0, value: 48) })
    }
    let noise = [0.3, -0.4, 0.1, -0.2, 0.5, -0.3, 0.2, -0.1]
    return try Comparison(
      of: noise.enumerated().map { day, noise in
        let isLeft = day.isMultiple(of: 2)
        return ApplicationPair(
          first: application(day, "cream", isLeft ? .left : .right, 14 + noise),
          second: application(day, "lotion", isLeft ? .right : .left, 10))
      })
  }

  @Test func `products have both uplifts and their difference, or why there is none`() throws {
    let found = try Self.comparison()
    let silence = Silence("5 so far", "目前 5 次")
    let figure = IntervalFigure(products: [
      ("cream", "lotion", .success(found)), ("cream", "oil", .failure(silence)),
    ])
    #expect(
      figure.rows.map { $0.label.text(in: .english) } == [
        "cream", "lotion", "cream − lotion", "cream − oil",
      ])
    #expect(
      figure.rows.map(\.result) == [
        .success(found.first.mean), .success(found.second.mean), .success(found.difference),
        .failure(silence),
      ])
    #expect(figure.rows.map(\.occasions) == [nil, nil, 8, nil])
  }

  @Test func `the answer of a comparison names the better product in Chinese too`() throws {
    let said = try Self.comparison().chineseAnswer(unit: "指数")
    #expect(said.hasPrefix("cream 的水分提升比 lotion 保持得更多：+"))
    #expect(said.hasSuffix("（8 小时，8 次涂抹）。"))
  }

  // MARK: What if

  @Test func `what if is drawn in the person's own SD`() {
    let difference = Estimate(value: -4, low: -6, high: -2)
    let path = WhatIfPath(
      question: WhatIf(channel: "air.pm2_5", value: 75, days: 3), outcome: Self.outcome, unit: "",
      airUnit: "µg/m³", reference: 12,
      steps: [
        WhatIfPath.Step(
          place: 200, difference: difference, differenceRead: difference, unchanged: difference,
          changed: difference)
      ], deviation: 4, readings: 190, days: 95, adjustedFor: ["season"], kernels: [], heldShare: 0.9
    )
    let figure = IntervalFigure(
      path.question, [(Self.outcome, .success(path))], in: Self.history)
    #expect(
      figure.rows.map(\.result) == [.success(Estimate(value: -1, low: -1.5, high: -0.5))])
    let titles = Language.allCases.map { figure.title.text(in: $0) }
    #expect(titles == ["If PM2.5 stays at 75 µg/m³ for 3 days", "若 PM2.5 连续 3 天保持 75 µg/m³"])
    #expect(
      path.chineseSentence == "若 PM2.5 连续 3 天为 75 µg/m³，与最近一周的 12 µg/m³ 相比：0.5 天后皮肤水分（cheek） "
        + "−4（90 % 区间 −6 至 −2）；依据 95 天的读数，已校正季节。")
  }
}
