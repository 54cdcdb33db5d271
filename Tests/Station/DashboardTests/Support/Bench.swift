import Dispatch
import FoundationEssentials
import Logging
import Readings
import Store
import Testing

@testable import Dashboard

/// A house of its own: a folder with a diary, the pages, and a station's socket that nobody serves yet.
struct Bench: Sendable {
  /// 2026-03-02 00:00 UTC, a Monday.
  static let monday = Timestamp.seconds(1_772_409_600)
  static let people = [
    House.Resident(name: "ann", sites: ["cheek", "forehead"]),
    House.Resident(name: "bo", sites: ["cheek"]),
  ]
  static let board = Question.Peer(address: "127.0.0.1", isLoopback: true)
  /// A device elsewhere in the house.
  static let phone = Question.Peer(address: "192.168.1.20", isLoopback: false)

  let folder: URL
  let feed: StationFeed
  let shelf: Shelf
  let findings = FindingsDouble()
  let pairings: Pairings
  let site: WebSite
  let plan: DayPlan

  var diary: String { folder.appending(path: "diary.sqlite").path }
  var socket: String { folder.appending(path: "control.sock").path }

  private init(in folder: URL, _ plan: DayPlan, writesPerSecond: Double) throws {
    self.folder = folder
    self.plan = plan
    feed = try StationFeed(
      controlSocket: folder.appending(path: "control.sock").path, patience: StationDouble.patience)
    shelf = Shelf(path: folder.appending(path: "diary.sqlite").path)
    pairings = try Pairings(path: nil) { "hash of \($0)" }
    var house = House(
      diary: shelf, findings: findings, feed: feed, people: Self.people, defaultPerson: "ann",
      plan: { plan })
    house.settingsFile = { ("/etc/skin2vec/skin2vec.yaml", "people: [{name: ann}, {name: bo}]\n") }
    house.backups = {
      ("/copies", [House.Copy(name: "diary-1.sqlite", bytes: 4096, madeAt: 1_772_409_600_000_000)])
    }
    site = WebSite(
      house: house, assets: try Assets(folder: Pages.folder, library: "/nowhere"),
      pairings: pairings, writesPerSecond: writesPerSecond,
      logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
  }

  /// Runs a body with a bench whose folder is removed afterwards.
  static func with<T>(
    zone: String = "UTC", writesPerSecond: Double = 100_000,
    _ body: (Bench) async throws -> T
  ) async throws -> T {
    let name = String(UUID().uuidString.prefix(8))
    let folder = FileManager.default.temporaryDirectory.appending(path: "skin2vec-web-\(name)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let plan = DayPlan(zone: zone == "UTC" ? .utc : try ZoneRules(named: zone))
    return try await body(Bench(in: folder, plan, writesPerSecond: writesPerSecond))
  }

  /// Makes a diary and plants things in it.
  func plant(_ body: (Store) async throws -> Void) async throws {
    let store = try Store(
      path: diary,
      options: Store.Options(origin: .real, plan: plan, waitsForDisk: false) {
        Bench.stamp(Bench.monday)
      })
    try await body(store)
    try await store.close()
  }

  /// What a view has, asked past the site.
  func rows(_ sql: String) async throws -> [[DiaryCell]] { try await shelf.rows(sql, []).rows }

  static func stamp(_ time: Timestamp) -> Stamp {
    Stamp(
      utc: time, bootID: "00112233445566778899aabbccddeeff",
      bootMicroseconds: time.microseconds - monday.microseconds + 1_000_000, trust: .synced)
  }

  /// A moment of a day after the bench's Monday, at an hour of UTC.
  static func time(_ day: Int, _ hour: Double) -> Timestamp {
    monday + .seconds(Double(day) * 86_400 + hour * 3600)
  }
}

/// Where the pages are in the sources.
enum Pages {
  static let folder: String = {
    let here = #filePath.split(separator: "/")
    let root = here.prefix { $0 != "Tests" }.map { "/" + $0 }.joined()
    return root + "/Sources/Station/Dashboard/Pages"
  }()

  static func names(ending suffix: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(suffix) }
      .sorted()
  }

  static func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: folder + "/" + name)), as: UTF8.self)
  }
}

/// Runs a call that blocks, away from the threads that tests and servers share.
func blocking<Value: Sendable>(
  _ call: @escaping @Sendable () throws -> Value
) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    // A serial queue has a thread of its own.
    DispatchQueue(label: "test").async { continuation.resume(with: Result(catching: call)) }
  }
}
