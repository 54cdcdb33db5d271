import FoundationEssentials
import Glibc
import Journal
import Readings
import Settings
import Store
import Tape

/// Lives a tape again, into a diary of its own.
struct Replay {
  /// The tape's file.
  let tape: String
  /// A diary that is not there yet: what was taped must not mix with anything.
  let diary: String

  func run() async throws {
    guard let data = FileManager.default.contents(atPath: tape) else {
      throw TapeError.system(path: tape, call: "read the tape", code: ENOENT)
    }
    guard !FileManager.default.fileExists(atPath: diary) else {
      throw TapeError.system(path: diary, call: "make the diary of a replay", code: EEXIST)
    }
    try await play(try Tape(anyFile: [UInt8](data)))
  }

  /// Plays to the end; the rows are then in the diary.
  func play(_ tape: Tape) async throws {
    let header = tape.header
    guard header.schemaVersion == Store.schemaVersion else {
      throw TapeError.schema(header.schemaVersion, known: Store.schemaVersion)
    }
    guard !tape.chunks.isEmpty else { throw TapeError.empty }
    guard tape.isPlayable else { throw TapeError.torn }
    let player = try Player(tape)
    let loop = EventLoop { player.play($0) }
    let order = Daemon.Order(
      settings: try Settings(header), configuration: nil, diary: diary, controlSocket: nil,
      scenario: nil, limit: nil, zone: try ZoneRules(named: header.zone))
    try await loop.run {
      let daemon = try Daemon(
        order, on: UnpluggedBoard(clock: UnpluggedClock(player)),
        origin: .simulated("replay of \(header.source)"), executor: loop,
        taping: .playing(player), notifier: SystemdNotifier { _ in nil })
      try await live(daemon, until: player)
    }
    if let failure = player.failure { throw failure }
  }

  /// Runs the station until it was stopped on the tape, or the tape ends under it.
  private func live(_ daemon: Daemon, until player: Player) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          try await daemon.run()
        } catch  where player.isOver {
          // Cut off at the tape's end: what it held has been kept.
          try await daemon.store.close()
        }
      }
      group.addTask { await player.finish() }
      try await group.next()
      group.cancelAll()
      try await group.waitForAll()
    }
  }
}

extension Settings {
  /// The settings that were in force when a tape was made.
  init(_ header: TapeHeader) throws(SettingsError) {
    self = try Settings.read(text: header.settings, file: "the tape's settings")
    people = header.people.map { Resident(name: $0.name, sites: $0.sites) }
    defaultPerson = header.chosen
  }
}
