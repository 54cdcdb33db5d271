import FoundationEssentials
import Glibc
import Journal
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
    try await play(try Tape(file: [UInt8](data)))
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
      scenario: nil, limit: nil)
    try await loop.run {
      try await Daemon(
        order, on: UnpluggedBoard(clock: UnpluggedClock(player)),
        origin: .simulated("replay of \(header.source)"), executor: loop,
        taping: .playing(player), notifier: SystemdNotifier { _ in nil }
      ).run()
    }
    if let failure = player.failure { throw failure }
  }
}

extension Settings {
  /// The settings that were in force when a tape was made.
  init(_ header: TapeHeader) throws(SettingsError) {
    self = try Settings.read(text: header.settings, file: "the tape's settings")
    people = header.people.map { Resident(name: $0.name, sites: $0.sites) }
    defaultPerson = header.chosen
    time.zone = header.zone
  }
}
