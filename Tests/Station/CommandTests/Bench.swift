import ArgumentParser
import Bus
import Dispatch
import FoundationEssentials
import Journal
import LinuxBus
import Readings
import Store
import Synchronization
import Testing
import TestSupport
import Wording

@testable import skin2vec

/// A folder with a configuration of its own, a desk whose clock stands at 22:30 in Berlin on
/// 2026-11-20, and what was said at it.
struct Bench: Sendable {
  /// 2026-11-20 00:00 UTC.
  static let midnight = Timestamp.seconds(1_795_132_800)
  static let boot = "00112233445566778899aabbccddeeff"
  static let zone = "Europe/Berlin"

  let folder: URL
  let clock = StillClock(utc: Bench.midnight + .seconds(77_400))
  let spoken = Transcript()
  let complaints = Transcript()
  var board = Desk.Board(
    openBus: { path throws(BusError) in throw BusError(.gone, path: path, operation: "open") },
    tryLine: { _ in }, hasGroup: { _ in true }, folder: { _ in .writable },
    journal: { .persistent })
  /// Who answers at the terminal; nil where there is none.
  var ask: (@Sendable (String) -> Bool)?
  /// What draws QR codes; nil where there is no terminal.
  var drawQRCode: (@Sendable (String) -> Bool)?

  var diary: String { folder.appending(path: "diary.sqlite").path }
  var socket: String { folder.appending(path: "control.sock").path }
  var config: String { folder.appending(path: "skin2vec.yaml").path }

  /// Runs a body with a bench whose folder is removed afterwards.
  static func with<T>(_ body: (inout Bench) async throws -> T) async throws -> T {
    let name = String(UUID().uuidString.prefix(8))
    let folder = FileManager.default.temporaryDirectory.appending(path: "skin2vec-\(name)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    var bench = Bench(folder: folder)
    try bench.configure("")
    return try await body(&bench)
  }

  /// Writes the configuration: places, zone, two people, and what else is given.
  func configure(_ more: String) throws {
    let text = """
      diary: \(diary)
      control: \(socket)
      time: {zone: \(Bench.zone)}
      people:
        - name: me
        - name: anna
          sites: [cheek, forehead]

      """
    try Data((text + more).utf8).write(to: URL(filePath: config))
  }

  /// Runs a command line at the desk, on a thread of its own: the control client blocks.
  func run(_ arguments: String...) async throws -> skin2vec.ExitStatus {
    try await run(arguments)
  }

  func run(_ arguments: [String]) async throws -> skin2vec.ExitStatus {
    let parsed = try Skin2Vec.parseAsRoot(arguments + ["--config", config])
    let command = try #require(parsed as? any StationCommand)
    let desk = Desk(
      clock: clock, systemZone: "UTC", paint: Paint(isOn: false), say: { spoken.add($0) },
      complain: { complaints.add($0) }, board: board, patience: .seconds(50), ask: ask,
      drawQRCode: drawQRCode)
    return await withTaskExecutorPreference(OwnThread()) { await command.carryOut(at: desk) }
  }

  /// What a command line said as JSON.
  func json(_ arguments: String...) async throws -> Any? {
    let parsed = try Skin2Vec.parseAsRoot(arguments + ["--json", "--config", config])
    let command = try #require(parsed as? any StationCommand)
    let said = Transcript()
    let desk = Desk(
      clock: clock, systemZone: "UTC", paint: Paint(isOn: false), say: { said.add($0) },
      complain: { complaints.add($0) }, board: board, patience: .seconds(50), ask: ask)
    _ = await withTaskExecutorPreference(OwnThread()) { await command.carryOut(at: desk) }
    return try decode(said.text)
  }

  func store(_ origin: Store.Origin = .real) throws -> Store {
    let plan = DayPlan(zone: try ZoneRules(named: Bench.zone))
    return try Store(
      path: diary,
      options: Store.Options(origin: origin, plan: plan) { Bench.stamp(Bench.midnight) })
  }

  /// Makes a diary and plants things in it.
  func plant(_ body: (Store) async throws -> Void) async throws {
    let store = try store()
    try await body(store)
    try await store.close()
  }

  static func stamp(_ time: Timestamp, _ trust: ClockTrust = .synced) -> Stamp {
    Stamp(
      utc: time, bootID: boot, bootMicroseconds: time.microseconds - 1_700_000_000_000_000,
      trust: trust)
  }

  /// A moment of the evening, 22:14 in Berlin, so many days after 2026-11-20.
  static func evening(_ day: Int = 0) -> Timestamp {
    midnight + .seconds(day * 86_400 + 76_440)
  }
}

/// Lines that were said.
final class Transcript: Sendable {
  private let said = Mutex<[String]>([])
  func add(_ line: String) { said.withLock { $0.append(line) } }
  var lines: [String] { said.withLock { $0 } }
  var text: String { lines.joined(separator: "\n") }
}

/// A clock that moves on only when somebody sleeps.
final class StillClock: StationClock {
  typealias Instant = BootInstant
  private let time = Mutex(Duration.seconds(100))
  private let zero: Timestamp

  init(utc: Timestamp) { zero = utc - .seconds(100) }

  var now: BootInstant { BootInstant(sinceBoot: time.withLock { $0 }) }
  var minimumResolution: Duration { .microseconds(1) }

  func sleep(until deadline: BootInstant, tolerance: Duration?) async throws {
    time.withLock { $0 = max($0, deadline.sinceBoot) }
  }

  func reading() -> ClockReading {
    let now = now
    return ClockReading(
      bootID: Bench.boot, boot: now, utcMicroseconds: zero.microseconds + now.microseconds,
      synchronisation: 1)
  }
}
