import Bus
import Quantities
import SimulatedParts
import Testing

@Suite struct AirModelTests {
  private let model = AirModel()
  private static let hour: Int64 = 3_600_000_000
  /// 1 January 2026.
  private static let newYear: Int64 = 1_767_225_600_000_000

  private func air(hours: Int, seed: UInt64 = 1) -> SimulatedAir {
    model.air(at: Self.newYear + Int64(hours) * Self.hour, localOffset: .zero, seed: seed)
  }

  private func meanTemperature(_ hours: [Int]) -> Double {
    hours.compactMap { air(hours: $0).temperature?.celsius }.reduce(0, +) / Double(hours.count)
  }

  @Test("the air of a moment is the same in whatever order one asks")
  func pure() {
    let forwards = (0..<200).map { air(hours: $0) }
    let backwards = (0..<200).reversed().map { air(hours: $0) }
    #expect(forwards == backwards.reversed())
    #expect(forwards != (0..<200).map { air(hours: $0, seed: 2) })
  }

  @Test("July is 5 °C warmer than January")
  func seasons() {
    let january = meanTemperature((0..<31 * 24).map { $0 })
    let july = meanTemperature((181 * 24..<212 * 24).map { $0 })
    #expect(abs(july - january - 5) < 0.8)
  }

  @Test("afternoons are warmer than nights by what was planned")
  func days() {
    let afternoons = meanTemperature((0..<365).map { $0 * 24 + 16 })
    let nights = meanTemperature((0..<365).map { $0 * 24 + 4 })
    #expect(abs(afternoons - nights - 1.6) < 0.2)
  }

  @Test("a minute changes little, and never nothing")
  func smooth() throws {
    let minute: Int64 = 60_000_000
    var last = try #require(air(hours: 0).temperature)
    for step in 1..<3000 {
      let air = model.air(at: Self.newYear + Int64(step) * minute, localOffset: .zero, seed: 1)
      let next = try #require(air.temperature)
      #expect(next != last && abs(next.celsius - last.celsius) < 0.1)
      last = next
    }
  }

  @Test("dust is never negative, and coarse dust holds the fine")
  func dust() throws {
    for hour in 0..<2000 {
      let air = air(hours: hour * 4)
      let masses = try [air.pm1, air.pm2_5, air.pm4, air.pm10].map {
        try #require($0).microgramsPerCubicMetre
      }
      #expect(masses[0] > 0)
      #expect(masses == masses.sorted())
    }
  }
}

@Suite struct AirPlaybackTests {
  private static let record = """
    time,temperature_celsius,relative_humidity_percent,pm2_5_ug_m3
    2026-03-01T14:00:00+01:00,20,40,5
    2026-03-01T15:00:00+01:00,22,,7
    2026-03-01T15:00:00Z,24,50,
    """
  /// The first line's time.
  private static let first: Int64 = 1_772_370_000_000_000

  private func air(afterMinutes minutes: Int64) throws -> SimulatedAir {
    try AirPlayback(csv: Self.record).air(at: Self.first + minutes * 60_000_000)
  }

  @Test("between two values it goes in a straight line")
  func line() throws {
    #expect(try air(afterMinutes: 0).temperature == .celsius(20))
    #expect(try air(afterMinutes: 30).temperature == .celsius(21))
    #expect(try air(afterMinutes: 90).temperature == .celsius(23))
  }

  @Test("a value before a gap holds for an hour, a gap is unknown")
  func gaps() throws {
    #expect(try air(afterMinutes: 59).humidity == .percent(40))
    #expect(try air(afterMinutes: 60).humidity == nil)
    #expect(try air(afterMinutes: 119).humidity == nil)
    #expect(try air(afterMinutes: 120).humidity == .percent(50))
  }

  @Test("outside the record the air is unknown")
  func outside() throws {
    #expect(try air(afterMinutes: -1) == SimulatedAir())
    #expect(try air(afterMinutes: 179).temperature == .celsius(24))
    #expect(try air(afterMinutes: 180) == SimulatedAir())
  }

  @Test(
    "times are read with their offset",
    arguments: [
      ("2026-03-01T14:00:00+01:00", 1_772_370_000), ("2024-02-29T23:59:59-03:30", 1_709_263_799),
      ("1970-01-01T00:00Z", 0), ("2000-12-31T12:00:00+0000", 978_264_000),
    ] as [(String, Int64)])
  func times(text: String, seconds: Int64) throws {
    let playback = try AirPlayback(csv: "\(AirPlayback.heading)\n\(text),,,\n")
    #expect(playback.rows.map(\.utcMicroseconds) == [seconds * 1_000_000])
  }

  @Test(
    "a line that cannot be read is named",
    arguments: [
      ("2026-03-01T14:00:00+01:00,20,40", "3 fields"),
      ("2026-02-29T14:00:00Z,20,40,5", "not a time"),
      ("2026-03-01T14:00:00,20,40,5", "not a time"), ("2026-03-01T14:00:00Z,warm,40,5", "'warm'"),
      ("2026-03-01T14:00:00Z,20,140,5", "'140'"), ("2026-03-01T14:00:00Z,nan,40,5", "'nan'"),
      ("2025-01-01T00:00:00Z,20,40,5", "not after"),
    ])
  func refusals(line: String, words: String) throws {
    let csv = "\(AirPlayback.heading)\n2026-01-01T00:00:00Z,20,40,5\n\(line)\n"
    let error = #expect(throws: AirPlaybackError.self) { try AirPlayback(csv: csv) }
    #expect(error?.line == 3)
    #expect(error?.reason.contains(words) == true)
  }

  @Test("another heading is refused, at line 1")
  func heading() {
    let error = #expect(throws: AirPlaybackError.self) { try AirPlayback(csv: "time,temp\n") }
    #expect(error?.line == 1)
  }
}
