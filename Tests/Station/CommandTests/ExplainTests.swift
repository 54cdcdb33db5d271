import FoundationEssentials
import Readings
import Store
import Testing

@testable import skin2vec

@Suite("explain") struct ExplainTests {
  @Test("wish 5: one command shows a value's whole way, from codes to the baseline")
  func wholeWay() async throws {
    try await Bench.with { bench in
      try await Explained.plant(bench)
      #expect(try await bench.run("explain", "today", "evening") == .done)
      let lines = bench.spoken.lines
      #expect(
        lines.prefix(2) == [
          "2026-11-20 evening  skin.moisture of me at cheek  47.5 ±0.3  ok",
          "  worked out anew from what was read: the same as stored",
        ])
      let facts = [
        "session 14  2026-11-20 22:14:00  saved  3 of 4 count  47.5 ±0.3  stands for the slot",
        "session 13  2026-11-20 21:49:00  saved  1 of 1 count  55.0 ±0.1  fewer touches",
        "touch 14  1.21 s  40 samples  6.800 pF  0 over range  47.5 ±0.1  counts",
        "fdc1004 0x50: FDC1004, serial 0042, status well, since 2026-10-21 23:14",
        "calibration 1, by anna, in force since 2026-10-21 23:14: new electrode",
        "100·(C − C_air)/(C_wet − C_air) = 100·(6.816 − 3)/(11 − 3) = 47.70",
        "median of 47.30, 47.50, 47.70 is 47.50, spread 1.4826·MAD 0.30",
        "limits 1, in force since 2026-10-21 23:14", "contact 0.41 ≥ 0.8 s ✗",
        "contact 1.21 ≥ 0.8 s ✓",
        "samples 40 ≥ 40 ✓", "air temperature 21.0 in 18 … 26 °C ✓",
        "not cleansed the day before (≥ 40 min)",
        "Epoch  1, since 2026-11-08 22:14: first reading",
      ]
      for fact in facts { #expect(bench.spoken.text.contains(fact), "\(fact)") }
      #expect(lines.count <= 60)
      #expect(lines.allSatisfy { $0.count <= 112 })
    }
  }

  @Test("the week says what is in it, what is not and why, and how z comes about")
  func week() async throws {
    try await Bench.with { bench in
      try await Explained.plant(bench)
      #expect(try await bench.run("explain", "2026-11-20", "evening") == .done)
      let lines = bench.spoken.lines
      let start = try #require(lines.firstIndex { $0.hasPrefix("Week") })
      // Median and deviations of 50.0, 50.2, 50.4, 50.2, 50.4, 50.0 by hand; 2.7 over the floor.
      #expect(
        lines[start..<start + 5] == [
          "Week  n 6", "  11-13 50.0  11-14 50.2  11-15 50.4  11-17 50.2  11-18 50.4  11-19 50.0",
          "  left out:  11-16 no value, tap refused",
          "  median 50.20, MAD 0.20, 1.4826·MAD 0.30, floor 2",
          "  z = (47.50 − 50.20)/2.00 = −1.35",
        ])
      #expect(lines.contains("Baseline  n 11"))
    }
  }
}
