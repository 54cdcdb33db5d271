import Foundation
import Journal
import Readings
import Settings
import Store

@testable import Acquisition
@testable import SimulatedParts
@testable import skin2vecd

/// A simulated station that has lived a scenario, and its diary, in a folder of its own.
struct StationBench {
  /// A scenario of its own for each test; a person who misses nothing and does everything well.
  static let faultless = "person: {missed: 0 %, too_short: 0 %, unsteady: 0 %}\n"

  let folder: URL
  let scenario: ScenarioFile
  let length: Duration
  var diary: String { folder.appending(path: "diary.sqlite").path }

  /// The true time at which the boot-time clock stood at zero.
  var bootUTC: Int64 { scenario.scenario.startUTCMicroseconds - 12_000_000 }

  /// Lives a scenario at full speed and looks at the diary; the folder is removed afterwards.
  static func live<T>(
    _ yaml: String, for length: Duration, seed: UInt64? = nil,
    settings change: (inout Settings) -> Void = { _ in },
    _ body: (StationBench) async throws -> T
  ) async throws -> T {
    let folder = try newFolder()
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "scenario.yaml")
    try Data(yaml.utf8).write(to: file)
    let bench = StationBench(
      folder: folder, scenario: try ScenarioFile(path: file.path, seed: seed), length: length)
    var settings = Settings()
    settings.people = [
      .init(sites: bench.scenario.scenario.person.sites.map(\.name))
    ]
    change(&settings)
    try await bench.live(settings)
    return try await body(bench)
  }

  static func newFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "skin2vec-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private func live(_ settings: Settings) async throws {
    let board = SimulatedBoard(
      scenario: scenario.scenario, settings: settings, speed: .max,
      bootID: String(repeating: "5", count: 32))
    let keeper = TimeKeeper(clock: board.clock)
    let order = Daemon.Order(
      settings: settings, configuration: nil, diary: diary, controlSocket: nil,
      scenario: scenario, limit: length)
    let plan = try settings.dayPlan(default: scenario.zone)
    try await board.time.run {
      let store = try Store(
        path: order.diary,
        options: .init(
          origin: .simulated(scenario.scenario.name), plan: plan, waitsForDisk: false,
          now: { keeper.stamp() }), executor: board.time)
      // Nobody reads these lines here: the diary has them too.
      let daemon = Daemon(
        order: order, board: board, store: store, keeper: keeper,
        writer: NoticeWriter(NoticePrinter(descriptor: -1) { _ in "" }),
        notifier: SystemdNotifier { _ in nil })
      try await daemon.run()
    }
  }

  // MARK: - The diary

  /// What the diary answers, as text; null is `–`.
  func rows(_ sql: String) async throws -> [[String]] {
    try await Archive(path: diary).query(sql).rows.map { $0.map(\.words) }
  }

  /// The one whole number the diary answers.
  func number(_ sql: String) async throws -> Int64? {
    let rows = try await Archive(path: diary).query(sql).rows
    guard case .integer(let number)? = rows.first?.first else { return nil }
    return number
  }

  /// The sessions as the diary has them, in the order they were made.
  func sessions() async throws -> [Tap] {
    let rows = try await Archive(path: diary).query(
      """
      SELECT started_boot_us, started_utc_us, local_date, slot, clock, verdict FROM session
      ORDER BY started_boot_us
      """
    ).rows
    return rows.compactMap { row in
      guard case .integer(let boot) = row[0], case .integer(let utc) = row[1] else { return nil }
      return Tap(
        trueUTC: bootUTC + boot, utc: utc, date: row[2].words, slot: row[3].words,
        clock: row[4].words)
    }
  }
}

/// A session, as planned or as the diary has it.
struct Tap: Hashable {
  /// By the boot-time clock, in microseconds since 1970.
  var trueUTC: Int64
  /// By the wall clock.
  var utc: Int64
  var date: String
  var slot: String
  var clock: String

  /// Date and slot: `2026-03-28 evening`.
  var key: String { "\(date) \(slot)" }
}

extension Archive.Cell {
  /// The cell as text; null is `–`.
  var words: String {
    switch self {
    case .null: "–"
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text): text
    case .blob(let bytes): "\(bytes)"
    }
  }
}
