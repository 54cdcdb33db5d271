package import Bus
import Quantities

/// A Sensirion SHT4x at 0x44 (0x45, 0x46), set in physical units.
///
/// Commands and times: Sensirion python-i2c-sht and the SHT4x datasheet, section 4.5. It leaves
/// everything unacknowledged while it measures. It has no "unknown": where the air has no value it
/// gives full scale, as a broken element does. The heaters take their time and warm nothing.
package struct SimulatedSHT4x: SimulatedPart {
  package var ailments: PartAilments = []
  private let serial: UInt32
  private let air: @Sendable (BootInstant) -> SimulatedAir
  private var busyUntil: Int64
  private var pending: Pending?
  private var lastWords: [UInt16]?

  private enum Pending {
    case measurement
    case serial
  }

  /// A part that was powered at `poweredAt`.
  package init(
    serial: UInt32 = 0x0D15_EA5E, poweredAt: BootInstant = BootInstant(sinceBoot: .zero),
    air: @escaping @Sendable (BootInstant) -> SimulatedAir
  ) {
    self.serial = serial
    self.air = air
    self.busyUntil = poweredAt.microseconds + 1000
  }

  package mutating func powerCycle(at now: BootInstant) {
    pending = nil
    lastWords = nil
    // Power-up and soft reset take at most 1 ms.
    busyUntil = now.microseconds + 1000
  }

  package mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    guard now.microseconds >= busyUntil else { throw .busy }
    guard let command = bytes.first else { return }
    guard bytes.count == 1 else { throw .unknownCommand }
    if command == 0x94 { return powerCycle(at: now) }
    guard let time = Self.times(command) else { throw .unknownCommand }
    pending = command == 0x89 ? .serial : .measurement
    busyUntil = now.microseconds + time
  }

  package mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    guard now.microseconds >= busyUntil else { throw .busy }
    guard let asked = pending else { throw .nothingToRead }
    pending = nil
    let words =
      switch asked {
      case .serial: [UInt16(serial >> 16), UInt16(truncatingIfNeeded: serial)]
      case .measurement: measuredWords()
      }
    return SensirionWords.bytes(words).onTheWire(count)
  }

  /// The time of a measurement or of the serial number, in microseconds; the datasheet's maxima.
  private static func times(_ command: UInt8) -> Int64? {
    switch command {
    case 0xFD: 8300
    case 0xF6: 4500
    case 0xE0: 1600
    case 0x89: 1000
    case 0x39, 0x2F, 0x1E: 1_100_000
    case 0x32, 0x24, 0x15: 110_000
    default: nil
    }
  }

  private mutating func measuredWords() -> [UInt16] {
    if ailments.contains(.stale), let lastWords { return lastWords }
    let air = air(.microseconds(busyUntil))
    // T = -45 + 175·t/65535 °C, RH = -6 + 125·h/65535 % (section 4.6), turned round.
    let words: [UInt16] = [
      air.temperature.map { (($0.celsius + 45) / 175 * 65535).clamped(to: 0...0xFFFF) } ?? 0xFFFF,
      air.humidity.map { (($0.percent + 6) / 125 * 65535).clamped(to: 0...0xFFFF) } ?? 0xFFFF,
    ]
    lastWords = words
    return words
  }
}
