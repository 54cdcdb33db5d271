import Readings

/// What the page beside the bed shows: the newest values against a person's own, the air, the entries.
struct TonightOperation: Sendable {
  let house: House

  var operation: Operation {
    Operation(
      method: "GET", path: "/api/v1/tonight", group: "live",
      summary: "The last two days' values against the own week and baseline, air, scores, events",
      parameters: [
        .query("person", .text(.name), "whose; the chosen one's if left out"), .language,
      ],
      reply: .json("How it stands", Self.shape), problems: [.noDiary],
      act: { question in
        let person = question.text("person").map { Person($0) } ?? house.chosen
        return .json(try await tonight(of: person, question.language))
      })
  }

  private static let shape = Shape.object([
    .init("person", .text()), .init("now_utc_us", .moment),
    .init("date", .text(.date), "the person's day"),
    .init("slot", .choice(Slot.allCases.map(\.rawValue))),
    .init("utc_offset_s", .integer(-86_400...86_400)),
    .init("values", .list(.object(value)), "of the day and the one before it, the latest first"),
    .init("air", .list(DiaryTable.air.row), "the last sample of each channel, of the last hour"),
    .init("scores", .map(.number(0...5)), "of the day, by dimension"),
    .init("events", .list(DiaryTable.events.row), "of the day"),
  ])

  private static let value =
    DiaryTable.slots.columns.map { Shape.Field($0.name, $0.shape, $0.summary) } + [
      .init(
        "words",
        .object([
          .init("week", .text(), "against the last seven days"),
          .init("baseline", .text(), "against the own first thirty values"),
        ]), "how it compares, in the language")
    ]

  private func tonight(of person: Person, _ language: Language) async throws -> JSON {
    let (plan, now) = (house.plan(), house.now)
    let key = plan.slot(at: now)
    let ofDay: [DiaryCell] = [.text(person.rawValue), .text(key.date.description)]
    let scores = try await DiaryTable.scores.rows(
      in: house.diary, where: "person = ? AND local_date = ?", ofDay)
    let events = try await DiaryTable.events.rows(
      in: house.diary, where: "person = ? AND local_date = ?", ofDay)
    return [
      "person": .text(person.rawValue), "now_utc_us": .integer(now.microseconds),
      "date": .text(key.date.description), "slot": .text(key.slot.rawValue),
      "utc_offset_s": JSON(plan.zone.offsetSeconds(at: now.seconds)),
      "values": .list(try await values(of: person, until: key.date, language)),
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

  /// The values of the skin, each with how it compares.
  private func values(
    of person: Person, until date: LocalDate, _ language: Language
  ) async throws -> [JSON] {
    let rows = try await DiaryTable.slots.rows(
      in: house.diary,
      where: "person = ? AND local_date BETWEEN ? AND ? AND channel LIKE 'skin.%'",
      [.text(person.rawValue), .text((date - 1).description), .text(date.description)],
      order: "local_date DESC, slot, channel, site")
    return rows.map { row in
      guard case .object(var fields) = row, let value = SlotValue(row) else { return row }
      let words = house.diary.comparison(of: value, language)
      fields["words"] = ["week": .text(words.week), "baseline": .text(words.baseline)]
      return .object(fields)
    }
  }

  /// The last sample of each channel, of the last hour.
  private func air(until now: Timestamp) async throws -> [JSON] {
    let rows = try await DiaryTable.air.rows(
      in: house.diary, where: "time_utc_us > ?", [.integer(now.microseconds - 3_600_000_000)])
    var last: [String: JSON] = [:]
    for row in rows { if let channel = row["channel"]?.asText { last[channel] = row } }
    return last.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension SlotValue {
  /// The value of a row of `v1_slot`; nil where it is none.
  fileprivate init?(_ row: JSON) {
    guard let person = row["person"]?.asText,
      let date = row["local_date"]?.asText.flatMap({ LocalDate($0) }),
      let slot = row["slot"]?.asText.flatMap({ Slot(rawValue: $0) }),
      let channel = row["channel"]?.asText.flatMap({ Channel(rawValue: $0) }),
      let value = row["value"]?.asNumber, let epoch = row["epoch"]?.asInteger,
      let quality = row["quality"]?.asText.flatMap({ Quality(rawValue: $0) }),
      let baseline = row["baseline_state"]?.asText.flatMap({ BaselineState(rawValue: $0) })
    else { return nil }
    func count(_ name: String) -> Int { Int(row[name]?.asInteger ?? 0) }
    self.init(
      person: Person(person), key: SlotKey(date: date, slot: slot), channel: channel,
      site: row["site"]?.asText.map { Site($0) }, value: value, spread: row["spread"]?.asNumber,
      count: count("n_touches"), quality: quality, reason: row["reason"]?.asText,
      sessionID: row["session_id"]?.asInteger, epoch: epoch,
      normalised: NormalisedValue(
        mean7: row["ma7"]?.asNumber, z7: row["z7"]?.asNumber, n7: count("n7"),
        z30: row["z30"]?.asNumber, n30: count("n30"), baseline: baseline))
  }
}
