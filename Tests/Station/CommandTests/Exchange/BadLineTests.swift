import Testing

@testable import skin2vec

/// Lines that were once taken, or counted twice.
@Suite(.timeLimit(.minutes(5))) struct BadLineTests {
  @Test(
    "lines of the other form among those of one are refused, and nothing is lost or made of them",
    arguments: [
      (
        #"{"time_utc":"2020-01-01T00:00:00Z","channel":"air.pm1","value":1}"#,
        #"{"time_utc":"2020-01-01T00:01:00Z","temperature_celsius":20}"#,
        "0 air.pm1 1.0"
      ),
      (
        #"{"time_utc":"2020-01-01T00:00:00Z","temperature_celsius":20}"#,
        #"{"time_utc":"2020-01-01T00:01:00Z","channel":"air.pm1","value":1}"#,
        "0 air.temperature 20.0"
      ),
    ])
  func mixed(first: String, other: String, row: String) async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let lines = first + "\n" + other + "\n" + other.replacing("00:01", with: "00:02") + "\n"
      #expect(try await bench.importing("air", lines, named: "mixed.ndjson") == .badData)
      #expect(
        try await bench.rows(
          "SELECT (time_utc_us - 1577836800000000) / 60000000, channel, value FROM v1_air") == [row]
      )
      #expect(
        bench.spoken.lines.first == "took 1 line of air, 0 known, 2 refused, from mixed.ndjson")
    }
  }

  @Test("what no touch and no score can be is refused, with its line")
  func impossible() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let touches = """
        time_utc,channel,value,unit,spread,contact_us,session_started_utc,session_ended_utc,person
        2026-11-01T21:00:00Z,skin.temperature,1e308,F,,,,,
        2026-11-01T21:00:00Z,skin.moisture,44,,-1,,,,
        2026-11-01T21:00:00Z,skin.moisture,44,,,-999999999999999999,,,
        2026-11-01T21:00:00Z,skin.moisture,44,,,999999999999999999,,,
        2026-11-01T21:00:00Z,skin.moisture,44,,,,2026-11-01T21:00:01Z,,
        2026-11-01T21:00:00Z,skin.moisture,44,,,,,2026-11-01T20:00:01Z,
        2026-11-01T21:00:00Z,skin.moisture,44,,,,,,a\u{7}b
        """
      #expect(try await bench.importing("touches", touches) == .badData)
      #expect(try await bench.rows("SELECT count(*) FROM v1_touch") == ["0"])
      #expect(
        bench.complaints.lines.filter { $0.contains("file.csv:") }.map { $0.prefix(80) }.count == 7)
      let scores = "local_date,dimension,value\n0000-01-01,oil,3\n1969-12-31,oil,3\n"
      #expect(try await bench.importing("scores", scores) == .badData)
      #expect(try await bench.rows("SELECT count(*) FROM v1_score") == ["0"])
    }
  }
}
