import Testing
import TestSupport

@testable import skin2vecd

@Suite("a scenario and a seed", .takingTurns) struct DeterminismTests {
  private static let views = [
    "v1_channel", "v1_session", "v1_touch", "v1_slot", "v1_air", "v1_air_hour", "v1_event",
    "v1_score", "v1_epoch",
  ]

  private static let yaml = """
    zone: Europe/Berlin
    start: 2026-03-28T12:00:00
    faults:
      - {at: 3 h, fault: nak, for: 20 h, probability: 20 %}
      - {at: 9 h, fault: flippedBit, for: 20 h, probability: 5 %}
    clock:
      - {at: 20 h, step: -1 h}
      - {at: 30 h, synchronised: yes}
    """

  /// Everything in every view.
  private func contents(seed: UInt64) async throws -> [String: [[String]]] {
    try await StationBench.live(Self.yaml, for: .seconds(40 * 3600), seed: seed) { bench in
      var contents: [String: [[String]]] = [:]
      for view in Self.views { contents[view] = try await bench.rows("SELECT * FROM \(view)") }
      contents["notice"] = try await bench.rows(
        "SELECT time_utc_us, kind, text FROM notice WHERE kind <> 'stationStarted'")
      return contents
    }
  }

  @Test("give the same diary, row for row in every view, and another seed gives another")
  func same() async throws {
    let first = try await contents(seed: 7)
    let second = try await contents(seed: 7)
    for (view, rows) in first { #expect(second[view] == rows, "\(view)") }
    #expect(first["v1_touch"]?.count ?? 0 > 10)
    let other = try await contents(seed: 8)
    for view in ["v1_session", "v1_touch", "v1_slot", "v1_air", "v1_air_hour"] {
      #expect(other[view] != first[view], "\(view)")
    }
    #expect(other["v1_channel"] == first["v1_channel"])
  }
}
