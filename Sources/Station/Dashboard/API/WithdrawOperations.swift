import Control
import Readings

/// How an entry is taken back: it stays in the diary as withdrawn, and counts no more.
struct WithdrawOperations: Sendable {
  let house: House

  var all: [Operation] { [event, score] }

  private static let done = Operation.Reply.json(
    "It is withdrawn", .object([.init("message", .text(longest: 4096), "the station's line")]))

  private var event: Operation {
    Operation(
      method: "DELETE", path: "/api/v1/events/{number}", group: "entries",
      summary: "Withdraw an event",
      parameters: [.path("number", .integer(0...(1 << 53)), "the event's `event_id`")],
      reply: Self.done
    ) { question in
      try await withdraw(.event(question.integer("number") ?? 0))
    }
  }

  private var score: Operation {
    Operation(
      method: "DELETE", path: "/api/v1/scores/{date}/{dimension}", group: "entries",
      summary: "Withdraw the last score of a date and dimension; the one before stands again",
      parameters: [
        .path("date", .text(.date), "the date it is of"),
        .path(
          "dimension", .choice(Score.Dimension.allCases.map(\.rawValue)), "what was scored"),
        .query(
          "person", .choice(house.people.map(\.name)), "whose; the chosen one's if left out"),
      ], reply: Self.done
    ) { question in
      guard let date = question.date("date"),
        let dimension = question.text("dimension").flatMap({ Score.Dimension(rawValue: $0) })
      else { throw Problem(.malformed, "no such score") }
      let person = question.text("person").map { Person($0) } ?? house.chosen
      return try await withdraw(.score(person: person, date: date, dimension: dimension))
    }
  }

  private func withdraw(_ withdrawal: Withdrawal) async throws -> Answer {
    .json(["message": .text(try await house.said(.withdraw(withdrawal)).message)])
  }
}
