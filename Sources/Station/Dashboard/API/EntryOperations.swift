import Control
import Readings

/// What a person enters: scores, events, the washing of the face, whose the next tap is.
struct EntryOperations: Sendable {
  let house: House

  var all: [Operation] { [score, event, cleansing, daily, choose] }

  private var person: Shape.Field {
    .init(
      "person", .choice(house.people.map(\.name)), isRequired: false, "the chosen one if left out")
  }

  private static let note = Shape.Field(
    "note", .nullable(.text(.note, longest: 1000)), isRequired: false)
  private static let weight = Shape.Field(
    "weight", .number(0...1), isRequired: false, "a dose, not an effect; 1 if left out")
  private static let time = Shape.Field(
    "time_utc_us", .integer(0...253_402_300_799_999_999), isRequired: false,
    "microseconds since 1970, UTC; now if left out")
  private static let kind = Shape.Field(
    "kind", .text(.name, longest: 64), "one of those that are known, or a word of one's own")
  private static let dimension = Shape.choice(Score.Dimension.allCases.map(\.rawValue))

  private static let done = Operation.Reply.json(
    "It is in the diary", status: 201,
    .object([
      .init("message", .text(longest: 4096), "the station's line"),
      .init("number", .integer(0...(1 << 53)), isRequired: false, "an event's, for taking it back"),
    ]))

  private var score: Operation {
    Operation(
      method: "POST", path: "/api/v1/scores", group: "entries",
      summary: "Save a score: how the skin felt on a date, 0 to 5",
      body: .object([
        person, .init("date", .text(.date), isRequired: false, "today, by the person's day"),
        .init("dimension", Self.dimension), .init("value", .number(0...5)),
      ]), reply: Self.done
    ) { question in
      let content = question.content ?? .null
      let score = Score(
        person: house.person(content), date: house.date(content),
        dimension: Score.Dimension(rawValue: content["dimension"]?.asText ?? "") ?? .oil,
        value: content["value"]?.asNumber ?? 0)
      return try await house.tell(.score(score))
    }
  }

  private var event: Operation {
    Operation(
      method: "POST", path: "/api/v1/events", group: "entries",
      summary: "Save an event: what may bear on the skin",
      body: .object([person, Self.kind, Self.weight, Self.time, Self.note]), reply: Self.done
    ) { question in
      let content = question.content ?? .null
      return try await house.tell(
        .event(house.event(content, kind: content["kind"]?.asText ?? "")))
    }
  }

  private var cleansing: Operation {
    Operation(
      method: "POST", path: "/api/v1/cleansing", group: "entries",
      summary: "Note that the face was washed",
      body: .object([person, Self.time, Self.note]), reply: Self.done
    ) { question in
      try await house.tell(.event(house.event(question.content ?? .null, kind: "cleansed")))
    }
  }

  private var daily: Operation {
    Operation(
      method: "POST", path: "/api/v1/daily", group: "entries",
      summary: "Save a day's scores and events together, in their order; the first refusal ends it",
      body: .object([
        person, .init("date", .text(.date), isRequired: false, "of the scores"),
        .init(
          "scores",
          .object(
            Score.Dimension.allCases.map { .init($0.rawValue, .number(0...5), isRequired: false) }),
          isRequired: false),
        .init(
          "events", .list(.object([Self.kind, Self.weight, Self.time, Self.note]), most: 20),
          isRequired: false),
      ]),
      reply: .json(
        "All of it is in the diary", status: 201,
        .object([.init("messages", .list(.text(longest: 4096)))]))
    ) { question in
      let content = question.content ?? .null
      return .json(["messages": .list(try await house.tellAll(of: content))], status: 201)
    }
  }

  private var choose: Operation {
    Operation(
      method: "POST", path: "/api/v1/person", group: "entries",
      summary: "Choose whose the next tap is",
      body: .object([.init("person", .choice(house.people.map(\.name)))]), reply: Self.done
    ) { question in
      try await house.tell(.who(house.person(question.content ?? .null)))
    }
  }
}
