import Bus
import Dispatch
import Synchronization

/// Makes calls that may block, one after another on a thread of its own, and answers by a deadline.
///
/// No system call on a bus can be taken back: a part that stretches the clock holds an ioctl for as
/// long as the adapter lets it. So the caller is answered `.timedOut` at the deadline while the call
/// goes on, and until it returns every new call fails at once with `.stuck` instead of queueing up
/// behind it.
///
/// This is a queue rather than an actor with the queue as its executor, because an actor that is
/// blocked in the call could not answer its callers.
final class Lane: Sendable {
  /// Runs the closure once the duration has passed.
  typealias Alarm = @Sendable (Duration, @escaping @Sendable () -> Void) -> Void

  private let queue: DispatchQueue
  private let deadline: Duration
  private let setAlarm: Alarm
  private let isStuck = Atomic(false)

  init(_ label: String, deadline: Duration, alarm: @escaping Alarm = Lane.dispatchAlarm) {
    self.queue = DispatchQueue(label: label)
    self.deadline = deadline
    self.setAlarm = alarm
  }

  /// Makes the call when its turn comes; a call whose deadline passes first is never made.
  func run<Answer: Sendable>(
    _ attempt: Attempt, _ call: @escaping @Sendable () throws(BusError) -> Answer
  ) async throws(BusError) -> Answer {
    guard !isStuck.load(ordering: .acquiring) else { throw attempt.failure(.stuck) }
    let result: Result<Answer, BusError> = await withCheckedContinuation { continuation in
      let turn = Turn(continuation)
      queue.async { [self] in
        guard turn.begin() else { return }
        let result = Result(catching: call)
        turn.finish(with: result) { isStuck.store(false, ordering: .releasing) }
      }
      setAlarm(deadline) { [self] in
        turn.expire(with: .failure(attempt.failure(.timedOut))) {
          isStuck.store(true, ordering: .releasing)
        }
      }
    }
    return try result.get()
  }

  private static let dispatchAlarm: Alarm = { delay, action in
    let interval = DispatchTimeInterval.microseconds(Int(delay.microseconds))
    DispatchQueue.global().asyncAfter(deadline: .now() + interval, execute: action)
  }
}

/// One call in a lane; answers its caller exactly once.
private final class Turn<Answer: Sendable>: Sendable {
  private enum State { case waiting, running, late, over }

  private let state = Mutex(State.waiting)
  private let caller: CheckedContinuation<Result<Answer, BusError>, Never>

  init(_ caller: CheckedContinuation<Result<Answer, BusError>, Never>) { self.caller = caller }

  /// Whether the call is still wanted.
  func begin() -> Bool {
    state.withLock { state in
      guard state == .waiting else { return false }
      state = .running
      return true
    }
  }

  /// Answers the caller, unless the deadline already has: then the lane is free again.
  func finish(with result: Result<Answer, BusError>, ifLate unblock: () -> Void) {
    let isInTime = state.withLock { state in
      defer { state = .over }
      if state == .late { unblock() }
      return state == .running
    }
    if isInTime { caller.resume(returning: result) }
  }

  /// Answers the caller at the deadline, if nothing else has; a call under way blocks the lane.
  func expire(with result: Result<Answer, BusError>, ifRunning block: () -> Void) {
    let isOpen = state.withLock { state in
      switch state {
      case .waiting: state = .over
      case .running:
        state = .late
        block()
      case .late, .over: return false
      }
      return true
    }
    if isOpen { caller.resume(returning: result) }
  }
}
