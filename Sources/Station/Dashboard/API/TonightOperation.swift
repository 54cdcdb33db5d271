import Readings

/// What the page beside the bed shows: the newest slot against a person's own, the air, the entries.
struct TonightOperation: Sendable {
  let house: House

  var operation: Operation {
    Operation(
      method: "GET", path: "/api/v1/tonight", group: "live",
      summary: "The present slot: values against the own week and baseline, air, scores, events",
      parameters: [.query("person", .text(.name), "whose; the chosen one's if left out")],
      reply: .json("How it stands", Self.shape), problems: [.noDiary],
      act: { .json(try await tonight(of: $0.text("person").map { Person($0) } ?? house.chosen)) })
  }

  private static let shape = Shape.object([
    .init("person", .text()), .init("now_utc_us", DiaryTable.time("").shape),
    .init("date", .text(.date), "the person's day"),
    .init("slot", .choice(Slot.allCases.map(\.rawValue))),
    .init("utc_offset_s", .integer(-86_400...86_400)),
    .init("values", .list(valueShape), "of the present slot, and of the one before it"),
    .init("air", .list(airShape), "the last sample of each channel"),
    .init("scores", .map(.number(0...5)), "of the day, by dimension"),
    .init(
      "events",
      .list(.object(DiaryTable.events.columns.map { .init($0.name, $0.shape, $0.summary) })),
      "of the day"),
  ])

  private static let valueShape = Shape.object(
    DiaryTable.slots.columns.map { .init($0.name, $0.shape, $0.summary) })

  private static let airShape = Shape.object(
    DiaryTable.air.columns.map { .init($0.name, $0.shape, $0.summary) })

  private func tonight(of person: Person) async throws -> JSON {
    let (plan, now) = (house.plan(), house.now)
    let key = plan.slot(at: now)
    let who = DiaryCell.text(person.rawValue)
    let (date, before) = (
      DiaryCell.text(key.date.description), DiaryCell.text((key.date - 1).description)
    )
    let values = try await rows(
      .slots, "person = ? AND local_date BETWEEN ? AND ? AND channel LIKE 'skin.%'",
      [who, before, date], order: "local_date DESC, slot, channel, site")
    let scores = try await rows(
      .scores, "person = ? AND local_date = ?", [who, date], order: "dimension")
    let events = try await rows(
      .events, "person = ? AND local_date = ?", [who, date], order: "event_id")
    return [
      "person": .text(person.rawValue), "now_utc_us": .integer(now.microseconds),
      "date": .text(key.date.description), "slot": .text(key.slot.rawValue),
      "utc_offset_s": JSON(plan.zone.offsetSeconds(at: now.seconds)), "values": .list(values),
      "air": .list(try await air(until: now)),
      "scores": .object(
        Dictionary(
          scores.compactMap { row in
            row["dimension"]?.asText.map { ($0, row["value"] ?? .null) }
          }
        ) { _, last in last }),
      "events": .list(events),
    ]
  }

  /// The last sample of each channel, of the last hour.
  private func air(until now: Timestamp) async throws -> [JSON] {
    let rows = try await rows(
      .air, "time_utc_us > ?", [.integer(now.microseconds - 3_600_000_000)], order: "time_utc_us")
    var last: [String: JSON] = [:]
    for row in rows { if let channel = row["channel"]?.asText { last[channel] = row } }
    return last.sorted { $0.key < $1.key }.map(\.value)
  }

  private func rows(
    _ table: DiaryTable, _ condition: String, _ arguments: [DiaryCell], order: String
  ) async throws -> [JSON] {
    let names = table.columns.map(\.name)
    let answer = try await house.diary.rows(
      "SELECT \(names.joined(separator: ", ")) FROM \(table.view) WHERE \(condition) "
        + "ORDER BY \(order)", arguments)
    return answer.rows.map { row in
      .object(Dictionary(zip(names, row.map(\.json))) { _, last in last })
    }
  }
}
