import FoundationEssentials
import Readings
import Store
import Testing

/// A diary in a folder of its own, and the words to plant things in it.
struct Bench {
  static let boot = "00112233445566778899aabbccddeeff"
  /// 2026-03-02 00:00 UTC, a Monday.
  static let monday = Timestamp.seconds(1_772_409_600)

  let folder: URL
  var path: String { folder.appending(path: "diary.sqlite").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "skin2vec-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Runs a body with a bench whose folder is removed afterwards.
  static func with<T>(_ body: (Bench) async throws -> T) async throws -> T {
    let bench = try Bench()
    // A folder left in the temporary directory spoils no test.
    defer { try? bench.remove() }
    return try await body(bench)
  }

  func remove() throws { try FileManager.default.removeItem(at: folder) }

  func options(
    _ origin: Store.Origin = .real, plan: DayPlan = DayPlan(zone: .utc),
    floors: [Channel: Double] = [:], waitsForDisk: Bool = true
  ) -> Store.Options {
    Store.Options(origin: origin, plan: plan, floors: floors, waitsForDisk: waitsForDisk) {
      Bench.stamp(Bench.monday)
    }
  }

  func store(_ origin: Store.Origin = .real) throws -> Store {
    try Store(path: path, options: options(origin))
  }

  static func stamp(
    _ time: Timestamp, _ trust: ClockTrust = .synced, boot: String = Bench.boot
  ) -> Stamp {
    Stamp(
      utc: time, bootID: boot, bootMicroseconds: time.microseconds - monday.microseconds,
      trust: trust)
  }

  /// A moment of a day after the bench's Monday, at an hour of UTC.
  static func time(day: Int, hour: Double) -> Timestamp {
    monday + .seconds(Double(day) * 86_400 + hour * 3600)
  }

  /// A session with one touch for each value; nil for a touch that does not count.
  static func session(
    _ time: Timestamp, _ values: [Double?], person: Person = "me", site: Site = "cheek",
    channel: Channel = .skinMoisture, trust: ClockTrust = .synced
  ) -> TapSession {
    let touches = values.enumerated().map { index, value in
      Touch(
        number: index + 1, site: site, started: stamp(time + .seconds(2 * index), trust),
        contact: .milliseconds(1200),
        measures: [
          Touch.Measure(
            channel: channel, raw: 12.5, rawUnit: .picofarads, value: value ?? 3, spread: 0.5,
            samples: [1, -2, .max, .min], refusal: value == nil ? .tooShort : nil,
            part: "fdc1004 0x50")
        ])
    }
    return TapSession(
      person: person, started: stamp(time, trust), ended: stamp(time + .seconds(30), trust),
      touches: touches, air: [:], verdict: values.contains { $0 != nil } ? .saved : .refused)
  }

  static func air(
    _ time: Timestamp, _ celsius: Double?, humidity: Double? = 45, trust: ClockTrust = .synced,
    quality: Quality = .ok, reason: String? = nil
  ) -> AirSample {
    AirSample(
      stamp: stamp(time, trust), part: "sen55 0x69",
      readings: [
        AirReading(
          .airTemperature,
          celsius.map { .value($0, quality, reason: reason) } ?? .absent(.warming)),
        AirReading(.airHumidity, humidity.map { .value($0) } ?? .absent(.stale)),
      ])
  }
}

extension Person: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self.init(value) }
}

extension Site: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self.init(value) }
}

extension Store {
  /// Saves a session whose notice does not matter.
  func save(_ session: TapSession) throws -> SavedSession {
    try save(session) { _ in Notice(.tapSaved, "saved") }.0
  }
}

extension Bench {
  /// What the diary answers to a statement, as text.
  func rows(_ sql: String) async throws -> [[String]] {
    try await Archive(path: path).query(sql).rows.map { $0.map(\.words) }
  }
}

extension Archive.Cell {
  /// The cell as text; null is `–`.
  var words: String {
    switch self {
    case .null: "–"
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text): text
    case .blob(let bytes): "\(bytes.count) bytes"
    }
  }
}
