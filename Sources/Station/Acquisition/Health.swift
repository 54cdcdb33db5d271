package import Bus
package import Readings
import Sensors
import Synchronization

/// How the station is doing: each part's state and counts, and whether work goes on.
package final class Health: Sendable {
  /// A part as those who ask see it.
  package struct Part: Hashable, Sendable {
    package var identity: PartIdentity?
    package var state = State.unknown
    /// When a channel of it last had a value.
    package var lastValue: BootInstant?
    package var samples = 0
    package var corrupted = 0
    package var notAcknowledged = 0
    package var otherFailures = 0
    package var recoveries = 0
    package var restarts = 0

    package enum State: String, Hashable, Sendable {
      case unknown, running, lost
    }
  }

  private struct State {
    var parts: [String: Part] = [:]
    var order: [String] = []
    /// When each loop must have turned again.
    var turns: [String: BootInstant] = [:]
    /// When each write that is going on began.
    var writes: [Int: BootInstant] = [:]
    var lastWrite = 0
    var heldTaps = 0
    var lastTap: String?
  }

  private let state = Mutex(State())
  private let clock: any StationClock

  package init(clock: any StationClock) { self.clock = clock }

  /// The parts, in the order they were first heard of.
  package var parts: [(name: String, part: Part)] {
    state.withLock { state in
      state.order.compactMap { name in state.parts[name].map { (name, $0) } }
    }
  }

  package var lastTap: String? { state.withLock { $0.lastTap } }
  package var heldTaps: Int { state.withLock { $0.heldTaps } }

  package func setLastTap(_ line: String) { state.withLock { $0.lastTap = line } }
  package func setHeldTaps(_ count: Int) { state.withLock { $0.heldTaps = count } }

  func found(_ identity: PartIdentity) {
    change(identity.part) { part in
      if part.state == .lost { part.recoveries += 1 }
      part.identity = identity
      part.state = .running
    }
  }

  func lost(_ name: String) { change(name) { $0.state = .lost } }
  func restarted(_ name: String) { change(name) { $0.restarts += 1 } }

  func failed(_ name: String, _ error: SensorError) {
    change(name) { part in
      switch error {
      case .corrupted: part.corrupted += 1
      case .bus(let error) where error.kind == .notAcknowledged: part.notAcknowledged += 1
      case .cancelled: break
      case .bus, .wrongPart, .neverReady: part.otherFailures += 1
      }
      if part.state == .unknown { part.state = .lost }
    }
  }

  func note(_ readings: [AirReading], of name: String, at time: BootInstant) {
    change(name) { part in
      part.samples += 1
      if readings.contains(where: { $0.usable != nil }) { part.lastValue = time }
    }
  }

  func noteValue(of name: String, at time: BootInstant) {
    change(name) { part in
      part.samples += 1
      part.lastValue = time
    }
  }

  private func change(_ name: String, _ body: (inout Part) -> Void) {
    state.withLock { state in
      if state.parts[name] == nil { state.order.append(name) }
      body(&state.parts[name, default: Part()])
    }
  }

  // MARK: - Evidence of work

  /// A loop has come round and says when it will do so again at the latest.
  func turned(_ loop: String, againBy deadline: BootInstant) {
    state.withLock { $0.turns[loop] = deadline }
  }

  /// Runs a write and notes how long it has been at it.
  func whileWriting<Result: Sendable>(
    _ write: () async throws -> Result
  ) async throws -> Result {
    let began = clock.now
    let number = state.withLock { state in
      state.lastWrite += 1
      state.writes[state.lastWrite] = began
      return state.lastWrite
    }
    defer { state.withLock { $0.writes[number] = nil } }
    return try await write()
  }

  /// What has not done its work by now, in words; empty where all goes on.
  ///
  /// - Parameter limit: How long a write may take.
  /// - Returns: The loops and writes that hang.
  package func hangs(longestWrite limit: Duration = .seconds(90)) -> [String] {
    let now = clock.now
    return state.withLock { state in
      var hangs = state.turns.filter { $0.value < now }.map(\.key).sorted()
      if state.writes.values.contains(where: { $0.duration(to: now) > limit }) {
        hangs.append("the diary")
      }
      return hangs
    }
  }
}
