package import Bus

/// A Sensirion SEN54 or SEN55 at 0x69, set in physical units.
///
/// Commands, scalings and sentinels: Sensirion embedded-i2c-sen5x and python-i2c-sen5x. Where the
/// vendor's two drivers wait different times for a command, the part takes the shorter: their
/// customers' parts are ready by then. It leaves everything unacknowledged until that time is over.
package struct SimulatedSEN5x: SimulatedPart {
  /// Which member of the family it says it is; the SEN54 has no NOx.
  package enum Model: String, Hashable, Sendable {
    case sen54 = "SEN54"
    case sen55 = "SEN55"
  }

  /// What it is doing.
  enum Mode: Hashable {
    case idle
    /// Everything, or all but PM (fan and laser off).
    case measuring(particles: Bool, since: Int64)
  }

  package var ailments: PartAilments = []
  let model: Model
  let serial: String
  let air: @Sendable (BootInstant) -> SimulatedAir
  /// Error bits as the hardware raises them; kept in the register until cleared.
  let errors: @Sendable (BootInstant) -> UInt32

  var mode = Mode.idle
  var settings = Settings()
  var stickyErrors: UInt32 = 0
  /// When the supply came back or the part was reset, in microseconds since boot.
  var poweredAt: Int64
  var busyUntil: Int64
  var response: [UInt8]?

  /// The last complete second's air: all unknown before the first.
  var latest = SimulatedAir()
  var lastTick: Int64 = 0
  var isFresh = false
  var cleaningUntil: Int64 = 0
  /// When the fan last cleaned itself, or the part was powered.
  var lastCleaning: Int64

  /// A part that was powered at `poweredAt`, idle until it is started.
  package init(
    model: Model = .sen55, serial: String = "51A2C3D4E5F60718",
    poweredAt: BootInstant = BootInstant(sinceBoot: .zero),
    errors: @escaping @Sendable (BootInstant) -> UInt32 = { _ in 0 },
    air: @escaping @Sendable (BootInstant) -> SimulatedAir
  ) {
    self.model = model
    self.serial = serial
    self.air = air
    self.errors = errors
    self.poweredAt = poweredAt.microseconds
    self.lastCleaning = poweredAt.microseconds
    self.busyUntil = poweredAt.microseconds + Command.reset.time
  }

  package mutating func powerCycle(at now: BootInstant) {
    reset(at: now.microseconds)
  }

  package mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    let now = now.microseconds
    guard now >= busyUntil else { throw .busy }
    if bytes.isEmpty { return }
    guard bytes.count >= 2,
      let command = Command(rawValue: UInt16(bytes[0]) << 8 | UInt16(bytes[1]))
    else { throw .unknownCommand }
    let parameters = try SensirionWords.words(bytes[2...])
    response = nil
    advance(to: now)
    try carryOut(command, parameters, at: now)
    busyUntil = now + command.time
  }

  package mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    guard now.microseconds >= busyUntil else { throw .busy }
    guard let answer = response else { throw .nothingToRead }
    response = nil
    return answer.onTheWire(count)
  }

  /// Back to idle with every volatile setting lost.
  mutating func reset(at now: Int64) {
    mode = .idle
    settings = Settings()
    stickyErrors = 0
    poweredAt = now
    busyUntil = now + Command.reset.time
    response = nil
    latest = SimulatedAir()
    lastTick = 0
    isFresh = false
    cleaningUntil = 0
    lastCleaning = now
  }

  /// Lets the seconds pass that nobody looked at: only the last one leaves a trace.
  mutating func advance(to now: Int64) {
    guard case .measuring(let particles, let since) = mode else { return }
    startDueCleaning(particles: particles, at: now)
    // The flag stays 0 and the old values stay while the fan cleans itself.
    guard now >= cleaningUntil, !ailments.contains(.stale) else { return }
    // First data about 1 s after the start, then every second.
    let tick = (now - since) / 1_000_000
    guard tick > lastTick else { return }
    lastTick = tick
    latest = air(.microseconds(since + tick * 1_000_000))
    isFresh = true
  }

  private mutating func startDueCleaning(particles: Bool, at now: Int64) {
    let interval = Int64(settings.cleaningInterval) * 1_000_000
    guard particles, interval > 0, now - lastCleaning >= interval else { return }
    lastCleaning += (now - lastCleaning) / interval * interval
    startCleaning(at: lastCleaning)
  }

  /// About 10 s at full speed.
  mutating func startCleaning(at now: Int64) {
    lastCleaning = now
    cleaningUntil = now + 10_000_000
    isFresh = false
  }
}
