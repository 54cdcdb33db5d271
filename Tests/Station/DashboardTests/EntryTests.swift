import Control
import Readings
import Testing

@testable import Dashboard

@Suite("what is entered", .timeLimit(.minutes(5))) struct EntryTests {
  private static let ann = Person("ann")
  private static let bo = Person("bo")

  private static func date(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

  @Test("a score is asked to be saved as it was given")
  func score() async throws {
    let asked = try await StationDouble.heard(
      "POST", "/api/v1/scores",
      #"{"person":"bo","date":"2026-03-01","dimension":"gloss","value":2.5}"#
    ) { reply in
      #expect(reply.status == 201)
      let said = try reply.json
      #expect(said == .object(["message": .text("it is so")]))
    }
    let score = Score(
      person: Self.bo, date: try Self.date("2026-03-01"), dimension: .gloss, value: 2.5)
    #expect(asked == [.score(score)])
  }

  @Test("a score without a date or a person is today's, and of the chosen one")
  func scoreNow() async throws {
    let asked = try await StationDouble.heard(
      "POST", "/api/v1/scores", #"{"dimension":"oil","value":0}"#
    ) {
      #expect($0.status == 201)
    }
    let score = Score(
      person: Self.ann, date: try Self.date("2026-03-04"), dimension: .oil, value: 0)
    #expect(asked == [.score(score)])
  }

  @Test("an event is asked to be saved as it was given, and its number comes back")
  func event() async throws {
    let body = #"""
      {"person":"bo","kind":"spicy_food","weight":0.25,"time_utc_us":1772409600123456,"note":"a\nb"}
      """#
    let asked = try await StationDouble.heard(
      "POST", "/api/v1/events", body, answering: { _ in .saved(number: 12, message: "saved") }
    ) { reply in
      #expect(reply.status == 201)
      let said = try reply.json
      #expect(said == .object(["message": .text("saved"), "number": .number(12)]))
    }
    let event = SkinEvent(
      person: Self.bo, time: Timestamp(microseconds: 1_772_409_600_123_456), kind: "spicy_food",
      weight: 0.25, note: "a\nb")
    #expect(asked == [.event(event)])
  }

  @Test("an event without more than its kind is now, of full weight, of the chosen one")
  func eventNow() async throws {
    let asked = try await StationDouble.heard(
      "POST", "/api/v1/events", #"{"kind":"自作","note":null}"#
    ) { #expect($0.status == 201) }
    #expect(
      asked == [
        .event(
          SkinEvent(person: Self.ann, time: StationDouble.noon, kind: "自作", weight: 1, note: nil))
      ])
  }

  @Test("washing the face is an event of its own kind")
  func cleansing() async throws {
    let asked = try await StationDouble.heard("POST", "/api/v1/cleansing", #"{"note":"soap"}"#) {
      #expect($0.status == 201)
    }
    #expect(
      asked == [
        .event(
          SkinEvent(
            person: Self.ann, time: StationDouble.noon, kind: "cleansed", weight: 1, note: "soap"))
      ])
  }

  @Test("whose the next tap is is asked of the station")
  func choose() async throws {
    let asked = try await StationDouble.heard("POST", "/api/v1/person", #"{"person":"bo"}"#) {
      #expect($0.status == 201)
    }
    #expect(asked == [.who(Self.bo)])
  }

  @Test("somebody who is not of the house is refused before the station is asked")
  func stranger() async throws {
    let asked = try await StationDouble.heard("POST", "/api/v1/person", #"{"person":"eve"}"#) {
      #expect($0.status == 422)
    }
    #expect(asked.isEmpty)
  }

  @Test("a day is saved in its order, and all of it is said")
  func daily() async throws {
    let body = #"""
      {"person":"bo","date":"2026-03-03","scores":{"sensitivity":5,"oil":1},
       "events":[{"kind":"sun"},{"kind":"stress","weight":0.5}]}
      """#
    let asked = try await StationDouble.heard(
      "POST", "/api/v1/daily", body,
      answering: { request in
        if case .event(let event) = request {
          .saved(number: 1, message: event.kind)
        } else {
          .done("a score")
        }
      }
    ) { reply in
      #expect(reply.status == 201)
      let words = try reply.json["messages"].list.compactMap(\.text)
      #expect(words == ["a score", "a score", "sun", "stress"])
    }
    let date = try Self.date("2026-03-03")
    #expect(
      asked == [
        .score(Score(person: Self.bo, date: date, dimension: .oil, value: 1)),
        .score(Score(person: Self.bo, date: date, dimension: .sensitivity, value: 5)),
        .event(
          SkinEvent(person: Self.bo, time: StationDouble.noon, kind: "sun", weight: 1, note: nil)),
        .event(
          SkinEvent(
            person: Self.bo, time: StationDouble.noon, kind: "stress", weight: 0.5, note: nil)),
      ])
  }

  @Test("the first refusal ends a day, and what comes after it is not asked")
  func dailyRefused() async throws {
    let body = #"{"scores":{"oil":1,"gloss":2},"events":[{"kind":"sun"}]}"#
    let asked = try await StationDouble.heard(
      "POST", "/api/v1/daily", body,
      answering: { request in
        if case .score(let score) = request, score.dimension == .gloss {
          .refused(problem: "no", hint: "later")
        } else {
          .done("yes")
        }
      }
    ) { #expect($0.status == 409) }
    #expect(asked.count == 2)
  }
}
