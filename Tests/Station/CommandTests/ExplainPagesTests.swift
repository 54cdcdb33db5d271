import Readings
import Store
import Testing

@testable import skin2vec

@Suite("pages of an explanation") struct ExplainPagesTests {
  @Test("a session numbers its touches and says whether it stands for the slot")
  func session() async throws {
    try await Bench.with { bench in
      try await Explained.plant(bench)
      #expect(try await bench.run("explain", "session", "14") == .done)
      let lines = bench.spoken.lines
      #expect(
        lines.first == "session 14: 2026-11-20 evening, me, saved, 3 of 4 touches count")
      #expect(lines.contains("  cheek moisture 47.5 ±0.3 stands for the slot"))
      #expect(lines.contains("  other sessions of the slot: 13"))
      // And the whole way of the value that it gave the slot.
      #expect(lines.contains { $0.hasPrefix("2026-11-20 evening  skin.moisture of me at cheek") })
      #expect(lines.contains { $0.hasPrefix("Checks  limits") })
      #expect(lines.contains { $0.hasPrefix("  touch 17") && $0.contains("0.41 s") })
      #expect(try await bench.run("explain", "13") == .done)
      #expect(bench.spoken.lines.contains("  none of its values stands for the slot"))
    }
  }

  @Test("a touch shows the codes' meaning, the formula and every check")
  func touch() async throws {
    try await Bench.with { bench in
      try await Explained.plant(bench)
      #expect(try await bench.run("explain", "touch", "17") == .done)
      let text = bench.spoken.text
      for fact in [
        "touch 17: number 4 of session 14, 2026-11-20 evening, me at cheek", "contact 0.41 s",
        "40 samples, median 6.900 pF; a code is 0.001 pF, 0 over the range of 15000",
        "100·(C − C_air)/(C_wet − C_air) = 100·(6.900 − 3)/(11 − 3) = 48.75",
        "too short: hold until the light goes out", "contact 0.41 ≥ 0.8 s ✗",
      ] { #expect(text.contains(fact), "\(fact)") }
      #expect(!text.contains("recompute"))
    }
  }

  @Test("a sample of the air shows part, clock, checks, its hour and the slots it is in")
  func air() async throws {
    try await Bench.with { bench in
      try await Explained.plant(bench)
      #expect(
        try await bench.run("explain", "2026-11-20", "21:30:40", "air.temperature") == .done)
      let lines = bench.spoken.lines
      #expect(lines.first == "2026-11-20 21:30:00  air.temperature  21.0 °C")
      for fact in [
        "clock synced, boot 00112233", "sen55 0x69: nothing is known of it",
        "said         21.00 °C",
        "range 21.0 in −20 … 60 °C ✓", "unchanged for 0.0 < 6.0 h ✓",
        "2026-11-20 21:00: mean 21.50, 21.00 … 22.00 °C, 60 of 60 samples",
        "slots        2026-11-20 evening",
      ] { #expect(bench.spoken.text.contains(fact), "\(fact)") }
      #expect(try await bench.run("explain", "today", "evening", "air.temperature") == .done)
      let mean = "  the mean of 720 of 720 samples of the 12 h 2026-11-20 10:14 to 2026-11-20 22:14"
      #expect(bench.spoken.lines.contains(mean + ", 21.0 °C … 22.0 °C"))
    }
  }

  @Test("every form is also there for programs")
  func json() async throws {
    try await Bench.with { bench in
      try await Explained.plant(bench)
      let value = try await bench.json("explain", "today", "evening")
      #expect(at(value, "differs") as? Bool == false)
      let z = try #require(at(value, "week", "z") as? Double)
      // (47.5 − 50.2) over the floor of 2.
      #expect(abs(z + 1.35) < 1e-9)
      #expect((at(value, "touches", 0, "measures", 0, "codes") as? [Any?])?.count == 40)
      #expect(at(value, "epoch", "cause") as? String == "first reading")
      #expect(at(value, "week", "left_out", 0, "why") as? String == "no value, tap refused")
      let touch = try await bench.json("explain", "touch", "14")
      #expect(at(touch, "measures", 0, "calibration", "who") as? String == "anna")
      let session = try await bench.json("explain", "14")
      #expect(at(session, "session", "session_id") as? Double == 14)
      let air = try await bench.json("explain", "2026-11-20", "21:30", "air.temperature")
      #expect(at(air, "raw") as? Double == 21)
      #expect(at(air, "checks", 0, "passed") as? Bool == true)
    }
  }

  @Test("what was re-stamped says from when to when, and with what")
  func restamped() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      var session = Explained.session(Bench.evening(), codes: [7000])
      let wrong = Duration.seconds(3 * 86_400)
      session.started = Bench.unsynced(session.started, by: wrong)
      session.ended = Bench.unsynced(session.ended, by: wrong)
      for index in session.touches.indices {
        session.touches[index].started = Bench.unsynced(session.touches[index].started, by: wrong)
      }
      try await store.save(session)
      let zero = Timestamp(microseconds: 1_700_000_000_000_000)
      _ = try await store.restamp(
        bootID: Bench.boot, bootTimeZero: zero, at: Bench.stamp(Bench.evening() + .seconds(600)))
      try await store.close()
      #expect(try await bench.run("explain", "1") == .done)
      let began = try #require(bench.spoken.lines.first { $0.hasPrefix("  began") })
      #expect(began.contains("2026-11-20 22:14:00, clock restamped"))
      #expect(
        began.hasSuffix(
          "; noted for 2026-11-17 22:14:00, stamped anew 2026-11-20 22:24:00 with 1 session, "
            + "0 samples of the air and 2 entries"))
    }
  }

  @Test("what was not kept, and what cannot be explained, is said with the mend")
  func failures() async throws {
    try await Bench.with { bench in
      try await Explained.plant(bench)
      for (words, status) in [
        (["session", "99"], skin2vec.ExitStatus.noDiary), (["touch", "99"], .noDiary),
        (["2020-01-01", "evening"], .noDiary), (["2020-01-01 10:00", "air.co2"], .noDiary),
        (["soup"], .usage), (["today", "noon"], .usage),
        (["today", "21:00", "skin.sebum"], .usage),
      ] {
        #expect(try await bench.run(["explain"] + words) == status, "\(words)")
      }
      #expect(bench.complaints.text.contains("there is no session 99"))
      #expect(bench.complaints.text.contains("'skin2vec taps' lists"))
    }
  }

  @Test("a page is Chinese where that is asked for, and English and JSON where it is not")
  func chinese() async throws {
    try await Bench.with { bench in
      try await Explained.plant(bench)
      #expect(try await bench.run("explain", "touch", "17", "--language", "zh-Hans") == .done)
      #expect(bench.spoken.lines.first == "触测 17：测量 14 的第 4 次，2026-11-20 晚间，me，cheek")
      #expect(try await bench.run("explain", "touch", "17") == .done)
      #expect(bench.spoken.text.contains("touch 17: number 4 of session 14"))
      let value = try await bench.json("explain", "today", "evening", "--language", "zh-Hans")
      #expect(at(value, "week", "left_out", 0, "why") as? String == "no value, tap refused")
    }
  }
}
