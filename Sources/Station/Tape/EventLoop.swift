import Dispatch
import Synchronization

/// The one thread on which everything of a taped station runs, one input at a time.
///
/// Tasks run in the order they were woken. What comes from outside waits until every task has
/// gone as far as it can, so that the same inputs in the same order give the same history: the
/// order is then all that a tape has to keep.
package final class EventLoop: Sendable {
  /// What the loop is told when every task waits.
  package enum Idleness: Sendable {
    /// Nothing is left to do now.
    case idle
    /// And nothing has come from outside for a second.
    case forgotten
  }

  private struct State {
    var jobs: [UnownedJob] = []
    /// Jobs before this one have run.
    var head = 0
    /// Inputs that have come, oldest first.
    var arrivals: [UnsafeContinuation<Void, Never>] = []
    var isStopped = false
  }

  private let state = Mutex(State())
  private let wake = DispatchSemaphore(value: 0)
  private let thread = DispatchQueue(label: "station")
  private let whenIdle: (@Sendable (Idleness) -> Bool)?

  /// Creates a loop.
  ///
  /// - Parameter whenIdle: Called on the loop's thread when every task waits; says whether it
  ///   woke one. Nil where inputs come from outside only.
  package init(whenIdle: (@Sendable (Idleness) -> Bool)? = nil) { self.whenIdle = whenIdle }

  /// Waits until every task has gone as far as it can, and those that came to wait before.
  package func settle() async {
    await withUnsafeContinuation { continuation in
      state.withLock { $0.arrivals.append(continuation) }
      wake.signal()
    }
  }

  /// Runs an operation, and all it awaits, on the loop until it returns.
  ///
  /// - Parameter operation: What to run; its child tasks run on the loop too.
  /// - Returns: What the operation returns.
  /// - Throws: What the operation throws.
  package func run<Result: Sendable>(
    _ operation: @Sendable @escaping () async throws -> Result
  ) async throws -> Result {
    thread.async { self.turn() }
    defer {
      state.withLock { $0.isStopped = true }
      wake.signal()
    }
    return try await withTaskExecutorPreference(self) { try await operation() }
  }
}

extension EventLoop: TaskExecutor, SerialExecutor {
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
    wake.signal()
  }

  package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    UnownedSerialExecutor(ordinary: self)
  }

  private enum Step {
    case run(UnownedJob)
    case admit(UnsafeContinuation<Void, Never>)
    case rest
    case end
  }

  private func turn() {
    while true {
      switch state.withLock({ Self.nextStep(&$0) }) {
      case .run(let job):
        job.runSynchronously(
          isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
      case .admit(let arrival): arrival.resume()
      case .rest: rest()
      case .end: return
      }
    }
  }

  private static func nextStep(_ state: inout State) -> Step {
    guard state.head < state.jobs.count else {
      state.jobs.removeAll(keepingCapacity: true)
      state.head = 0
      if !state.arrivals.isEmpty { return .admit(state.arrivals.removeFirst()) }
      return state.isStopped ? .end : .rest
    }
    defer { state.head += 1 }
    return .run(state.jobs[state.head])
  }

  /// Nothing can be done: asks whoever has the inputs, or waits for one.
  private func rest() {
    guard let whenIdle else { return wake.wait() }
    // Wake-ups of jobs that have run by now say nothing.
    while wake.wait(timeout: .now()) == .success {}
    let hasWork = state.withLock { !$0.jobs.isEmpty || !$0.arrivals.isEmpty || $0.isStopped }
    guard !hasWork, !whenIdle(.idle) else { return }
    if wake.wait(timeout: .now() + .seconds(1)) == .timedOut { _ = whenIdle(.forgotten) }
  }
}
