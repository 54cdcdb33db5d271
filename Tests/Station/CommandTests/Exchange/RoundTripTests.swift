import FoundationEssentials
import Readings
import Store
import Testing

@testable import skin2vec

@Suite(.timeLimit(.minutes(5))) struct RoundTripTests {
  @Test(
    "what was exported goes into an empty diary and comes out the same, byte for byte",
    arguments: ["touches", "air", "events", "scores"], ["csv", "ndjson"])
  func roundTrip(kind: String, format: String) async throws {
    try await Bench.with { bench in
      try await bench.plant { try await Self.live($0) }
      let name = "first.\(format)"
      let first = try await bench.exported(kind, to: name)
      #expect(first.split(separator: "\n").count > 5)
      try await bench.emptyDiary()
      let path = bench.folder.appending(path: name).path
      #expect(try await bench.run("import", kind, path) == .done)
      #expect(try await bench.exported(kind, to: "second.\(format)") == first)
      #expect(try await bench.run("import", kind, path) == .done)
      #expect(bench.spoken.lines.last?.hasPrefix("took 0 lines") == true)
    }
  }

  @Test("moments in microseconds, or on the person's clock, come back the same")
  func moments() async throws {
    try await Bench.with { bench in
      try await bench.plant { try await Self.live($0) }
      let first = try await bench.exported("air", "--time", "us", to: "us.csv")
      _ = try await bench.exported("air", "--time", "local", to: "local.csv")
      #expect(try bench.text("local.csv").hasPrefix("time_local,"))
      for name in ["us.csv", "local.csv"] {
        try await bench.emptyDiary()
        #expect(
          try await bench.run("import", "air", bench.folder.appending(path: name).path) == .done)
        #expect(try await bench.exported("air", "--time", "us", to: "again.csv") == first)
      }
    }
  }

  @Test("a sample a row keeps values, gaps, and what was never offered")
  func wide() async throws {
    try await Bench.with { bench in
      try await bench.plant { try await Self.live($0) }
      let first = try await bench.exported("air", "--wide", to: "wide.csv")
      #expect(first.contains(",22.14,48.2,,NA,"))
      try await bench.emptyDiary()
      #expect(
        try await bench.run("import", "air", bench.folder.appending(path: "wide.csv").path) == .done
      )
      #expect(try await bench.exported("air", "--wide", to: "again.csv") == first)
    }
  }

  @Test("every kind can be exported, with a header whose numbers have their unit")
  func everyKind() async throws {
    try await Bench.with { bench in
      try await bench.plant { try await Self.live($0) }
      for kind in ExportKind.allCases {
        let text = try await bench.exported(kind.rawValue, to: "\(kind.rawValue).csv")
        let header = text.split(separator: "\n").first?.split(separator: ",") ?? []
        // A score is a number without a unit; every other value has one beside it.
        let hasValue = header.contains("value") || header.contains("mean")
        #expect(header.count > 3)
        #expect(!hasValue || header.contains("unit") || kind == .scores)
      }
    }
  }

  @Test("what is wanted is only what is given")
  func selected() async throws {
    try await Bench.with { bench in
      try await bench.plant { try await Self.live($0) }
      let touches = try await bench.exported(
        "touches", "--person", "anna", "--channel", "skin.moisture", to: "a.csv")
      #expect(touches.split(separator: "\n").count == 2)
      let air = try await bench.exported(
        "air", "--channel", "air.humidity", "--from", "2026-11-19T12:00", to: "b.csv")
      let lines = air.split(separator: "\n").dropFirst()
      #expect(lines.count == 2)
      #expect(lines.allSatisfy { $0.contains("air.humidity") })
      #expect(try await bench.run("export", "air", "--channel", "air.noise") == .usage)
    }
  }

  @Test("an export that cannot be written leaves nothing behind")
  func unwritable() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      #expect(
        try await bench.run("export", "air", "--output", "/no/such/folder/air.csv") == .cannotCreate
      )
      let files = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path)
      #expect(!files.contains { $0.hasSuffix(".part") })
    }
  }

  /// A few evenings of two people, with air of every kind of trouble.
  private static func live(_ store: Store) async throws {
    for day in -4..<0 {
      let evening = Bench.evening(day)
      try await store.save(
        Planted.session(evening, moisture: [50.123456789, nil, 47.3], sebum: 61.5))
      try await store.append([
        Planted.air(evening - .seconds(60)), wornAir(evening - .seconds(30)),
      ])
      let event = SkinEvent(
        person: Person("me"), time: evening, kind: "alcohol", weight: 0.1 + 0.2,
        note: "\"red\", two\nglasses \u{1F377}")
      _ = try await store.save(event, at: Bench.stamp(evening))
      let other = SkinEvent(
        person: Person("me"), time: evening, kind: "sun", weight: 1, note: nil)
      _ = try await store.save(other, at: Bench.stamp(evening))
      for dimension in Score.Dimension.allCases {
        let score = Score(
          person: Person("me"), date: LocalDate(daysSince1970: 20_770 + day), dimension: dimension,
          value: 2.5)
        try await store.save(score, at: Bench.stamp(evening))
      }
    }
    try await store.save(
      Planted.session(Bench.evening(-5), moisture: [33], person: Person("anna")))
  }

  /// A sample with a bad value and a correction.
  private static func wornAir(_ time: Timestamp) -> AirSample {
    AirSample(
      stamp: Bench.stamp(time, .unsynced), part: "sht45 0x44",
      readings: [
        AirReading(.airTemperature, .value(99.5)),
        AirReading(.airHumidity, .absent(.stale)),
      ])
  }
}
