package import Bus
import Dispatch
import Synchronization

/// A virtual clock, and the one thread on which everything of a simulation runs.
///
/// Time stands still while any task has something to do and jumps to the next wake-up when none
/// has, at once or paced against real time. Tasks run in the order they were woken, so that the
/// same program gives the same history every time.
package final class SimulatedTime: StationClock, Sendable {
  /// How fast simulated time passes.
  package enum Speed: Hashable, Sendable {
    /// So many simulated seconds a second; 1 is life.
    case times(Double)
    /// As fast as the machine can.
    case max
  }

  struct State {
    var now: BootInstant
    var jobs = JobQueue()
    var sleepers = SleeperQueue()
    var isWaiting = false
    var isStopped = false
    var wall: WallClock
    /// Where simulated and real time last met; nil while nothing has been waited for.
    var anchor: (simulated: BootInstant, real: ContinuousClock.Instant)?
  }

  /// The simulated board's wall clock: how far it is from the truth, and who vouches for it.
  struct WallClock {
    let bootID: String
    /// True UTC at boot, in microseconds since 1970.
    let bootUTC: Int64
    var error: Duration
    var synchronisation: Int64?
    var confirmations: Int64 = 0
  }

  let state: Mutex<State>
  let wake = DispatchSemaphore(value: 0)
  let speed: Speed
  private let thread = DispatchQueue(label: "simulated-time")

  /// Creates a clock that stands at `uptime` after boot.
  ///
  /// - Parameters:
  ///   - utcMicroseconds: The true time now, in microseconds since 1970.
  ///   - bootID: What the board gives as its boot id.
  ///   - uptime: How long the board has been up.
  ///   - isSynchronised: Whether the time service has set the wall clock.
  ///   - error: How far the wall clock is ahead of the truth.
  ///   - speed: How fast simulated time passes.
  package init(
    utcMicroseconds: Int64, bootID: String = "00000000000000000000000000000001",
    uptime: Duration = .seconds(12), isSynchronised: Bool = true, error: Duration = .zero,
    speed: Speed = .max
  ) {
    let wall = WallClock(
      bootID: bootID, bootUTC: utcMicroseconds - uptime.microseconds, error: error,
      synchronisation: isSynchronised ? 0 : nil)
    state = Mutex(State(now: BootInstant(sinceBoot: uptime), wall: wall))
    self.speed = speed
  }

  package var now: BootInstant { state.withLock { $0.now } }

  package var minimumResolution: Duration { .microseconds(1) }

  package func reading() -> ClockReading {
    state.withLock { state in
      ClockReading(
        bootID: state.wall.bootID, boot: state.now,
        utcMicroseconds: state.wall.bootUTC + state.now.microseconds
          + state.wall.error.microseconds,
        synchronisation: state.wall.synchronisation)
    }
  }

  /// The true time in microseconds since 1970, which nobody on the board knows.
  package var trueUTCMicroseconds: Int64 {
    state.withLock { $0.wall.bootUTC + $0.now.microseconds }
  }

  /// Moves the wall clock, as a hand or a time service would.
  package func stepWallClock(by step: Duration) { state.withLock { $0.wall.error += step } }

  /// Sets the wall clock to the truth, and lets the time service vouch for it.
  package func synchronise() {
    state.withLock { state in
      state.wall.error = .zero
      state.wall.confirmations += 1
      state.wall.synchronisation = state.wall.confirmations
    }
  }

  /// Lets the time service vouch for the wall clock no longer.
  package func loseSynchronisation() { state.withLock { $0.wall.synchronisation = nil } }

  package func sleep(until deadline: BootInstant, tolerance: Duration?) async throws {
    guard now.duration(to: deadline) > Self.nap else { return try await nap(until: deadline) }
    let id = state.withLock { $0.sleepers.newID() }
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in
        let refused = state.withLock { state in
          !state.sleepers.add(continuation, id: id, until: Swift.max(deadline, state.now))
        }
        if refused { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      let sleeper = state.withLock { $0.sleepers.cancel(id) }
      sleeper?.resume(throwing: CancellationError())
    }
  }

  /// Sleeps this short are slept to their end and see a cancellation then: the parts' waits are
  /// most of what a simulation does, and a handler for each would cost more than the parts.
  private static let nap = Duration.milliseconds(100)

  private func nap(until deadline: BootInstant) async throws {
    try await withUnsafeThrowingContinuation { continuation in
      state.withLock { state in
        let id = state.sleepers.newID()
        _ = state.sleepers.add(continuation, id: id, until: Swift.max(deadline, state.now))
      }
    }
    try Task.checkCancellation()
  }

  /// Runs an operation, and all it awaits, in simulated time until it returns.
  ///
  /// - Parameter operation: What to run; its child tasks run in simulated time too.
  /// - Returns: What the operation returns.
  /// - Throws: What the operation throws.
  package func run<Result: Sendable>(
    _ operation: @Sendable @escaping () async throws -> Result
  ) async throws -> Result {
    state.withLock { $0.isStopped = false }
    thread.async { self.turn() }
    defer { stop() }
    return try await withTaskExecutorPreference(self) { try await operation() }
  }

  private func stop() {
    state.withLock { $0.isStopped = true }
    wake.signal()
  }
}

extension SimulatedTime: TaskExecutor, SerialExecutor {
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let mustWake = state.withLock { state in
      state.jobs.append(job)
      defer { state.isWaiting = false }
      return state.isWaiting
    }
    if mustWake { wake.signal() }
  }

  package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    UnownedSerialExecutor(ordinary: self)
  }

  /// What to do next, decided under the lock.
  private enum Step {
    case run(UnownedJob)
    case resume(UnsafeContinuation<Void, any Error>)
    case wait(Duration?)
    case end
  }

  /// The thread's loop: jobs first, then the next sleeper, then rest.
  private func turn() {
    while true {
      switch state.withLock({ nextStep(&$0) }) {
      case .run(let job):
        job.runSynchronously(
          isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
      case .resume(let sleeper): sleeper.resume()
      case .wait(nil): wake.wait()
      case .wait(.some(let rest)):
        _ = wake.wait(timeout: .now() + .nanoseconds(Int(rest.inSeconds * 1e9)))
        state.withLock { state in
          state.isWaiting = false
          state.now = pacedNow(state)
        }
      case .end: return
      }
    }
  }

  private func nextStep(_ state: inout State) -> Step {
    if let job = state.jobs.popFirst() { return .run(job) }
    if state.isStopped { return .end }
    guard let deadline = state.sleepers.nextDeadline else {
      state.isWaiting = true
      state.anchor = nil
      return .wait(nil)
    }
    if case .times(let factor) = speed, deadline > state.now {
      if state.anchor == nil { state.anchor = (state.now, .now) }
      let ahead = deadline.sinceBoot - pacedNow(state).sinceBoot
      if ahead > .zero {
        state.isWaiting = true
        return .wait(ahead / factor)
      }
    }
    state.now = Swift.max(state.now, deadline)
    return state.sleepers.popFirst().map { .resume($0) } ?? .wait(.zero)
  }

  /// Where simulated time should be by the real clock, never behind where it is nor past a sleeper.
  private func pacedNow(_ state: State) -> BootInstant {
    guard case .times(let factor) = speed, let anchor = state.anchor else { return state.now }
    let real = ContinuousClock.now - anchor.real
    let paced = anchor.simulated.advanced(by: real * factor)
    let limit = state.sleepers.earliestDeadline ?? paced
    return Swift.max(state.now, Swift.min(paced, limit))
  }
}
