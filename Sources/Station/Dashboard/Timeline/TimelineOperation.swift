import Readings

/// Curves over any span, thinned so that no extreme is lost.
struct TimelineOperation: Sendable {
  let house: House
  private let shelf = BaselineShelf()

  init(house: House) { self.house = house }

  /// What is drawn of the skin, and of the air below it.
  static let skin: [Channel] = [.skinMoisture, .skinSebum]
  static let air: [Channel] = [.airHumidity, .airTemperature, .airPM2_5]

  var operation: Operation {
    Operation(
      method: "GET", path: "/api/v1/timeline", group: "diary",
      summary:
        "Mornings and evenings, baselines, events, epochs and the air of a span, for drawing",
      parameters: [
        .query("person", .text(.name), "whose; the chosen one's if left out"),
        .query("from", .text(.date), "the first date; the diary's if left out"),
        .query("to", .text(.date), "the last date; the diary's if left out"),
        .query("points", .integer(50...4000), "entries of a curve at most; 1000 if left out"),
      ],
      reply: .json(
        "Each date of the span, or each bucket of dates with its median and its true extremes",
        Self.shape), problems: [.noDiary],
      act: { .json(try await timeline($0)) })
  }

  private func timeline(_ question: Question) async throws -> JSON {
    let person = question.text("person").map { Person($0) } ?? house.chosen
    let own = try await shelf.known(of: person, in: house.diary)
    let known = own.span
    let today = house.plan().slot(at: house.now).date
    let span = Span(
      from: question.date("from") ?? known?.from ?? today,
      to: question.date("to") ?? known?.to ?? today)
    let points = Int(question.integer("points") ?? 1000)
    let series = try await SlotCurves(
      house.diary, person, span, points: points, own.baselines)
    let offset = house.plan().zone.offsetSeconds(at: house.now.seconds)
    return [
      "person": .text(person.rawValue), "from": .text(span.from.description),
      "to": .text(span.to.description), "first": JSON(known?.from.description),
      "last": JSON(known?.to.description), "bucket_days": JSON(span.bucketDays(points: points)),
      "utc_offset_s": JSON(offset), "panels": .list(series.panels),
      "air": .list(
        try await AirCurves(house.diary, span, points: points, offset: offset).curves),
      "events": .list(
        try await DiaryTable.events.rows(
          in: house.diary, where: "person = ? AND local_date BETWEEN ? AND ?",
          [.text(person.rawValue)] + span.cells)),
      "epochs": .list(
        try await DiaryTable.epochs.rows(
          in: house.diary, where: "person = ? AND began_utc_us BETWEEN ? AND ?",
          [.text(person.rawValue)] + span.cells(offset: offset))),
    ]
  }
}
