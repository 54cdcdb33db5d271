import Readings

/// What the analyses have found, with its figures.
struct FindingsOperations: Sendable {
  let house: House

  var all: [Operation] { [findings, figures, drawing, numbers] }

  private static let person = Operation.Parameter.query(
    "person", .text(.name), "whose; the chosen one's if left out")
  private static let name = Operation.Parameter.path(
    "name", .text(.name, longest: 200), "of a figure")
  private static let number = Shape.nullable(.number(nil))
  private static let words = Shape.text(longest: 16_384)

  private static let finding = Shape.object([
    .init("number", .integer(0...(1 << 53)), "as 'skin2vec analyse --explain' takes it"),
    .init("analysis", .text()), .init("person", .text()), .init("subject", words),
    .init("sentence", words, "in the language"), .init("is_claim", .boolean),
    .init("value", number), .init("low", number), .init("high", number),
    .init("level", number, "of the interval"), .init("unit", .text()),
    .init("n", .integer(0...(1 << 53)), "readings it rests on"),
    .init("evidence", .nullable(.text()), "none, hint, replicated or randomised"),
    .init("adjusted_for", .list(words)),
    .init("silence", .nullable(words), "why there is no number"), .init("details", .map(words)),
    .init("figures", .list(.text()), "the names of those that show it"),
  ])

  private var findings: Operation {
    Operation(
      method: "GET", path: "/api/v1/findings", group: "findings",
      summary: "What the diary can prove, each with its interval, or why nothing can be said",
      parameters: [Self.person, .language],
      reply: .json(
        "Everything found",
        .object([
          .init("made_utc_us", .nullable(.moment), "null: no analysis has run"),
          .init("findings", .list(Self.finding)),
        ]))
    ) { question in
      let page = try await self.page(question)
      return .json([
        "made_utc_us": page?.madeAt.map { .integer($0) } ?? .null,
        "findings": .list(page?.findings ?? []),
      ])
    }
  }

  private var figures: Operation {
    Operation(
      method: "GET", path: "/api/v1/figures", group: "findings",
      summary: "The figures of what was found; /figures/{name}.svg draws one",
      parameters: [Self.person, .language],
      reply: .json(
        "Names and titles",
        .object([
          .init(
            "figures",
            .list(
              .object([
                .init("name", .text()), .init("analysis", .text()), .init("person", .text()),
                .init("title", Self.words), .init("n", .integer(0...(1 << 53))),
                .init("silence", .nullable(Self.words), "why nothing is shown"),
              ])))
        ]))
    ) { question in
      .json(["figures": .list(try await page(question)?.figures ?? [])])
    }
  }

  private func page(_ question: Question) async throws -> FoundPage? {
    try await house.findings.findings(
      of: question.text("person").map { Person($0) } ?? house.chosen, in: question.language)
  }

  private var drawing: Operation {
    Operation(
      method: "GET", path: "/figures/{name}.svg", group: "findings", summary: "A figure, drawn",
      parameters: [Self.name, .language],
      reply: .init(summary: "A drawing that needs nothing else", types: ["image/svg+xml": nil]),
      problems: [.notFound]
    ) { question in
      guard
        let drawing = try await house.findings.drawing(
          named: question.text("name") ?? "", in: question.language)
      else { throw Self.missing }
      return Answer(
        type: "image/svg+xml", .bytes(Array(drawing.utf8)),
        headers: [
          // The drawing's own style stands within it; nothing else is loaded.
          (
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
          )
        ])
    }
  }

  private var numbers: Operation {
    Operation(
      method: "GET", path: "/figures/{name}.csv", group: "findings",
      summary: "The numbers of a figure", parameters: [Self.name],
      reply: .init(summary: "Its rows, with a header", types: ["text/csv": nil]),
      problems: [.notFound]
    ) { question in
      let name = question.text("name") ?? ""
      guard let numbers = try await house.findings.numbers(named: name) else { throw Self.missing }
      return Answer(
        type: "text/csv; charset=utf-8; header=present", .bytes(Array(numbers.utf8)),
        headers: [("content-disposition", "attachment; filename=\"\(name.fileName).csv\"")])
    }
  }

  private static let missing = Problem(
    .notFound, "there is no such figure", hint: "/api/v1/figures lists them")
}

extension String {
  /// Letters, digits, hyphens and underscores of it.
  fileprivate var fileName: String {
    String(
      unicodeScalars.filter {
        $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains($0))
      }.map { Character($0) })
  }
}
