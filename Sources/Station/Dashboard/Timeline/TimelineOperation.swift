import Readings

/// Curves over any span, thinned so that no extreme is lost.
struct TimelineOperation: Sendable {
  /// What is the same for every span of a person.
  private struct Known: Sendable {
    var span: Span?
    var baselines: Baselines
  }

  /// What an answer depends on besides the diary.
  private struct Wanted: Hashable, Sendable {
    var person: Person
    var span: Span
    var points: Int
    /// The person's clock less UTC, in seconds.
    var offset: Int
  }

  let house: House
  // Names that nobody has are asked for too; an answer takes up to about a megabyte.
  private let known = DiaryCache<Person, Known>(most: 16)
  private let answers = DiaryCache<Wanted, Answer>(most: 8)

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
      act: timeline)
  }

  private func timeline(_ question: Question) async throws -> Answer {
    let person = question.text("person").map { Person($0) } ?? house.chosen
    let diary = house.diary
    let known = try await known.value(of: person, in: diary) {
      Known(
        span: try await Span.known(of: person, in: diary),
        baselines: try await Baselines(diary, person))
    }
    let today = house.plan().slot(at: house.now).date
    let wanted = Wanted(
      person: person,
      span: Span(
        from: question.date("from") ?? known.span?.from ?? today,
        to: question.date("to") ?? known.span?.to ?? today),
      points: Int(question.integer("points") ?? 1000),
      offset: house.plan().zone.offsetSeconds(at: house.now.seconds))
    return try await answers.value(of: wanted, in: diary) { .json(try await drawn(wanted, known)) }
  }

  private func drawn(_ wanted: Wanted, _ known: Known) async throws -> JSON {
    let (person, span) = (DiaryCell.text(wanted.person.rawValue), wanted.span)
    let series = try await SlotCurves(
      house.diary, wanted.person, span, points: wanted.points, known.baselines)
    let air = try await AirCurves(
      house.diary, span, points: wanted.points, offset: wanted.offset)
    return [
      "person": person.json, "from": .text(span.from.description),
      "to": .text(span.to.description), "first": JSON(known.span?.from.description),
      "last": JSON(known.span?.to.description),
      "bucket_days": JSON(span.bucketDays(points: wanted.points)),
      "utc_offset_s": JSON(wanted.offset), "panels": .list(series.panels),
      "air": .list(air.curves),
      "events": .list(
        try await DiaryTable.events.rows(
          in: house.diary, where: "person = ? AND local_date BETWEEN ? AND ?",
          [person] + span.cells)),
      "epochs": .list(
        try await DiaryTable.epochs.rows(
          in: house.diary, where: "person = ? AND began_utc_us BETWEEN ? AND ?",
          [person] + span.cells(offset: wanted.offset))),
    ]
  }
}
