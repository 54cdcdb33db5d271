package import Bus
package import Readings
import Sensors
import Synchronization

/// How the station is doing: each part's state and counts, and whether work goes on.
package final class Health: Sendable {
  /// A part as those who ask see it, counted since the start.
  package struct Part: Hashable, Sendable {
    package var identity: PartIdentity?
    package var state = State.unknown
    /// When a channel of it last had a value.
    package var lastValue: BootInstant?
    /// When it last showed that it works: by a value, or, where it is asked for none, by who it is.
    package var lastSign: BootInstant?
    /// Since when it runs without a break; nil while it does not.
    package var runningSince: BootInstant?
    /// Readings and identities asked for, failures and all.
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

  struct State {
    var parts: [String: Part] = [:]
    var order: [String] = []
    var watched: [String: WatchedPart] = [:]
    var ledger = HealthLedger()
    /// When each loop must have turned again.
    var turns: [String: BootInstant] = [:]
    /// When each write that is going on began.
    var writes: [Int: BootInstant] = [:]
    /// When the housekeeper must have come round again.
    var housekeeping: BootInstant?
    var lastWrite = 0
    var heldTaps = 0
    var missingLines: [String] = []
    var lastTap: String?
    var batchPeriod = Duration.zero
  }

  let state = Mutex(State())
  let clock: any StationClock
  /// When people tapped.
  package let taps: TapTimes

  /// Creates it with nothing known.
  ///
  /// - Parameters:
  ///   - clock: The station's.
  ///   - taps: When people tapped before.
  package init(clock: any StationClock, taps: TapTimes = TapTimes()) {
    self.clock = clock
    self.taps = taps
  }

  /// The parts, in the order they were first heard of.
  package var parts: [(name: String, part: Part)] {
    state.withLock { state in
      state.order.compactMap { name in state.parts[name].map { (name, $0) } }
    }
  }

  package var lastTap: String? { state.withLock { $0.lastTap } }
  package var heldTaps: Int { state.withLock { $0.heldTaps } }
  /// Lines of the board that are not there, by what they are for.
  package var missingLines: [String] { state.withLock { $0.missingLines } }
  /// From one batch of air to the next at present.
  package var batchPeriod: Duration { state.withLock { $0.batchPeriod } }

  package func setLastTap(_ line: String) { state.withLock { $0.lastTap = line } }
  func setBatchPeriod(_ period: Duration) { state.withLock { $0.batchPeriod = period } }
  package func setMissingLines(_ names: [String]) { state.withLock { $0.missingLines = names } }
  package func setHeldTaps(_ count: Int) { state.withLock { $0.heldTaps = count } }

  func found(_ identity: PartIdentity) {
    change(identity.part) { part, hour in
      part.samples += 1
      hour.samples += 1
      if part.state == .lost {
        part.recoveries += 1
        hour.recoveries += 1
      }
      hour.status = identity.status ?? hour.status
      part.identity = identity
    }
    set(.running, of: identity.part)
  }

  func lost(_ name: String) { set(.lost, of: name) }

  /// A part was started anew, reset, or switched off and on.
  func restarted(_ name: String) {
    change(name) { part, hour in
      part.restarts += 1
      hour.restarts += 1
    }
  }

  func failed(_ name: String, _ error: SensorError) {
    guard error != .cancelled else { return }
    change(name) { part, hour in
      part.samples += 1
      hour.samples += 1
      switch error {
      case .corrupted:
        part.corrupted += 1
        hour.corrupted += 1
      case .bus(let error) where error.kind == .notAcknowledged:
        part.notAcknowledged += 1
        hour.notAcknowledged += 1
      case .bus, .wrongPart, .forgotten, .neverReady, .cancelled:
        part.otherFailures += 1
        hour.otherFailures += 1
      }
    }
    let isUnknown = state.withLock { $0.parts[name]?.state == .unknown }
    if isUnknown { set(.lost, of: name) }
  }

  /// A part answered when it was asked for a reading.
  func answered(_ name: String) {
    change(name) { part, hour in
      part.samples += 1
      hour.samples += 1
    }
  }

  func note(_ readings: [AirReading], of name: String, at time: BootInstant) {
    let reading = clock.reading()
    state.withLock { state in
      state.meet(name)
      let isWarming = readings.contains { $0.state == .absent(.warming) }
      state.ledger.note(name, isWarming: isWarming, at: reading)
      guard readings.contains(where: { $0.usable != nil }) else { return }
      state.parts[name]?.lastValue = time
      state.parts[name]?.lastSign = time
    }
  }

  func noteValue(of name: String, at time: BootInstant) {
    change(name) { part, hour in
      part.samples += 1
      hour.samples += 1
      part.lastValue = time
      part.lastSign = time
    }
  }

  /// What a part says of itself, in words.
  func noteStatus(_ words: String, of name: String) {
    change(name) { part, hour in
      part.identity?.status = words
      hour.status = words
    }
  }

  private func set(_ condition: Part.State, of name: String) {
    let reading = clock.reading()
    state.withLock { state in
      state.meet(name)
      state.ledger.note(name, isRunning: condition == .running, at: reading)
      state.parts[name]?.state = condition
      let since = condition == .running ? state.parts[name]?.runningSince ?? reading.boot : nil
      state.parts[name]?.runningSince = since
      if condition == .running, state.watched[name]?.answersCount == true {
        state.parts[name]?.lastSign = reading.boot
      }
    }
  }

  private func change(_ name: String, _ body: (inout Part, inout PartHealth) -> Void) {
    let reading = clock.reading()
    state.withLock { state in
      state.meet(name)
      var part = state.parts[name] ?? Part()
      state.ledger.count(name, at: reading) { body(&part, &$0) }
      state.parts[name] = part
    }
  }
}

extension Health.State {
  mutating func meet(_ name: String) {
    guard parts[name] == nil else { return }
    order.append(name)
    parts[name] = Health.Part()
  }
}
