package import Bus
import Quantities

/// A Sensirion SPS30 at 0x69, set in physical units.
///
/// Commands: SPS30 datasheet 1.0, "I2C Commands", and Sensirion embedded-sps. It leaves everything
/// unacknowledged while it carries out a command, while it sleeps, and a read of values while it does
/// not measure. Where the air has no particles to tell of, it measures none.
package struct SimulatedSPS30: SimulatedPart {
  package var ailments: PartAilments = []
  private let serial: String
  private let productType: String
  private let air: @Sendable (BootInstant) -> SimulatedAir
  /// Error bits as the hardware raises them; kept in the register until cleared.
  private let errors: @Sendable (BootInstant) -> UInt32

  private enum Mode: Hashable {
    case idle
    /// With I²C switched off, or, after a first wake-up, about to wake.
    case asleep(stirredAt: Int64?)
    case measuring(since: Int64, asFloats: Bool)
  }

  private var mode = Mode.idle
  private var busyUntil: Int64
  private var stickyErrors: UInt32 = 0
  private var response: [UInt8]?
  private var latest = SimulatedAir()
  private var lastTick: Int64 = 0
  private var isFresh = false
  private var cleaningUntil: Int64 = 0
  /// Kept in flash, through a loss of power: 604800 s, once a week.
  private var cleaningInterval: UInt32 = 604_800
  private var lastCleaning: Int64

  /// A part that was powered at `poweredAt`, idle until it is started.
  ///
  /// - Parameters:
  ///   - serial: Its serial number.
  ///   - productType: What it says it is.
  ///   - poweredAt: When it got its supply.
  ///   - errors: Error bits at a moment.
  ///   - air: The air at a moment.
  package init(
    serial: String = "30F0E1D2C3B4A596", productType: String = "00080000",
    poweredAt: BootInstant = BootInstant(sinceBoot: .zero),
    errors: @escaping @Sendable (BootInstant) -> UInt32 = { _ in 0 },
    air: @escaping @Sendable (BootInstant) -> SimulatedAir
  ) {
    self.serial = serial
    self.productType = productType
    self.air = air
    self.errors = errors
    busyUntil = poweredAt.microseconds + 100_000
    lastCleaning = poweredAt.microseconds
  }

  package mutating func powerCycle(at now: BootInstant) {
    mode = .idle
    stickyErrors = 0
    busyUntil = now.microseconds + 100_000
    response = nil
    latest = SimulatedAir()
    isFresh = false
    cleaningUntil = 0
    lastCleaning = now.microseconds
  }

  package mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    let now = now.microseconds
    guard now >= busyUntil else { throw .busy }
    if case .asleep(let stirredAt) = mode {
      guard bytes == [0x11, 0x03] else { throw .busy }
      return try stir(since: stirredAt, at: now)
    }
    if bytes.isEmpty { return }
    guard bytes.count >= 2 else { throw .unknownCommand }
    let parameters = try SensirionWords.words(bytes[2...])
    response = nil
    advance(to: now)
    busyUntil = now + 5000
    do { try carryOut(UInt16(bytes[0]) << 8 | UInt16(bytes[1]), parameters, at: now) } catch {
      // A command that is not taken keeps it from nothing.
      busyUntil = now
      throw error
    }
  }

  package mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    guard now.microseconds >= busyUntil else { throw .busy }
    guard let answer = response else { throw .nothingToRead }
    response = nil
    return answer.onTheWire(count)
  }
}

extension SimulatedSPS30 {
  private mutating func carryOut(
    _ command: UInt16, _ parameters: [UInt16], at now: Int64
  ) throws(PartRefusal) {
    switch (command, parameters) {
    case (0x0010, [0x0300]): start(asFloats: true, at: now)
    case (0x0010, [0x0500]): start(asFloats: false, at: now)
    case (0x0104, []): stop(at: now)
    case (0x0202, []): answer([isFresh ? 1 : 0])
    case (0x0300, []): answer(try measuredWords())
    case (0x1001, []) where mode == .idle: mode = .asleep(stirredAt: nil)
    case (0x1103, []): break
    case (0x5607, []):
      if case .measuring = mode { startCleaning(at: now) }
    case (0x8004, []): answer(SensirionWords.number(cleaningInterval))
    case (0x8004, _) where parameters.count == 2:
      cleaningInterval = UInt32(parameters[0]) << 16 | UInt32(parameters[1])
      busyUntil = now + 20_000
    case (0xD002, []): answer(SensirionWords.text(productType, bytes: 8))
    case (0xD033, []): answer(SensirionWords.text(serial))
    // Firmware 2.3.
    case (0xD100, []): answer([0x0203])
    case (0xD206, []):
      stickyErrors |= errors(.microseconds(now))
      answer(SensirionWords.number(stickyErrors))
    case (0xD210, []): stickyErrors = 0
    case (0xD304, []): powerCycle(at: .microseconds(now))
    default: throw .unknownCommand
    }
  }

  /// A first wake-up only switches the interface on; a second within 100 ms wakes the part.
  private mutating func stir(since stirredAt: Int64?, at now: Int64) throws(PartRefusal) {
    guard let stirredAt, now - stirredAt <= 100_000 else {
      mode = .asleep(stirredAt: now)
      throw .busy
    }
    mode = .idle
    busyUntil = now + 5000
  }

  private mutating func answer(_ words: [UInt16]) {
    response = SensirionWords.bytes(words)
  }

  private mutating func start(asFloats: Bool, at now: Int64) {
    busyUntil = now + 20_000
    if case .measuring = mode { return }
    mode = .measuring(since: now, asFloats: asFloats)
    lastTick = 0
    isFresh = false
  }

  private mutating func stop(at now: Int64) {
    busyUntil = now + 20_000
    mode = .idle
    cleaningUntil = 0
    isFresh = false
  }

  /// About 10 s at full speed.
  private mutating func startCleaning(at now: Int64) {
    lastCleaning = now
    cleaningUntil = now + 10_000_000
    isFresh = false
  }

  /// Lets the seconds pass that nobody looked at: only the last one leaves a trace.
  private mutating func advance(to now: Int64) {
    guard case .measuring(let since, _) = mode else { return }
    let interval = Int64(cleaningInterval) * 1_000_000
    if interval > 0, now - lastCleaning >= interval {
      startCleaning(at: lastCleaning + (now - lastCleaning) / interval * interval)
    }
    guard now >= cleaningUntil, !ailments.contains(.stale) else { return }
    let tick = (now - since) / 1_000_000
    guard tick > lastTick else { return }
    lastTick = tick
    latest = air(.microseconds(since + tick * 1_000_000))
    isFresh = true
  }

  /// Ten numbers: four masses, five number concentrations, the typical size.
  ///
  /// Numbers follow the masses by fixed ratios of fine house dust; no measurement stands behind.
  private mutating func measuredWords() throws(PartRefusal) -> [UInt16] {
    guard case .measuring(_, let asFloats) = mode else { throw .unknownCommand }
    isFresh = false
    let masses = [latest.pm1, latest.pm2_5, latest.pm4, latest.pm10].map {
      $0?.microgramsPerCubicMetre ?? 0
    }
    let numbers = [5.9, 6.9, 6.95, 6.97, 6.98].map { $0 * masses[1] }
    if asFloats {
      let values = masses + numbers + [masses[1] > 0 ? 0.55 : 0]
      // A part that has broken down is not known to say anything but numbers: this is the worst one.
      let isIll = ailments.contains(.nearSentinel)
      return values.flatMap { SensirionWords.number((isIll ? Float.nan : Float($0)).bitPattern) }
    }
    let size = masses[1] > 0 ? 550.0 : 0
    return (masses + numbers + [size]).map { SensirionWords.unsigned($0, times: 1) }
  }
}
