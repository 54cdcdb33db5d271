import Curves
import Products
import Readings
import Testing

@Suite("a trial in the diary") struct TrialDiaryTests {
  private let day = LocalDate(daysSince1970: 20_000)
  private let plan = TrialPlan()

  private func taps(_ site: String, _ times: [Double], from start: Double = 0) -> [SiteReading] {
    times.map { SiteReading(minute: start + $0, site: site, value: 50 + $0 / 100) }
  }

  private func event(_ minute: Double, _ note: String?) -> AppliedEvent {
    AppliedEvent(minute: minute, date: day, note: note)
  }

  @Test func `two products and the untreated site become two applications`() {
    let readings =
      taps("left_cheek", [-4, 14, 61, 250, 500]) + taps("right_cheek", [-3, 16, 62, 251, 499])
      + taps("forehead", [-2, 17, 63, 252, 501])
    let (applications, refused) = plan.applications(
      readings: readings.reversed(),
      events: [event(0, "night cream at right_cheek"), event(-1, "lotion at left_cheek")])
    #expect(refused.isEmpty)
    #expect(applications.map(\.product) == ["lotion", "night cream"])
    #expect(applications.map(\.side) == [.left, .right])
    #expect(applications.map { $0.readings.map(\.minutes) }.first == [0, 15, 62, 251, 501])
    #expect(applications.allSatisfy { $0.hasControl })
  }

  @Test func `a reading outside its tolerance is not used`() {
    let (applications, _) = plan.applications(
      readings: taps("left_cheek", [-1, 9, 76, 240, 480]), events: [event(0, "a at left_cheek")])
    #expect(applications.first?.readings.map(\.minutes) == [0, 240, 480])
  }

  @Test func `of several readings the nearest to the plan is used`() {
    let (applications, _) = plan.applications(
      readings: taps("left_cheek", [-30, -1, 12, 16, 55, 66, 240]),
      events: [event(0, "a at left_cheek")])
    #expect(applications.first?.readings.map(\.minutes) == [0, 16, 55, 240])
    #expect(applications.first?.baseline?.value == 49.99)
  }

  @Test(arguments: [nil, "", "cream", "cream on left_cheek", "at left_cheek", "cream at chin"])
  func `a note that says something else is refused`(note: String?) {
    let (applications, refused) = plan.applications(
      readings: taps("left_cheek", [-1, 15, 60]), events: [event(0, note)])
    #expect(applications.isEmpty)
    #expect(refused.map { $0.reason.contains("`PRODUCT at left_cheek`") } == [true])
  }

  @Test func `without a baseline or with one reading it is refused`() {
    let events = [event(0, "cream at left_cheek")]
    let old = plan.applications(readings: taps("left_cheek", [-46, 15, 60]), events: events)
    #expect(
      old.refused.map(\.reason) == [
        "2024-10-04: no reading within 45 minutes before the application"
      ])
    let one = plan.applications(readings: taps("left_cheek", [-1, 15]), events: events)
    #expect(one.refused.map { $0.reason.contains("1 reading at the planned times") } == [true])
    let none = plan.applications(readings: [], events: events)
    #expect(none.applications.isEmpty && none.refused.count == 1)
  }

  @Test func `nothing counts after the next application on the site, or a wash`() {
    let readings = taps("left_cheek", [-1, 15, 60, 240, 480])
    let twice = plan.applications(
      readings: readings,
      events: [event(0, "a at left_cheek"), event(200, "b at left_cheek")])
    #expect(twice.applications.first?.readings.map(\.minutes) == [0, 15, 60])
    #expect(twice.refused.count == 1)
    let washed = plan.applications(
      readings: readings, events: [event(0, "a at left_cheek")], cleansed: [-3, 300])
    #expect(washed.applications.first?.readings.map(\.minutes) == [0, 15, 60, 240])
  }
}
