package import Bus
import Sensors

/// What may be tried on a part that does not come back when it is asked again.
package struct RecoverySteps: Sendable {
  /// The line of its supply; nil where it has none.
  package var power: PowerSwitch?
  /// Takes its bus from the driver and gives it back; nil where the settings do not allow it.
  package var rebind: AdapterRebind?

  /// Names them.
  ///
  /// - Parameters:
  ///   - power: The line of its supply.
  ///   - rebind: Rebinds its bus.
  package init(power: PowerSwitch? = nil, rebind: AdapterRebind? = nil) {
    self.power = power
    self.rebind = rebind
  }
}

/// A step of the ladder, gentlest first.
enum RecoveryStep: String, CaseIterable, Hashable {
  case reset, power, rebind

  /// Whether it can do anything about a failure.
  ///
  /// A part that does not acknowledge hears no command; a wire that is held low is let go when the
  /// part that holds it has no power; an adapter that hangs is freed by its driver's start.
  func helps(against error: SensorError) -> Bool {
    switch (self, error) {
    // One that has forgotten its settings is told them by a start, which comes before any step.
    case (_, .cancelled), (_, .wrongPart), (_, .forgotten): false
    case (.reset, .corrupted), (.reset, .neverReady): true
    case (.reset, .bus): false
    case (.power, .corrupted), (.power, .neverReady): true
    case (.power, .bus(let error)):
      switch error.kind {
      case .notAcknowledged, .timedOut, .stuck, .arbitrationLost, .other: true
      case .unsupported, .taken, .gone, .denied: false
      }
    case (.rebind, .corrupted), (.rebind, .neverReady): false
    case (.rebind, .bus(let error)):
      switch error.kind {
      case .timedOut, .stuck, .arbitrationLost, .gone, .other: true
      case .notAcknowledged, .unsupported, .taken, .denied: false
      }
    }
  }

  /// What is done, in words.
  var words: String {
    switch self {
    case .reset: "reset"
    case .power: "switched off and on"
    case .rebind: "its bus taken from the driver and given back"
    }
  }
}

extension SensorError {
  /// Whether nothing gets through on the bus: waiting a minute for the next try makes it no better.
  var isOfTheBus: Bool {
    guard case .bus(let error) = self else { return false }
    return switch error.kind {
    case .timedOut, .stuck, .arbitrationLost: true
    case .notAcknowledged, .unsupported, .taken, .gone, .denied, .other: false
    }
  }
}

/// The line that switches the supply of one part, or of several.
package actor PowerSwitch {
  private let line: any SignalOutput
  private let clock: any StationClock
  private var isOn = false
  private var lastOn: BootInstant?
  /// Long enough for the capacitors of a fan's supply.
  private let pause = Duration.seconds(2)
  /// What a part needs before it can be asked: the SEN5x, the slowest, has its first answer within
  /// half of it (SEN5x driver, start-up).
  private let settling = Duration.seconds(1)

  package init(line: any SignalOutput, clock: any StationClock) {
    self.line = line
    self.clock = clock
  }

  /// Switches it on where nobody has yet.
  func turnOn() async throws(BusError) {
    guard !isOn else { return }
    try await line.set(true)
    isOn = true
    lastOn = clock.now
    _ = await clock.wait(for: settling)
  }

  /// Switches it off and on; does nothing where that was done for another part a moment ago.
  func cycle() async throws(BusError) {
    if let lastOn, lastOn.duration(to: clock.now) < .seconds(5) { return }
    lastOn = clock.now
    try await line.set(false)
    isOn = false
    _ = await clock.wait(for: pause)
    try await turnOn()
  }
}

/// Takes an adapter from its driver and gives it back, which starts both anew.
package actor AdapterRebind {
  private let body: @Sendable () async throws(BusError) -> Void
  private let clock: any StationClock
  private var last: BootInstant?
  /// What the device node needs to be there again, with its rights.
  private let settling = Duration.seconds(1)
  /// Whether the right to do it was missing: it will be the next time too.
  private(set) var isDenied = false

  package init(
    clock: any StationClock, _ body: @escaping @Sendable () async throws(BusError) -> Void
  ) {
    self.clock = clock
    self.body = body
  }

  /// Does it; does nothing where that was done for another part a moment ago.
  func rebind() async throws(BusError) {
    if let last, last.duration(to: clock.now) < .seconds(5) { return }
    last = clock.now
    do throws(BusError) {
      try await body()
    } catch {
      isDenied = error.kind == .denied
      throw error
    }
    _ = await clock.wait(for: settling)
  }
}
