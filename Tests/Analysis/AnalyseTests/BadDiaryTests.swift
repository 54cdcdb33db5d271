import Curves
import Findings
import Readings
import Testing

@testable import skin2vec_analyse

/// Diaries of which little can be said: a sentence with what is missing, never a number or a crash.
@Suite struct BadDiaryTests {
  private static let days = 400
  private static let names = [
    "no curve", "one reading", "all missing", "all equal", "mornings of two weeks",
    "gaps of months", "two short epochs", "no day at all", "readings that are no numbers",
  ]

  private func history(_ name: String) -> History {
    var values = [Double?](repeating: nil, count: Self.days * Grid.perDay)
    var epochs = values.map { _ in 1 }
    switch name {
    case "no curve", "no day at all":
      let days = name == "no curve" ? Self.days : 0
      return History(person: "me", firstDate: LocalDate(daysSince1970: 20_000), days: days)
    case "one reading": values[401] = 47
    case "all equal": for place in values.indices { values[place] = 50 }
    case "mornings of two weeks": for day in 0..<14 { values[2 * day] = 50 + Double(day % 3) }
    case "gaps of months":
      for day in stride(from: 0, to: Self.days, by: 90) {
        values[2 * day + 1] = 40 + Double(day % 7)
      }
    case "two short epochs":
      for place in 0..<24 {
        values[place] = 45 + Double(place % 5)
        values[780 + place % 20] = 55 + Double(place % 7)
      }
      for place in 400..<epochs.count { epochs[place] = 2 }
    case "readings that are no numbers":
      for day in 0..<20 { values[2 * day] = day.isMultiple(of: 2) ? .nan : .infinity }
    default: break
    }
    let moisture = Curve(channel: "skin.moisture", site: "cheek", values: values, epochs: epochs)
    let doses = values.indices.map { $0 % 9 == 1 ? 1.0 : 0 }
    let air = values.indices.map { place -> Double? in 40 + Double(place % 17) }
    return History(
      person: "me", firstDate: LocalDate(daysSince1970: 20_000), days: Self.days,
      curves: [moisture],
      air: [
        AirCurve(channel: "air.humidity", unit: "%RH", values: air),
        AirCurve(channel: "air.pm2_5", unit: "µg/m³", values: air),
      ], events: [EventCurve(kind: "late_night", doses: doses)])
  }

  @Test(arguments: names)
  func `What is missing is said, and no number`(name: String) async {
    let history = history(name)
    let trials = DiaryTrials(person: Person("me"), readings: [], applied: [], cleansed: [])
    let query = Query(people: [
      DiaryPerson(history: history, trials: trials, plans: DiaryPlans([], of: Person("me")))
    ])
    let findings = await query.answers().flatMap { $0.answer.findings(of: $0.person) }
    #expect(findings.contains { $0.silence != nil })
    for finding in findings {
      #expect(finding.silence?.isEmpty == false, "\(finding.sentence)")
      #expect(finding.value == nil && finding.low == nil && !finding.isClaim)
      #expect(finding.silence.map { finding.sentence.contains($0) } == true)
    }
  }

  @Test func `Nobody's diary is no question`() async {
    #expect(await Query(people: []).answers().isEmpty)
  }
}
