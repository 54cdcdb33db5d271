import Control
import Readings
import Testing

@testable import Dashboard

@Suite("what is withdrawn, refused or calibrated", .timeLimit(.minutes(5))) struct WithdrawTests {
  @Test("an event is withdrawn by its number")
  func withdrawEvent() async throws {
    let asked = try await StationDouble.heard("DELETE", "/api/v1/events/12", nil) {
      #expect($0.status == 200)
    }
    #expect(asked == [.withdraw(.event(12))])
  }

  @Test(
    "a score is withdrawn by its date, dimension and person",
    arguments: [("", "ann"), ("?person=bo", "bo")])
  func withdrawScore(query: String, person: String) async throws {
    let asked = try await StationDouble.heard(
      "DELETE", "/api/v1/scores/2026-03-01/oil" + query, nil
    ) {
      #expect($0.status == 200)
    }
    let date = try #require(LocalDate("2026-03-01"))
    #expect(
      asked == [.withdraw(.score(person: Person(person), date: date, dimension: .oil))])
  }

  @Test(
    "what cannot be withdrawn is refused before the station is asked",
    arguments: [
      ("events/0", 409), ("events/-1", 400), ("events/x", 400), ("events/1.5", 400),
      ("scores/2026-02-30/oil", 400), ("scores/2026-03-01/fat", 400),
      ("scores/2026-03-01/oil?person=eve", 400), ("scores/0001-01-01/oil", 409),
    ])
  func cannotWithdraw(path: String, status: Int) async throws {
    let asked = try await StationDouble.heard("DELETE", "/api/v1/" + path, nil) {
      #expect($0.status == status, "\($0.text)")
    }
    #expect(asked.isEmpty)
  }

  @Test("a refusal of the station is one, with its hint")
  func refused() async throws {
    let asked = try await StationDouble.heard(
      "POST", "/api/v1/events", #"{"kind":"sun"}"#,
      answering: { _ in .refused(problem: "the diary is lent", hint: "ask again later") }
    ) { reply in
      #expect(reply.status == 409)
      let said = try reply.json
      #expect(said["detail"].text == "the diary is lent")
      #expect(said["hint"].text == "ask again later")
    }
    #expect(asked.count == 1)
  }

  @Test("what the station answers to something else is never taken for having saved it")
  func oddAnswer() async throws {
    for (method, path, body) in [
      ("POST", "/api/v1/events", #"{"kind":"sun"}"#), ("DELETE", "/api/v1/events/3", nil),
      ("POST", "/api/v1/calibration/measure", #"{"channel":"skin.moisture"}"#),
    ] {
      _ = try await StationDouble.heard(
        method, path, body,
        answering: { _ in .status(StationDouble.status(at: StationDouble.noon)) }
      ) { #expect($0.status == 500) }
    }
  }

  @Test("without a station nothing is said to be saved, and when to try again is said")
  func off() async throws {
    try await Bench.with { bench in
      for (method, path, body) in [
        ("POST", "/api/v1/scores", #"{"dimension":"oil","value":0}"#),
        ("POST", "/api/v1/events", #"{"kind":"sun"}"#), ("POST", "/api/v1/cleansing", "{}"),
        ("POST", "/api/v1/daily", #"{"scores":{"oil":1}}"#),
        ("POST", "/api/v1/person", #"{"person":"bo"}"#), ("DELETE", "/api/v1/events/3", nil),
        ("DELETE", "/api/v1/scores/2026-03-01/oil", nil), ("POST", "/api/v1/calibration/end", "{}"),
      ] {
        let reply = try await bench.ask(method, path, body: body)
        #expect(reply.status == 503, "\(path)")
        #expect(try reply.problem == "station-off")
        #expect(reply["retry-after"].flatMap { Int($0) } ?? 0 > 0)
      }
    }
  }

  @Test("a calibration is measured, put in force and ended as it was asked for")
  func calibration() async throws {
    let measured = ProbeMeasurement(
      channel: .skinSebum, part: "tsl2591 0x29", rawUnit: .counts, median: 20_000, spread: 3,
      drift: -1, count: 80)
    let first = try await StationDouble.heard(
      "POST", "/api/v1/calibration/measure", #"{"channel":"skin.sebum"}"#,
      answering: { _ in .measured(measured) }
    ) { reply in
      #expect(reply.status == 200)
      let said = try reply.json
      #expect(said["median"] == .number(20_000))
      #expect(said["raw_unit"].text == "counts")
    }
    #expect(first == [.measure(.skinSebum)])
    let body = #"""
      {"part":"tsl2591 0x29","channel":"skin.sebum","who":"ann","why":"new strips",
       "parameters":{"fresh_strip_counts":20000,"full_scale_absorbance":0.5}}
      """#
    let second = try await StationDouble.heard("POST", "/api/v1/calibrations", body) {
      #expect($0.status == 201)
    }
    #expect(
      second == [
        .calibrate(
          Calibration(
            part: "tsl2591 0x29", channel: .skinSebum, validFrom: StationDouble.noon, who: "ann",
            why: "new strips",
            parameters: ["fresh_strip_counts": 20_000, "full_scale_absorbance": 0.5]))
      ])
    let third = try await StationDouble.heard("POST", "/api/v1/calibration/end", "{}") {
      #expect($0.status == 200)
    }
    #expect(third == [.endMeasuring])
  }
}
