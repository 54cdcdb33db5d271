package import Bus
import Synchronization

/// Answers the station from a tape, in the tape's order and time.
///
/// Nothing is asked of the board. What is to be kept is kept, and then waits for its turn like
/// everything else. A request that the tape does not have ends the replay, and `failure` says where:
/// save after time that the tape has forgotten, where what is due every hour may be due at another
/// minute. Then it is passed over, or answered as it was before.
package final class Player: Deck {
  struct State {
    var now: BootInstant
    var wall: WallClock
    var next = 0
    var asked: [String: [Asked]] = [:]
    var lastID: UInt64 = 0
    /// The last request before time was forgotten; nil while it was not.
    var lastBeforeJump: UInt64?
    /// What was passed over after that.
    var skipped: Set<Int> = []
    /// What each request was last answered, and how many answers in a row were such memories.
    var heard: [Request: Outcome] = [:]
    var imagined = 0
    var isOver = false
    /// Who waits for the end.
    var audience: UnsafeContinuation<Void, Never>?
    var failure: TapeError?
    /// How many answers of the diary have been recalled.
    var recalled = 0
  }

  /// A request that waits for its answer.
  struct Asked {
    var id: UInt64
    var request: Request
    /// When a sleep is to end.
    var deadline: BootInstant?
    /// Nil while what is to be kept is being kept.
    var continuation: UnsafeContinuation<Outcome, Never>?
    /// What came of keeping it.
    var own = Outcome.done
  }

  package let header: TapeHeader
  private let entries: [Entry]
  private let jumps: [Int: WallClock]
  private let facts: [Request: Bool]
  private let state: Mutex<State>

  /// Puts a tape in.
  ///
  /// - Parameter tape: What is played.
  /// - Throws: `TapeError` where it cannot be read.
  package init(_ tape: Tape) throws(TapeError) {
    header = tape.header
    let (all, jumps) = try tape.entries()
    (entries, self.jumps) = (all, jumps)
    facts = Dictionary(
      all.lazy.filter { $0.request.kind == .fact }.map { ($0.request, $0.outcome == .yes) },
      uniquingKeysWith: { $1 })
    let start = BootInstant(sinceBoot: .microseconds(header.startMicroseconds))
    state = Mutex(State(now: start, wall: header.wall))
  }

  package var now: BootInstant { state.withLock(\.now) }

  package func reading() -> ClockReading {
    state.withLock { state in
      ClockReading(
        bootID: header.bootID, microseconds: state.now.microseconds, state.wall)
    }
  }

  package func fact(_ request: Request, _ isTrue: Bool) -> Bool { facts[request] ?? isTrue }

  /// What the diary answered at the start, one answer after another; nil after the last.
  package func recall() -> String? {
    state.withLock { state in
      guard header.memories.indices.contains(state.recalled) else { return nil }
      defer { state.recalled += 1 }
      return header.memories[state.recalled]
    }
  }

  /// Who was heard from outside: `stop`, `control`.
  package var subjects: Set<String> {
    Set(entries.lazy.filter { $0.request.kind == .hear }.map(\.request.subject))
  }

  /// Whether nothing more will be played.
  package var isOver: Bool { state.withLock(\.isOver) }

  /// Where the tape and the station parted; nil where they did not.
  package var failure: TapeError? { state.withLock(\.failure) }

  /// Returns at the end of the tape, or once cancelled: from then on nobody is given anything.
  package func finish() async {
    await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        let isOver = state.withLock { state in
          if !state.isOver { state.audience = continuation }
          return state.isOver
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.end() }?()
    }
  }

  @concurrent package func carry(
    _ request: Request, on track: String?, until deadline: BootInstant?,
    _ act: @Sendable () async -> Outcome
  ) async -> Outcome {
    let track = track ?? Track.present
    let id = state.withLock { state in
      state.lastID += 1
      state.asked[track, default: []].append(
        Asked(id: state.lastID, request: request, deadline: deadline))
      return state.lastID
    }
    let own = mustKeep(request, on: track) ? await act() : .done
    return await withUnsafeContinuation { continuation in
      state.withLock { $0.attach(continuation, own, to: id, on: track) }
    }
  }

  /// Whether something is to be kept, which could be kept when it was taped.
  private func mustKeep(_ request: Request, on track: String) -> Bool {
    guard request.kind == .keep else { return false }
    let next = state.withLock(\.next)
    let entry = entries[next...].first { $0.track == track && $0.request == request }
    if case .refused = entry?.outcome { return false }
    return true
  }

  /// Gives the next answer; false where the station has not asked for it yet.
  package func play(_ idleness: EventLoop.Idleness) -> Bool {
    let answer = state.withLock { state in
      state.passOver(entries)
      if state.isOver { return state.dismiss() }
      guard state.next < entries.count else {
        // Where the station was stopped on the tape, it ends by itself.
        return state.asksNothing && idleness == .idle ? nil : state.end()
      }
      let entry = entries[state.next]
      if let answer = state.answer(to: entry, after: jumps[state.next]) { return answer }
      if state.lastBeforeJump != nil {
        if let answer = state.answerKept() ?? state.align(entries) { return answer }
      }
      // Somebody may still be on the way to ask.
      guard idleness == .forgotten else { return nil }
      state.diverge(at: entry)
      return state.end()
    }
    answer?()
    return answer != nil
  }
}
