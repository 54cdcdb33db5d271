import Readings

/// How a value came to be, in the words of `skin2vec explain`.
struct ExplainOperation: Sendable {
  let house: House

  var operation: Operation {
    Operation(
      method: "GET", path: "/api/v1/explain", group: "diary",
      summary: "How a slot's value came to be: readings, checks, and what it is compared with",
      parameters: [
        .query("person", .text(.name), "whose; the chosen one's if left out"),
        .query("date", .text(.date), isRequired: true, "the slot's local date"),
        .query(
          "slot", .choice(Slot.allCases.map(\.rawValue)), isRequired: true, "morning or evening"),
        .query(
          "channel", .choice(Channel.allCases.map(\.rawValue)), isRequired: true,
          "what is explained"),
        .query("site", .text(.name), "where; the person's first if left out"), .language,
      ],
      reply: .json(
        "The same words as 'skin2vec explain'",
        .object([.init("lines", .list(.text(longest: 4096)))])),
      problems: [.notFound, .noDiary]
    ) { question in
      .json(["lines": .list(try await lines(question).map { .text($0) })])
    }
  }

  private func lines(_ question: Question) async throws -> [String] {
    let person = question.text("person").map { Person($0) } ?? house.chosen
    let site = question.text("site").map { Site($0) } ?? firstSite(of: person)
    guard let date = question.date("date"),
      let slot = question.text("slot").flatMap({ Slot(rawValue: $0) }),
      let channel = question.text("channel").flatMap({ Channel(rawValue: $0) })
    else { throw Problem(.malformed, "what is to be explained is not named") }
    let lines = try await house.diary.explanation(
      of: channel, person, at: channel.isAir ? nil : site, in: SlotKey(date: date, slot: slot),
      question.language)
    guard let lines else {
      throw Problem(.notFound, "the diary knows no such value", hint: "/api/v1/slots lists them")
    }
    return lines
  }

  private func firstSite(of person: Person) -> Site? {
    house.people.first { $0.name == person.rawValue }?.sites.first.map { Site($0) }
  }
}

extension Operation.Parameter {
  /// In which language words are; the browser's if left out.
  static let language = Operation.Parameter.query(
    "language", .choice(Language.allCases.map(\.rawValue)), "the browser's if left out")
}
