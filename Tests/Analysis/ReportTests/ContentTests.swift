import Curves
import Effects
import Findings
import Readings
import Report
import Testing

@testable import Watch

@Suite("what a page says") struct ContentTests {
  private let plan = AnalysisPlan(text: "")

  private func report(
    _ findings: [Finding] = [], _ results: ReportResults = ReportResults(),
    history: History? = nil, today: LocalDate? = nil
  ) throws -> Page {
    Page(
      MonthReport(
        month: try Month("2026-10"), person: "me", history: history, findings: findings,
        results: results, plan: plan, today: today))
  }

  private func lead(_ page: Page) -> [String] { page.all("p").prefix(2).map(\.text) }

  @Test func `it counts the slots that could have been tapped`() throws {
    // 30 and 31 October: three readings of four; what follows is November's.
    let whole = Diary.history(
      from: try Diary.day("2026-10-30"), values: [50, nil, 51, 52, 53, 54])
    #expect(
      lead(try report(history: whole)) == [
        "Covers 1 October 2026 to 31 October 2026.",
        "The diary begins on 30 October 2026. Since then, 2 of 2 mornings and 1 of 2 evenings have "
          + "a skin reading of good quality.",
      ])
    // A score is no tap.
    var felt = whole
    felt.curves.append(Curve(channel: "score.oil", values: [nil, 3, nil, 3, nil, 3]))
    #expect(lead(try report(history: felt)) == lead(try report(history: whole)))
  }

  @Test func `a month that is not over has fewer`() throws {
    let history = Diary.history(
      from: try Diary.day("2026-09-30"), values: [50, 50, 51, 51, nil, 52])
    let page = try report(history: history, today: try Diary.day("2026-10-03"))
    #expect(
      lead(page) == [
        "Covers 1 October 2026 to 3 October 2026; the month is not over.",
        "1 of 3 mornings and 2 of 3 evenings have a skin reading of good quality.",
      ])
  }

  @Test func `claims come with what they rest on, others' findings not at all`() throws {
    let claim = Finding(
      analysis: "effects", person: "me", subject: "s", sentence: "late nights cost moisture",
      isClaim: true, value: -0.8, low: -1.25, high: -0.5, level: 0.9, unit: "own SD",
      readings: 412, evidence: "replicated", adjustedFor: ["season", "slot"])
    let quiet = Finding(
      analysis: "effects", person: "me", subject: "s", sentence: "no effect of travel",
      readings: 400, evidence: "none")
    let other = Finding(
      analysis: "effects", person: "you", subject: "s", sentence: "somebody else", isClaim: true)
    let page = try report([quiet, claim, other])
    let items = page.all("li", in: "shows").map(\.text)
    #expect(
      items == [
        "late nights cost moisture90 % interval −1.25 to −0.5 own SD; n = 412 readings; "
          + "evidence: replicated; adjusted for season and slot.", "no effect of travel",
      ])
    #expect(page.all("main").first?.text.contains("somebody else") == false)
  }

  @Test func `what cannot be said stands apart, each reason once`() throws {
    let silent = Finding(
      analysis: "humidity", person: "me", subject: "s", sentence: "the best humidity: too early",
      silence: "too early")
    let page = try report([silent, silent])
    #expect(page.all("li", in: "silence").map(\.text) == ["the best humidity: too early"])
    #expect(page.all("h3", in: "silence").map(\.text) == ["The best humidity"])
    #expect(page.all("p", in: "shows").map(\.text).first?.hasPrefix("Nothing is claimed") == true)
    #expect(page.all("li", in: "shows").isEmpty)
  }

  @Test func `a forecast speaks once, under what is to be expected`() throws {
    let steps = (1...3).map {
      Finding(
        analysis: "forecast", person: "me", subject: "s", sentence: "step \($0)",
        details: [.init("horizon", "\($0)")])
    }
    let page = try report(steps)
    #expect(page.all("li", in: "ahead").map(\.text) == ["step 1"])
    #expect(page.text(of: "shows")?.contains("step") == false)
  }

  @Test func `every kind of result has its figure, and lags only what is claimed`() throws {
    let history = Diary.history(
      from: try Diary.day("2026-09-01"), values: (0..<122).map { 50 + Double($0 % 7) })
    var results = ReportResults()
    results.effects = [
      Diary.answer(Diary.effect(.hint, event: "alcohol")),
      Diary.answer(Diary.effect(.none, event: "travel")),
    ]
    results.optima = [
      (Diary.outcome, .success(Diary.optimum(shift: Estimate(value: 3, low: 1, high: 5))))
    ]
    results.forecasts = [Diary.forecast(history)]
    results.comparisons = [try Diary.comparison("cream", "lotion")]
    let page = try report([], results, history: history)
    let moisture = "Skin moisture at cheek"
    #expect(
      page.figures == [
        "\(moisture), October 2026", "\(moisture): effects of events", "\(moisture) after alcohol",
        moisture, "\(moisture): forecast", "\(moisture): how the methods did",
        "Hydration uplift of cream and lotion",
      ])
    let drawn = page.all("text").map(\.text)
    #expect(drawn.contains("PM2.5 one SD below mean") && drawn.contains("PM2.5 one SD above mean"))
    #expect(page.text(of: "products")?.contains("cream keeps more hydration uplift") == true)
    #expect(page.text(of: "products")?.contains("8 applications") == true)
    // The forecast's 90 % band, in words.
    #expect(page.all("desc").contains { $0.text.contains(": 50, 42 to 58;") })
  }

  @Test func `more PM2.5 moves the bell as far as its shift`() throws {
    var results = ReportResults()
    // 54 %RH at the mean; one SD of PM2.5 moves it by 6 %RH.
    results.optima = [
      (Diary.outcome, .success(Diary.optimum(shift: Estimate(value: 6, low: 1, high: 9))))
    ]
    let page = try report([], results)
    func top(_ style: String) throws -> Double {
      let path = try #require(
        page.all("path").first { $0.attributes["class"] == style }?.attributes["d"])
      let points = path.dropFirst().split(separator: "L").map {
        $0.split(separator: " ").compactMap { Double($0) }
      }
      let highest = points.map { $0[1] }.min()
      // The place in the middle of all that are as high.
      let tops = points.filter { $0[1] == highest }.map { $0[0] }
      return ((tops.first ?? 0) + (tops.last ?? 0)) / 2
    }
    let (below, above) = (try top("s2v-one"), try top("s2v-two"))
    let middle = try #require(
      page.all("line").first { $0.attributes["class"] == "s2v-epoch" }?.attributes["x1"])
    #expect(below < above && abs((below + above) / 2 - (Double(middle) ?? 0)) < 1)
  }

  @Test func `what is watched is said with the changes, not among the claims`() throws {
    let page = try report([
      Finding(analysis: "watch", person: "me", subject: "s", sentence: "a shift", isClaim: true)
    ])
    #expect(page.all("li", in: "changes").map(\.text) == ["a shift"])
    #expect(page.all("li", in: "shows").isEmpty)
  }

  @Test func `an event that acts for sure after a day does nothing before it`() throws {
    var results = ReportResults()
    // Delay 1 d and decay 2 d are certain; the peak is −0.8 own SD of 5.
    results.effects = [Diary.answer(Diary.effect(.replicated, event: "alcohol"))]
    let said = try report([], results).all("desc").map(\.text).last ?? ""
    #expect(said.contains("0 d: 0 (0 to 0), 1 d: −4 (−5.5 to −2.5)"))
    // One time constant later, 1/e of it is left.
    #expect(said.contains("3 d: −1.47 (−2.02 to −0.92)"))
  }

  @Test func `alarms are those of the month, with the interval of their beginning`() throws {
    var results = ReportResults()
    results.watch = WatchReport(
      alarms: [
        Diary.alarm(noticed: try Diary.day("2026-09-30"), sentence: "earlier"),
        Diary.alarm(noticed: try Diary.day("2026-10-20"), sentence: "of the month"),
      ], watched: [], silences: [("skin.sebum", Silence("too few readings"))], budgetPerYear: 0.5)
    let page = try report([], results)
    #expect(page.all("li", in: "changes").map(\.text) == ["of the month."])
    #expect(
      page.rows(in: "changes").last == [
        Diary.outcome, "sudden change", "20 October 2026",
        "14 October 2026 (11 October 2026 to 16 October 2026)", "−5.0 (−7.0 to −3.0)",
      ])
    #expect(page.all("li", in: "silence").map(\.text) == ["skin.sebum: too few readings"])
    let drawn = try report(
      [], results,
      history: Diary.history(
        from: try Diary.day("2026-09-20"), values: Array(repeating: 5, count: 80)))
    let marks = drawn.all("text").map(\.text).filter { $0.hasPrefix("▲") }
    #expect(marks == ["▲ change from about 2026-10-14 on"])
    results.watch?.alarms = []
    #expect(try report([], results).text(of: "changes")?.contains("No change was noticed") == true)
  }
}
