package import Bus
import Quantities

/// A Sensirion SEN66 at 0x6B, set in physical units.
///
/// Commands, scalings and sentinels: Sensirion embedded-i2c-sen66 and its Python driver. Where the
/// two wait different times for a command, the part takes the shorter. It leaves everything
/// unacknowledged until that time is over, and a start while its fan is being cleaned too.
package struct SimulatedSEN66: SimulatedPart {
  package var ailments: PartAilments = []
  private let serial: String
  private let productType: String
  private let air: @Sendable (BootInstant) -> SimulatedAir
  /// Error bits as the hardware raises them; kept in the register until cleared.
  private let errors: @Sendable (BootInstant) -> UInt32

  /// When it was started, in microseconds since boot; nil while idle.
  private var measuringSince: Int64?
  private var stickyErrors: UInt32 = 0
  private var poweredAt: Int64
  private var busyUntil: Int64
  private var cleaningUntil: Int64 = 0
  private var response: [UInt8]?
  /// The last complete second's air: all unknown before the first.
  private var latest = SimulatedAir()
  private var lastTick: Int64 = 0
  private var isFresh = false

  /// A part that was powered at `poweredAt`, idle until it is started.
  ///
  /// - Parameters:
  ///   - serial: Its serial number.
  ///   - productType: Which member of the family it says it is.
  ///   - poweredAt: When it got its supply.
  ///   - errors: Error bits at a moment.
  ///   - air: The air at a moment.
  package init(
    serial: String = "66A1B2C3D4E5F607", productType: String = "00085300",
    poweredAt: BootInstant = BootInstant(sinceBoot: .zero),
    errors: @escaping @Sendable (BootInstant) -> UInt32 = { _ in 0 },
    air: @escaping @Sendable (BootInstant) -> SimulatedAir
  ) {
    self.serial = serial
    self.productType = productType
    self.air = air
    self.errors = errors
    self.poweredAt = poweredAt.microseconds
    self.busyUntil = poweredAt.microseconds + 100_000
  }

  package mutating func powerCycle(at now: BootInstant) {
    measuringSince = nil
    stickyErrors = 0
    poweredAt = now.microseconds
    // As a SEN5x: how long a SEN66 takes to power up is not known.
    busyUntil = now.microseconds + 100_000
    cleaningUntil = 0
    response = nil
    latest = SimulatedAir()
    isFresh = false
  }

  package mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    let now = now.microseconds
    guard now >= busyUntil else { throw .busy }
    if bytes.isEmpty { return }
    guard bytes.count == 2 else { throw .unknownCommand }
    response = nil
    advance(to: now)
    busyUntil = now + 20_000
    do { try carryOut(UInt16(bytes[0]) << 8 | UInt16(bytes[1]), at: now) } catch {
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

extension SimulatedSEN66 {
  private mutating func carryOut(_ command: UInt16, at now: Int64) throws(PartRefusal) {
    switch command {
    case 0x0021: try start(at: now)
    case 0x0104: stop(at: now)
    case 0x0202: answer([isFresh ? 1 : 0])
    case 0x0300:
      isFresh = false
      answer(measuredWords(at: now))
    // Ignored unless idle, the opposite of a SEN5x.
    case 0x5607 where measuringSince == nil: cleaningUntil = now + 10_000_000
    case 0x5607: break
    case 0xD002: answer(SensirionWords.text(productType, bytes: 8))
    case 0xD014: answer(SensirionWords.text("SEN66"))
    case 0xD033: answer(SensirionWords.text(serial))
    // Firmware 4.0.
    case 0xD100: answer([0x0400])
    case 0xD206, 0xD210:
      stickyErrors |= errors(.microseconds(now))
      answer(SensirionWords.number(stickyErrors))
      if command == 0xD210 { stickyErrors = 0 }
    case 0xD304:
      powerCycle(at: .microseconds(now))
      busyUntil = now + 1_200_000
    default: throw .unknownCommand
    }
  }

  private mutating func answer(_ words: [UInt16]) {
    response = SensirionWords.bytes(words)
  }

  private mutating func start(at now: Int64) throws(PartRefusal) {
    guard now >= cleaningUntil else { throw .busy }
    guard measuringSince == nil else { return }
    measuringSince = now
    lastTick = 0
    isFresh = false
    busyUntil = now + 50_000
  }

  private mutating func stop(at now: Int64) {
    measuringSince = nil
    isFresh = false
    busyUntil = now + 1_000_000
  }

  /// Lets the seconds pass that nobody looked at: only the last one leaves a trace.
  private mutating func advance(to now: Int64) {
    guard let since = measuringSince, !ailments.contains(.stale) else { return }
    // First data 1.1 s after the start, then every second.
    let tick = (now - since - 100_000) / 1_000_000
    guard tick > lastTick else { return }
    lastTick = tick
    latest = air(.microseconds(since + 100_000 + tick * 1_000_000))
    isFresh = true
  }

  /// The nine words of 0x0300: PM1, 2.5, 4, 10, humidity, temperature, VOC, NOx, carbon dioxide.
  private func measuredWords(at now: Int64) -> [UInt16] {
    let age = now - poweredAt
    let masses = [latest.pm1, latest.pm2_5, latest.pm4, latest.pm10].map {
      ailments.contains(.nearSentinel)
        ? 0xFFFE : SensirionWords.unsigned($0?.microgramsPerCubicMetre, times: 10)
    }
    return masses + [
      SensirionWords.signed(latest.humidity?.percent, times: 100),
      SensirionWords.signed(latest.temperature?.celsius, times: 200),
      SensirionWords.signed(latest.vocIndex?.value, times: 10),
      // Unknown for ten seconds after power-on or reset, and carbon dioxide for five.
      SensirionWords.signed(age < 10_000_000 ? nil : latest.noxIndex?.value, times: 10),
      SensirionWords.unsigned(
        age < 5_000_000 ? nil : latest.carbonDioxide?.partsPerMillion, times: 1),
    ]
  }
}
