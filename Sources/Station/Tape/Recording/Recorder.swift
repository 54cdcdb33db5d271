package import Bus
import Synchronization

/// Passes everything on, and keeps what came of it.
///
/// What comes from outside is taken in one at a time, each once every task has gone as far as it
/// can: `settle` waits for that. Time is the time of what was taken in last, in whole microseconds.
package final class Recorder: Deck {
  private struct State {
    var now: Int64
    var wall: WallClock
    /// Whether something was taken in since the wall clock was last looked at.
    var mustLook = false
    var waiting = Waiting()
    var chunk: ChunkWriter
  }

  private let clock: any StationClock
  private let settle: @Sendable () async -> Void
  private let keep: @Sendable (Chunk) -> Void
  package let bootID: String
  private let state: Mutex<State>
  /// A chunk that is longer ends, cut or not.
  private let longestChunk = 32 * 1024
  /// What the wall clock may differ by, in microseconds, before it is looked at again: two clocks
  /// are never read at the same moment.
  private let slack: Int64 = 100

  /// Begins a tape.
  ///
  /// - Parameters:
  ///   - clock: The board's.
  ///   - settle: Returns once every task has gone as far as it can.
  ///   - keep: Takes each stretch of tape as it is done.
  package init(
    clock: any StationClock, settle: @escaping @Sendable () async -> Void,
    keep: @escaping @Sendable (Chunk) -> Void
  ) {
    self.clock = clock
    self.settle = settle
    self.keep = keep
    let reading = clock.reading()
    bootID = reading.bootID
    let now = reading.boot.roundedUp
    let wall = WallClock(reading)
    let chunk = ChunkWriter(number: 0, isCut: false, at: now, wall)
    state = Mutex(State(now: now, wall: wall, chunk: chunk))
  }

  package var now: BootInstant {
    BootInstant(sinceBoot: .microseconds(state.withLock(\.now)))
  }

  /// Begins the tape anew; what there was and is not done is forgotten.
  ///
  /// - Returns: When it begins, in microseconds since boot, and how the wall clock stands.
  package func restart() -> (microseconds: Int64, wall: WallClock) {
    state.withLock { state in
      state.mustLook = false
      state.chunk = ChunkWriter(number: 0, isCut: false, at: state.now, state.wall)
      return (state.now, state.wall)
    }
  }

  package func reading() -> ClockReading {
    let reading = clock.reading()
    return state.withLock { state in
      if state.mustLook {
        state.mustLook = false
        let wall = WallClock(reading)
        if abs(wall.offset - state.wall.offset) > slack
          || wall.synchronisation != state.wall.synchronisation
        {
          state.wall = wall
          state.chunk.write(wall)
        }
      }
      return ClockReading(bootID: bootID, microseconds: state.now, state.wall)
    }
  }

  @concurrent package func carry(
    _ request: Request, on track: String?, until deadline: BootInstant?,
    _ act: @Sendable () async -> Outcome
  ) async -> Outcome {
    let isBetweenTurns = track == nil && Track.current?.takeTurn() ?? false
    let track = track ?? Track.present
    let id = state.withLock { state in
      state.waiting.add(request, on: track, isBetweenTurns: isBetweenTurns)
    }
    let outcome = await act()
    await settle()
    let time = clock.now.roundedUp
    return state.withLock { state in
      write(outcome, of: request, on: track, id: id, at: time, &state)
    }
  }

  package func fact(_ request: Request, _ isTrue: Bool) -> Bool {
    state.withLock { state in
      state.chunk.write(
        isTrue ? .yes : .no, of: request, on: Track.board, index: 0, at: state.now)
    }
    return isTrue
  }

  /// Gives what there is of the stretch that is not done.
  package func flush() {
    state.withLock { state in
      if state.chunk.count > 0 { turnOver(&state, isCut: false) }
    }
  }

  /// The stretch that is not done yet, as it is now.
  package var unfinished: Chunk? {
    state.withLock { $0.chunk.count > 0 ? $0.chunk.chunk : nil }
  }

  private func write(
    _ outcome: Outcome, of request: Request, on track: String, id: UInt64, at time: Int64,
    _ state: inout State
  ) -> Outcome {
    // Between two turns of the loop that turns least often, all that waits can be left out.
    let isTurn = request.kind == .sleep && track == Track.slowest && outcome == .done
    let isCut = isTurn && state.waiting.isAtRest
    if isCut || state.chunk.size > longestChunk { turnOver(&state, isCut: isCut) }
    state.now = max(state.now, time)
    state.mustLook = true
    let index = state.waiting.remove(id, on: track)
    state.chunk.write(outcome, of: request, on: track, index: index, at: state.now)
    return outcome
  }

  private func turnOver(_ state: inout State, isCut: Bool) {
    if state.chunk.count > 0 { keep(state.chunk.chunk) }
    state.chunk = ChunkWriter(
      number: state.chunk.number + 1, isCut: isCut, at: state.now, state.wall)
  }
}

extension Track {
  /// What the board itself says.
  package static let board = "board"
  /// The probe's loop: at rest it turns every ten minutes.
  package static let slowest = "tap"
  /// The name of the present task's.
  static var present: String { current?.name ?? "station" }
}

extension WallClock {
  init(_ reading: ClockReading) {
    self.init(
      offset: reading.utcMicroseconds - reading.boot.microseconds,
      synchronisation: reading.synchronisation)
  }
}

extension ClockReading {
  init(bootID: String, microseconds: Int64, _ wall: WallClock) {
    self.init(
      bootID: bootID, boot: BootInstant(sinceBoot: .microseconds(microseconds)),
      utcMicroseconds: microseconds + wall.offset, synchronisation: wall.synchronisation)
  }
}

extension BootInstant {
  /// Whole microseconds, rounded up: what was waited for is then never still to come.
  fileprivate var roundedUp: Int64 {
    let whole = microseconds
    return Duration.microseconds(whole) < sinceBoot ? whole + 1 : whole
  }
}
