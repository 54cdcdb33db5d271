import FoundationEssentials
import Readings
import Store
import Testing

@testable import Wording

/// A diary whose every number was worked out by hand, and its pages.
///
/// The moisture electrode: a code is 0.001 pF; 3 pF in air and 11 pF when wet, so that a code of
/// 7000 is 100·(7 − 3)/(11 − 3) = 50.
struct PlantedDiary {
  /// 22:14 in Berlin on 2026-11-20.
  static let evening = Timestamp.seconds(1_795_132_800 + 76_440)
  static let boot = "00112233445566778899001122334455"
  static let key = SlotKey(date: LocalDate(daysSince1970: 20_777), slot: .evening)

  let archive: Archive
  let local: LocalClock

  /// Runs a body with the diary in a folder that is removed afterwards.
  static func with(_ body: (PlantedDiary) async throws -> Void) async throws {
    let name = "skin2vec-words-\(UUID().uuidString.prefix(8))"
    let folder = FileManager.default.temporaryDirectory.appending(path: name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "diary.sqlite").path
    let plan = DayPlan(zone: try ZoneRules(named: "Europe/Berlin"))
    let store = try Store(
      path: path,
      options: Store.Options(origin: .real, plan: plan) { stamp(evening - .seconds(76_440)) })
    try await plant(store)
    try await store.close()
    let local = LocalClock(plan: plan, now: evening + .seconds(960))
    try await body(PlantedDiary(archive: try Archive(path: path), local: local))
  }

  func value(_ channel: Channel = .skinMoisture) async throws -> ValuePage {
    let site = channel.isAir ? nil : Site("cheek")
    let value = try #require(
      try await archive.explain(channel, of: Person("me"), at: site, in: Self.key))
    let other = ValuePage.Name(person: Person("me"), channel: .airHumidity, site: nil)
    return ValuePage(value: value, others: [other])
  }

  func session(_ id: Int64 = 9) async throws -> SessionPage {
    SessionPage(session: try #require(try await archive.explainSession(id)))
  }

  func touch(_ id: Int64) async throws -> TouchPage {
    TouchPage(touch: try #require(try await archive.explainTouch(id)))
  }

  func air(_ channel: Channel = .airTemperature) async throws -> AirPage {
    let time = Self.evening - .seconds(2640)
    return AirPage(air: try #require(try await archive.explainAir(channel, at: time)))
  }

  /// Every page there is.
  func pages() async throws -> [any ExplanationPage] {
    var other = try await value()
    other.value.stored?.value = 40
    other.value.touches[0].measures[0].stored.refusal = .unsteady
    return [
      try await value(), other, try await value(.airTemperature), try await session(),
      try await session(8), try await touch(12), try await touch(9), try await air(),
      try await air(.airPM10),
      WholeSessionPage(
        session: try await session(), values: [try await value()],
        touches: [try await touch(10)]),
    ]
  }
}

extension PlantedDiary {
  static func stamp(_ time: Timestamp, _ trust: ClockTrust = .synced) -> Stamp {
    Stamp(
      utc: time, bootID: boot, bootMicroseconds: time.microseconds - 1_700_000_000_000_000,
      trust: trust)
  }

  /// Seven evenings before, the fifth without a touch that counts; two sessions this evening; air.
  private static func plant(_ store: Store) async throws {
    let start = stamp(evening - .seconds(30 * 86_400))
    _ = try await store.record(
      PartIdentity(
        part: "fdc1004 0x50", product: "FDC1004", serial: "0042", firmware: "2.0", status: "",
        channels: [.skinMoisture]), at: start)
    _ = try await store.record(
      Calibration(
        part: "fdc1004 0x50", channel: .skinMoisture, validFrom: start.utc, who: "anna",
        why: "new electrode", parameters: ["air_picofarads": 3, "reference_picofarads": 11]),
      at: start)
    _ = try await store.adopt(Limits(), from: start)
    for day in 1...7 {
      let time = evening - .seconds((8 - day) * 86_400)
      let codes: [Int32] = day == 5 ? [] : [Int32(7000 + 16 * (day % 3))]
      _ = try await store.save(session(time, codes: codes, short: day == 5 ? 1 : 0))
    }
    try await store.append((1...720).reversed().map { air(evening - .seconds(60 * $0), $0) })
    _ = try await store.save(session(evening - .seconds(1500), codes: [7400]))
    _ = try await store.save(session(evening, codes: [6800, 6816, 6784], short: 1))
  }

  private static func air(_ time: Timestamp, _ minutes: Int) -> AirSample {
    let celsius: AirReading.State =
      minutes > 718 ? .absent(.timedOut) : .value(minutes.isMultiple(of: 2) ? 21 : 22)
    return AirSample(
      stamp: stamp(time), part: "sen55 0x69",
      readings: [
        AirReading(.airTemperature, celsius), AirReading(.airPM10, .absent(.warming)),
      ])
  }

  private static func session(
    _ time: Timestamp, codes: [Int32], short: Int = 0
  ) -> TapSession {
    let all = codes + Array(repeating: 6900, count: short)
    let touches = all.enumerated().map { index, code in
      let counts = index < codes.count
      return Touch(
        number: index + 1, site: Site("cheek"), started: stamp(time + .seconds(2 * index)),
        contact: .milliseconds(counts ? 1210 : 410),
        measures: [
          Touch.Measure(
            channel: .skinMoisture, raw: Double(code) * 0.001, rawUnit: .picofarads,
            value: 100 * (Double(code) / 1000 - 3) / 8, spread: 0.14826,
            samples: (0..<40).map { code + ($0.isMultiple(of: 2) ? 8 : -8) },
            scale: Touch.RawScale(unitsPerCode: 0.001, offset: 0, greatestCode: 15_000),
            refusal: counts ? nil : .tooShort, part: "fdc1004 0x50")
        ])
    }
    return TapSession(
      person: Person("me"), started: stamp(time), ended: stamp(time + .seconds(30)),
      touches: touches,
      air: [
        .airTemperature: AirReading(.airTemperature, .value(21)),
        .airHumidity: AirReading(.airHumidity, .value(48)),
      ], verdict: codes.isEmpty ? .refused : .saved)
  }
}

extension Store {
  /// Saves a session whose notice does not matter.
  fileprivate func save(_ session: TapSession) throws -> SavedSession {
    try save(session) { _ in Notice(.tapSaved, "saved") }.0
  }
}
