import Curves
import Readings
import Testing

@Suite struct CurvesTests {
  private let me = Person("me")
  private let day = LocalDate(daysSince1970: 20_000)

  private func value(
    _ date: LocalDate, _ slot: Slot, _ channel: Channel, _ value: Double,
    site: Site? = Site("cheek"),
    quality: Quality = .ok, epoch: Int64 = 1
  ) -> SlotValue {
    SlotValue(
      person: me, key: SlotKey(date: date, slot: slot), channel: channel, site: site, value: value,
      spread: nil, count: 3, quality: quality, sessionID: nil, epoch: epoch,
      normalised: NormalisedValue(
        mean7: nil, z7: nil, n7: 0, z30: nil, n30: 0, baseline: .forming))
  }

  private func event(_ seconds: Int64, _ weight: Double) -> SkinEvent {
    SkinEvent(
      person: me, time: .seconds(seconds), kind: "alcohol", weight: weight, note: nil)
  }

  @Test func `Values stand at their slot, and suspect ones nowhere`() throws {
    let history = try #require(
      History(
        person: me,
        slotValues: [
          value(day, .evening, .skinMoisture, 47), value(day + 1, .morning, .skinMoisture, 50),
          value(day + 1, .evening, .skinMoisture, 99, quality: .suspect),
          value(day + 2, .morning, .skinMoisture, 51, epoch: 2),
          value(day, .evening, .airHumidity, 48, site: nil),
        ], events: [], scores: [], plan: DayPlan(zone: .utc)))
    #expect(history.days == 3)
    #expect(history.curves.map(\.name) == ["skin.moisture at cheek"])
    #expect(history.curves[0].values == [nil, 47, 50, nil, 51, nil])
    #expect(history.curves[0].epochs == [1, 1, 1, 1, 2, 2])
    #expect(history.air("air.humidity")?.values == [nil, 48, nil, nil, nil, nil])
  }

  @Test func `A drink after midnight belongs to the evening before, and doses add up`() throws {
    let midnight = Int64(20_001) * 86_400
    let history = try #require(
      History(
        person: me,
        slotValues: [
          value(day, .morning, .skinMoisture, 47), value(day + 1, .morning, .skinMoisture, 50),
        ], events: [event(midnight - 7200, 0.5), event(midnight + 1800, 0.25)], scores: [],
        plan: DayPlan(zone: .utc)))
    #expect(history.events.map(\.kind) == ["alcohol"])
    #expect(history.events[0].doses == [0, 0.75, 0, 0])
  }

  @Test func `An empty diary has no history`() {
    #expect(
      History(person: me, slotValues: [], events: [], scores: [], plan: DayPlan(zone: .utc)) == nil)
  }

  @Test func `The first days of a history are those days`() {
    let history = History(
      person: "me", firstDate: day, days: 3,
      curves: [Curve(channel: "score.oil", values: [1, 2, 3, 4, 5, 6])],
      events: [EventCurve(kind: "sun", doses: [0, 0, 1, 0, 0, 1])])
    let first = history.prefix(days: 2)
    #expect(first.days == 2 && first.curves[0].values == [1, 2, 3, 4])
    #expect(first.events[0].doses == [0, 0, 1, 0])
  }
}
