import Control
import Readings
import Testing

@testable import Dashboard

@Suite("what a question may say") struct OperationTests {
  private func refusal(
    _ bench: Bench, _ target: String, _ place: SourceLocation = #_sourceLocation
  ) async throws -> Plain {
    let reply = try await bench.ask("GET", target, place)
    #expect(reply.status == 400, "\(reply.text)", sourceLocation: place)
    #expect(try reply.problem == "bad-request", sourceLocation: place)
    return try reply.json
  }

  @Test("a parameter that is not known is named, with those that are")
  func unknown() async throws {
    try await Bench.with { bench in
      let problem = try await refusal(bench, "/api/v1/tonight?persn=ann")
      #expect(problem["place"].text == "persn")
      #expect(problem["hint"].text?.contains("person") ?? false)
      #expect(try await refusal(bench, "/api/v1/station?x=1")["place"].text == "x")
    }
  }

  @Test("a parameter that is given twice is refused, even where both say the same")
  func doubled() async throws {
    try await Bench.with { bench in
      let problem = try await refusal(bench, "/api/v1/tonight?person=ann&person=ann")
      #expect(problem["place"].text == "person")
    }
  }

  @Test("a parameter that is missing is named")
  func missing() async throws {
    try await Bench.with { bench in
      let problem = try await refusal(
        bench, "/api/v1/explain?date=2026-03-02&channel=skin.moisture")
      #expect(problem["place"].text == "slot")
    }
  }

  @Test(
    "a parameter that cannot be is named",
    arguments: [
      ("slots?limit=0", "limit"), ("slots?limit=10001", "limit"), ("slots?limit=ten", "limit"),
      ("slots?limit=1.5", "limit"), ("slots?limit=", "limit"), ("slots?limit", "limit"),
      ("slots?limit=99999999999999999999", "limit"), ("slots?from=2026-02-30", "from"),
      ("slots?to=yesterday", "to"), ("slots?after=x", "after"), ("slots?order=up", "order"),
      ("slots?form=xml", "form"), ("slots?person=", "person"), ("slots?slot=noon", "slot"),
      ("slots?channel=skin", "channel"), ("touches?session=-1", "session"),
      ("air?from=2026-03-02", "from"), ("timeline?points=49", "points"),
      ("timeline?points=4001", "points"), ("log?importance=loud", "importance"),
      ("findings?language=fr", "language"), ("slots?person=a\u{202E}b", "person"),
    ])
  func malformed(target: String, name: String) async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      #expect(try await refusal(bench, "/api/v1/" + target)["place"].text == name)
    }
  }

  @Test("a body is not taken where none is asked for")
  func needlessBody() async throws {
    try await Bench.with { bench in
      for (method, path) in [("GET", "/api/v1/station"), ("DELETE", "/api/v1/events/1")] {
        let reply = try await bench.ask(method, path, body: "{}")
        #expect(reply.status == 400)
      }
    }
  }

  @Test(
    "a body must say that it is JSON",
    arguments: ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", ";"])
  func wrongType(type: String) async throws {
    try await Bench.with { bench in
      let reply = try await bench.ask(
        "POST", "/api/v1/person", headers: ["content-type": type], body: #"{"person":"bo"}"#)
      #expect(reply.status == 415)
      #expect(try reply.problem == "unsupported-media-type")
    }
  }

  @Test("the type may be in capitals, with parameters and spaces")
  func rightType() async throws {
    try await Bench.with { bench in
      try await StationDouble.serve(bench, answering: { _ in .done("yes") }) { _ in
        for type in ["application/json", "Application/JSON ; charset=utf-8"] {
          let reply = try await bench.ask(
            "POST", "/api/v1/person", headers: ["content-type": type], body: #"{"person":"bo"}"#)
          #expect(reply.status == 201)
        }
      }
    }
  }

  @Test(
    "a body that is no JSON is said to be none",
    arguments: [
      "", "{", "{'person':'bo'}", "person=bo", "{\"person\":\"bo\"}x", "\u{0}", "nul", "[1",
      "{\"value\":NaN}", "{\"value\":1e999}",
    ])
  func noJSON(body: String) async throws {
    try await Bench.with { bench in
      let reply = try await bench.ask("POST", "/api/v1/person", body: body)
      #expect(reply.status == 400, "\(reply.text)")
      #expect(try reply.problem == "bad-request")
    }
  }

  @Test("a body of bytes that are no text, or nested without end, is refused and harms nothing")
  func hostileBodies() async throws {
    try await Bench.with { bench in
      var question = Question(method: "POST", path: "/api/v1/person")
      question.headers = ["content-type": "application/json"]
      question.body = [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D]
      let bytes = try await bench.ask(question)
      #expect((400..<500).contains(bytes.status))
      question.body = Array(repeating: UInt8(ascii: "["), count: 60_000)
      let nested = try await bench.ask(question)
      #expect((400..<500).contains(nested.status))
    }
  }

  @Test(
    "what is wrong in a body is pointed at",
    arguments: [
      (#"{"dimension":"oil","value":6}"#, "/value"), (#"{"dimension":"oil"}"#, "/value"),
      (#"{"dimension":"fat","value":1}"#, "/dimension"),
      (#"{"dimension":"oil","value":"1"}"#, "/value"),
      (#"{"dimension":"oil","value":1,"colour":2}"#, "/colour"),
      (#"{"dimension":"oil","value":1,"person":"eve"}"#, "/person"),
      (#"{"dimension":"oil","value":1,"date":"2026-02-30"}"#, "/date"),
      (#"{"dimension":"oil","value":1,"a/b":2}"#, "/a~1b"), ("[]", ""), ("null", ""), ("3", ""),
    ])
  func invalid(body: String, pointer: String) async throws {
    try await Bench.with { bench in
      let reply = try await bench.ask("POST", "/api/v1/scores", body: body)
      #expect(reply.status == 422, "\(reply.text)")
      #expect(try reply.json["place"].text == pointer)
    }
  }

  @Test("what is wrong deep in a body is pointed at")
  func deep() async throws {
    try await Bench.with { bench in
      let body = #"{"events":[{"kind":"sun"},{"kind":"","weight":1}]}"#
      let reply = try await bench.ask("POST", "/api/v1/daily", body: body)
      #expect(reply.status == 422)
      #expect(try reply.json["place"].text == "/events/1/kind")
    }
  }

  @Test("more events than a day takes are refused before any is saved")
  func tooMany() async throws {
    try await Bench.with { bench in
      try await StationDouble.serve(bench, answering: { _ in .done("yes") }) { station in
        let events = Array(repeating: #"{"kind":"sun"}"#, count: 21).joined(separator: ",")
        let reply = try await bench.ask(
          "POST", "/api/v1/daily", body: "{\"events\":[\(events)]}")
        #expect(reply.status == 422)
        #expect(station.asked.isEmpty)
      }
    }
  }

  @Test(
    "words are in the language that is asked for, or else the browser's",
    arguments: [
      ("", nil, "en"), ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"), ("", "ZH", "zh-Hans"),
      ("", "de-DE,de;q=0.9,zh;q=0.1", "en"), ("", "", "en"), ("", "*", "en"),
      ("&language=zh-Hans", "en", "zh-Hans"), ("&language=en", "zh-CN", "en"),
    ])
  func language(query: String, header: String?, expected: String) async throws {
    try await Bench.with { bench in
      try await bench.plant { try await $0.plantDays(1, seed: 3) }
      let reply = try await bench.ask(
        "GET", "/api/v1/explain?date=2026-03-02&slot=morning&channel=skin.moisture" + query,
        headers: header.map { ["accept-language": $0] } ?? [:])
      #expect(try reply.json["lines"][1].text == expected)
    }
  }
}
