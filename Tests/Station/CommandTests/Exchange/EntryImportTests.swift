import Readings
import Store
import Testing

@testable import skin2vec

@Suite(.timeLimit(.minutes(5))) struct EntryImportTests {
  @Test("events and scores are taken once, and refused where they cannot be")
  func eventsAndScores() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let events = """
        time,person,kind,weight,note
        2026-11-01 21:30,anna,alcohol,0.5,"two, red"
        2026-11-02 21:30,,sauna,,
        2026-11-02 21:30,,sauna,2,
        2026-11-03 21:30,,,1,
        """
      for _ in 0..<2 {
        #expect(try await bench.importing("events", events, "--zone", "Europe/Berlin") == .badData)
      }
      #expect(
        try await bench.rows("SELECT person, local_date, kind, weight, note FROM v1_event")
          == ["anna 2026-11-01 alcohol 0.5 two, red", "me 2026-11-02 sauna 1.0 –"])
      let scores =
        "local_date,dimension,value\n2026-11-01,oil,3\n2026-11-01,shine,3\n20.11.,oil,1\n"
      #expect(try await bench.importing("scores", scores) == .badData)
      #expect(
        try await bench.importing(
          "scores", "local_date,dimension,value\n2026-11-01,oil,2\n", "--duplicates", "replace")
          == .done)
      #expect(
        try await bench.rows("SELECT person, local_date, dimension, value FROM v1_score")
          == ["me 2026-11-01 oil 2.0"])
    }
  }

  @Test("slots become sessions of one touch each, whose time of day nobody trusts")
  func slots() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let lines = """
        local_date,slot,channel,value
        2026-11-01,morning,skin.moisture,47.5
        2026-11-01,morning,skin.sebum,12
        2026-11-01,evening,skin.moisture,44
        2026-11-01,evening,air.humidity,44
        """
      for _ in 0..<2 { #expect(try await bench.importing("slots", lines) == .badData) }
      #expect(bench.complaints.lines.last?.contains("import the air as air") == true)
      #expect(
        try await bench.rows(
          "SELECT local_date, slot, channel, site, value, n_touches FROM v1_slot ORDER BY 1, 2, 3")
          == [
            "2026-11-01 evening skin.moisture cheek 44.0 1",
            "2026-11-01 morning skin.moisture cheek 47.5 1",
            "2026-11-01 morning skin.sebum cheek 12.0 1",
          ])
      #expect(
        try await bench.rows("SELECT clock, touches FROM v1_session") == [
          "unsynced 1", "unsynced 1",
        ])
      #expect(
        try await bench.rows("SELECT DISTINCT p.name FROM measure JOIN part AS p USING (part)")
          == ["import"])
    }
  }

  @Test("touches of another probe make sessions by their times, and slots of them")
  func touches() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let lines = """
        time,channel,value,reason
        2026-11-01T21:30:00+01:00,skin.moisture,47,
        2026-11-01T21:30:05+01:00,skin.moisture,48,
        2026-11-01T21:30:09+01:00,skin.moisture,3,too_light
        2026-11-02T21:30:00+01:00,skin.moisture,50,
        2026-11-02T21:30:00+01:00,skin.moisture,,sneezed
        """
      #expect(
        try await bench.importing("touches", lines, "--site", "forehead", "--person", "anna")
          == .badData)
      #expect(
        try await bench.rows("SELECT local_date, value, n_touches, site FROM v1_slot ORDER BY 1")
          == ["2026-11-01 47.5 2 forehead", "2026-11-02 50.0 1 forehead"])
      #expect(
        try await bench.rows("SELECT person, touches, accepted, verdict FROM v1_session")
          == ["anna 3 2 saved", "anna 1 1 saved"])
    }
  }

  @Test("a session that the diary has otherwise is refused, kept or replaced")
  func otherSession() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let header = "time,channel,value\n"
      _ = try await bench.importing("touches", header + "2026-11-01T21:30:00Z,skin.moisture,47\n")
      let other = header + "2026-11-01T21:30:00Z,skin.moisture,50\n"
      #expect(try await bench.importing("touches", other) == .badData)
      #expect(try await bench.importing("touches", other, "--duplicates", "keep") == .done)
      #expect(try await bench.rows("SELECT value FROM v1_slot") == ["47.0"])
      #expect(try await bench.importing("touches", other, "--duplicates", "replace") == .done)
      #expect(try await bench.rows("SELECT value FROM v1_slot") == ["50.0"])
    }
  }
}
