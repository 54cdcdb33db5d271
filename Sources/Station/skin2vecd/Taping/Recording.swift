import Bus
import FoundationEssentials
import Readings
import Settings
import SimulatedParts
import Store
import Synchronization
import Tape

/// The tape of the station that runs: the last hours in memory, and all of it in a file if asked.
final class Recording: Sendable {
  let recorder: Recorder
  private let keeper: Keeper
  private let memories = Mutex(Memories())

  /// What the diary was asked before the first life, and at the start of the present one.
  private struct Memories {
    var first: [String] = []
    var present: [String] = []
  }

  /// Begins a tape.
  ///
  /// - Parameters:
  ///   - clock: The board's.
  ///   - file: Where all of it goes; nil for the last hours in memory only.
  ///   - limit: How many bytes of memory the last hours may take.
  ///   - settle: Returns once every task has gone as far as it can.
  init(
    clock: any StationClock, file: String?, limit: Int = 2_000_000,
    settle: @escaping @Sendable () async -> Void
  ) {
    let keeper = Keeper(file: file, limit: limit)
    self.keeper = keeper
    recorder = Recorder(clock: clock, settle: settle) { keeper.take($0) }
  }

  /// Begins anew, as each set of settings does: a tape is of one life.
  ///
  /// - Parameters:
  ///   - settings: What is in force.
  ///   - order: Where they are from.
  ///   - zone: The zone that cuts the days.
  ///   - chosen: Whose the next session is.
  ///   - calibrations: What readings mean at the start.
  /// - Throws: `TapeError` where the file cannot be written.
  func begin(
    _ settings: Settings, of order: Daemon.Order, zone: String, chosen: Person,
    calibrations: [Calibration]
  ) throws {
    let start = recorder.restart()
    // The built-in settings have no text, nor does a file that has gone since it was read.
    let text = order.configuration.flatMap { FileManager.default.contents(atPath: $0) }
    var header = TapeHeader(
      schemaVersion: Store.schemaVersion,
      source: order.scenario.map { "simulated \($0.scenario.name)" } ?? "a station",
      settings: text.map { String(decoding: $0, as: UTF8.self) } ?? "",
      people: settings.people.map { .init(name: $0.name, sites: $0.sites) },
      chosen: chosen.rawValue, zone: zone, bootID: recorder.bootID,
      startMicroseconds: start.microseconds, wall: start.wall)
    header.memories = memories.withLock { memories in
      defer { memories.present = [] }
      return memories.first + memories.present
    }
    let data = try JSONEncoder().encode(calibrations.map(\.withoutPeople))
    header.calibrations = String(decoding: data, as: UTF8.self)
    try keeper.begin(header)
  }

  /// Writes down what the diary answered at the start.
  func remember(_ answer: String, isOfEveryLife: Bool) {
    memories.withLock { memories in
      if isOfEveryLife { memories.first.append(answer) } else { memories.present.append(answer) }
    }
  }

  /// Writes what is not in the file yet.
  func finish() throws {
    recorder.flush()
    try keeper.finish()
  }

  /// The last hours; nil before the first life.
  var tape: Tape? { keeper.tape(with: recorder.unfinished) }
}

/// Where the stretches of a tape go.
private final class Keeper: Sendable {
  private struct State {
    var header: TapeHeader?
    var ring: Ring
    var file: TapeFile?
    var lives = 0
    /// Why the file could not be written, the first time.
    var trouble: TapeError?
  }

  private let path: String?
  private let limit: Int
  private let state: Mutex<State>

  init(file: String?, limit: Int) {
    path = file
    self.limit = limit
    state = Mutex(State(ring: Ring(limit: limit)))
  }

  func begin(_ header: TapeHeader) throws(TapeError) {
    let (path, limit) = (path, limit)
    let result = state.withLock { state -> Result<Void, TapeError> in
      state.header = header
      state.ring = Ring(limit: limit)
      state.lives += 1
      guard let path else { return .success(()) }
      let name = state.lives == 1 ? path : "\(path).\(state.lives)"
      return Result { () throws(TapeError) in state.file = try TapeFile(path: name, header) }
    }
    try result.get()
  }

  func take(_ chunk: Chunk) {
    state.withLock { state in
      state.ring.append(chunk)
      do throws(TapeError) {
        try state.file?.append(chunk)
      } catch {
        state.trouble = state.trouble ?? error
        state.file = nil
      }
    }
  }

  func tape(with unfinished: Chunk?) -> Tape? {
    state.withLock { state in
      state.header.map {
        Tape(header: $0, chunks: state.ring.chunks + [unfinished].compactMap(\.self))
      }
    }
  }

  func finish() throws {
    let trouble = state.withLock { state in
      state.file = nil
      return state.trouble
    }
    if let trouble { throw trouble }
  }
}
