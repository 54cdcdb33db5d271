import Bus
import Dispatch
import Synchronization
import Testing

@testable import LinuxBus

@Suite("A lane of blocking calls", .timeLimit(.minutes(5)))
struct LaneTests {
  let attempt = Attempt(path: "/dev/i2c-9", address: 0x69, operation: "read 24 bytes")
  let alarms = Alarms()

  private func lane() -> Lane {
    let alarms = alarms
    return Lane("test", deadline: .milliseconds(500)) { alarms.set($1, after: $0) }
  }

  @Test("a call that returns is answered with what it returned")
  func answers() async throws {
    let answer = try await lane().run(attempt) { () throws(BusError) in 42 }
    #expect(answer == 42)
  }

  @Test("a call that fails is answered with its own error")
  func fails() async {
    let failure = attempt.failure(.notAcknowledged, code: 121)
    await #expect(throws: failure) {
      try await lane().run(attempt) { () throws(BusError) -> Int in throw failure }
    }
  }

  @Test("the deadline is the one that was asked for")
  func deadline() async throws {
    try await lane().run(attempt) { () throws(BusError) in }
    #expect(alarms.delays == [.milliseconds(500)])
  }

  @Test("an alarm after the answer changes nothing")
  func lateAlarm() async throws {
    let lane = lane()
    try await lane.run(attempt) { () throws(BusError) in }
    alarms.ring()
    #expect(try await lane.run(attempt) { () throws(BusError) in 7 } == 7)
  }

  @Test("a call that blocks is answered at the deadline, and the next one fails at once")
  func blocked() async throws {
    let lane = lane()
    let call = BlockingCall()
    async let first = failure(of: lane, call)
    await call.waitUntilEntered()
    await alarms.waitUntilSet(1)
    alarms.ring()
    #expect(await first == attempt.failure(.timedOut))
    #expect(await failure(of: lane, BlockingCall()) == attempt.failure(.stuck))
    call.release()
  }

  @Test("a call whose deadline passes while it waits its turn is never made")
  func neverMade() async throws {
    let lane = lane()
    let (first, second) = (BlockingCall(), BlockingCall())
    async let firstFailure = failure(of: lane, first)
    await first.waitUntilEntered()
    async let secondFailure = failure(of: lane, second)
    await alarms.waitUntilSet(2)
    alarms.ring()
    #expect(await firstFailure?.kind == .timedOut)
    #expect(await secondFailure?.kind == .timedOut)
    first.release()
    try await untilFree(lane)
    #expect(!second.wasEntered)
  }

  @Test("the lane serves again once the blocked call has returned")
  func recovers() async throws {
    let lane = lane()
    let call = BlockingCall()
    async let first = failure(of: lane, call)
    await call.waitUntilEntered()
    await alarms.waitUntilSet(1)
    alarms.ring()
    _ = await first
    call.release()
    try await untilFree(lane)
  }

  @Test("a call that blocks on one bus holds up nobody on another")
  func otherBus() async throws {
    let (hung, free) = (lane(), lane())
    let call = BlockingCall()
    async let first = failure(of: hung, call)
    await call.waitUntilEntered()
    // No alarm has rung: the other bus answers while the call still hangs.
    for number in 0..<100 {
      #expect(try await free.run(attempt) { () throws(BusError) in number } == number)
    }
    await alarms.waitUntilSet(101)
    alarms.ring()
    #expect(await first?.kind == .timedOut)
    call.release()
  }

  @Test("behind a call that blocks each caller of the same bus is answered by its own deadline")
  func sameBus() async throws {
    let lane = lane()
    let call = BlockingCall()
    async let first = failure(of: lane, call)
    await call.waitUntilEntered()
    let others = await withTaskGroup(of: BusError.Kind?.self) { tasks in
      for _ in 0..<5 { tasks.addTask { await failure(of: lane, BlockingCall())?.kind } }
      await alarms.waitUntilSet(6)
      alarms.ring()
      return await tasks.reduce(into: []) { $0.append($1) }
    }
    #expect(others == [BusError.Kind?](repeating: .timedOut, count: 5))
    #expect(await first?.kind == .timedOut)
    call.release()
    try await untilFree(lane)
  }

  private func failure(of lane: Lane, _ call: BlockingCall) async -> BusError? {
    do throws(BusError) {
      try await lane.run(attempt) { () throws(BusError) in call.enter() }
      return nil
    } catch {
      return error
    }
  }

  /// Asks until the released call has left the queue; the suite's time limit ends a lane that never is.
  private func untilFree(_ lane: Lane) async throws {
    while true {
      do throws(BusError) {
        return try await lane.run(attempt) { () throws(BusError) in }
      } catch {
        guard error.kind == .stuck else { throw error }
      }
      await Task.yield()
    }
  }
}

/// Alarms that ring when the test says so.
final class Alarms: Sendable {
  private struct State {
    var delays: [Duration] = []
    var actions: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())
  private let wasSet = AsyncStream.makeStream(of: Void.self)

  var delays: [Duration] { state.withLock(\.delays) }

  func set(_ action: @escaping @Sendable () -> Void, after delay: Duration) {
    state.withLock {
      $0.delays.append(delay)
      $0.actions.append(action)
    }
    wasSet.continuation.yield()
  }

  func waitUntilSet(_ count: Int) async {
    for await _ in wasSet.stream where delays.count >= count { return }
  }

  func ring() {
    let actions = state.withLock { state in
      defer { state.actions = [] }
      return state.actions
    }
    for action in actions { action() }
  }
}

/// A system call that does not return until it is released.
final class BlockingCall: Sendable {
  private let entered = AsyncStream.makeStream(of: Void.self)
  private let released = DispatchSemaphore(value: 0)
  private let hasBeenEntered = Atomic(false)

  var wasEntered: Bool { hasBeenEntered.load(ordering: .acquiring) }

  func enter() {
    hasBeenEntered.store(true, ordering: .releasing)
    entered.continuation.yield()
    released.wait()
  }

  func waitUntilEntered() async { for await _ in entered.stream { return } }
  func release() { released.signal() }
}
