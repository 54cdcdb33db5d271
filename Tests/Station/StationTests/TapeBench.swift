import Bus
import Foundation
import Journal
import Readings
import Settings
import Store
import Tape

@testable import Acquisition
@testable import SimulatedParts
@testable import skin2vecd

/// A simulated station that is taped, and the same once more from its tape.
struct TapeBench {
  static let views = [
    "v1_channel", "v1_session", "v1_touch", "v1_slot", "v1_air", "v1_air_hour", "v1_event",
    "v1_score", "v1_epoch",
  ]

  let folder: URL
  var diary: String { folder.appending(path: "taped.sqlite").path }
  var replayed: String { folder.appending(path: "replayed.sqlite").path }
  var tape = ""
  var socket: String { folder.appending(path: "control").path }

  /// Makes a folder for a body, and removes it afterwards.
  static func with<T>(_ body: (TapeBench) async throws -> T) async throws -> T {
    let folder = try StationBench.newFolder()
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(TapeBench(folder: folder, tape: folder.appending(path: "a.tape").path))
  }

  /// How a taped life is to be.
  struct Life {
    var yaml: String
    var length: Duration
    var speed = SimulatedTime.Speed.max
    /// Seed of the delays of wake-ups and transfers; nil for none.
    var jitter: UInt64?
    var limit = 2_000_000
    var isControlled = false
    var people: [Settings.Resident]?
    /// How much of the scenario the diary holds already.
    var after = Duration.zero
  }

  /// Lives a scenario on tape; what the ring has left is returned.
  func record(
    _ life: Life, meanwhile: @Sendable @escaping () async throws -> Void = {}
  ) async throws -> Tape? {
    let file = folder.appending(path: "scenario.yaml")
    try Data(life.yaml.utf8).write(to: file)
    let scenario = try ScenarioFile(path: file.path).resumed(after: life.after)
    var settings = Settings()
    settings.people =
      life.people ?? [.init(sites: scenario.scenario.person.sites.map(\.name))]
    let world = SimulatedBoard(
      scenario: scenario.scenario, settings: settings, speed: life.speed,
      bootID: String(repeating: life.after == .zero ? "7" : "8", count: 32))
    let time = world.time
    let board: any Board = life.jitter.map { JitteringBoard(board: world, seed: $0) } ?? world
    let recording = Recording(clock: time, file: tape, limit: life.limit) {
      try? await time.sleep(until: time.now, tolerance: nil)
    }
    let order = Daemon.Order(
      settings: settings, configuration: nil, diary: diary,
      controlSocket: life.isControlled ? socket : nil, scenario: scenario, limit: life.length)
    try await time.run {
      let daemon = try Daemon(
        order, on: board, origin: .simulated("taped"), executor: time,
        taping: .recording(recording), notifier: SystemdNotifier { _ in nil })
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await meanwhile() }
        try await daemon.run()
        group.cancelAll()
      }
    }
    return recording.tape
  }

  /// Plays the file.
  func replay() async throws { try await Replay(tape: tape, diary: replayed).run() }

  /// Everything in some views of a diary.
  func contents(
    of diary: String, views: [String] = Self.views
  ) async throws -> [String: [[String]]] {
    var contents: [String: [[String]]] = [:]
    for view in views { contents[view] = try await rows("SELECT * FROM \(view)", of: diary) }
    return contents
  }

  func rows(_ sql: String, of diary: String) async throws -> [[String]] {
    try await Archive(path: diary).query(sql).rows.map { $0.map(\.words) }
  }
}
