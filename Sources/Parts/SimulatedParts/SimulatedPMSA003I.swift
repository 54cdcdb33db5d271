package import Bus
import Quantities

/// A Plantower PMSA003I at 0x12, set in physical units.
///
/// It has no commands: 32 bytes can be read at any time, a new frame every 2.3 s in steady air
/// (Plantower PMSA003I manual). It answers 1 s after power-on, with a frame of zeros until the
/// first is measured and wherever the air has no PM2.5.
package struct SimulatedPMSA003I: SimulatedPart {
  package var ailments: PartAilments = []
  private let air: @Sendable (BootInstant) -> SimulatedAir
  private let counts: (@Sendable (BootInstant) -> [UInt16])?
  private var poweredAt: Int64
  private var pointer = 0
  private var frameNumber: Int64 = 0
  private var frame = Self.nothing

  private static let nothing = [UInt8](repeating: 0, count: 32)
  private static let period: Int64 = 2_300_000

  /// A part that was powered at `poweredAt`.
  ///
  /// `counts` gives the six numbers of particles in 0.1 L above 0.3, 0.5, 1, 2.5, 5 and 10 µm;
  /// without it they follow PM2.5 by the ratios of a public capture.
  package init(
    poweredAt: BootInstant = BootInstant(sinceBoot: .zero),
    counts: (@Sendable (BootInstant) -> [UInt16])? = nil,
    air: @escaping @Sendable (BootInstant) -> SimulatedAir
  ) {
    self.air = air
    self.counts = counts
    self.poweredAt = poweredAt.microseconds
  }

  package mutating func powerCycle(at now: BootInstant) {
    poweredAt = now.microseconds
    pointer = 0
    frameNumber = 0
    frame = Self.nothing
  }

  package mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    guard now.microseconds - poweredAt >= 1_000_000 else { throw .busy }
    if let first = bytes.first { pointer = Int(first) }
  }

  package mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    let now = now.microseconds
    guard now - poweredAt >= 1_000_000 else { throw .busy }
    let number = (now - poweredAt) / Self.period
    if number > frameNumber, !ailments.contains(.stale) {
      frameNumber = number
      frame = measuredFrame(at: .microseconds(poweredAt + number * Self.period))
    }
    defer { pointer = 0 }
    return [UInt8](frame.dropFirst(pointer)).onTheWire(count)
  }

  private func measuredFrame(at time: BootInstant) -> [UInt8] {
    let air = air(time)
    guard let fine = air.pm2_5?.microgramsPerCubicMetre else { return Self.nothing }
    let masses = [
      air.pm1?.microgramsPerCubicMetre ?? fine * 0.7, fine,
      air.pm10?.microgramsPerCubicMetre ?? fine * 1.2,
    ]
    let numbers =
      counts?(time) ?? [180, 46, 6.25, 2, 1, 0.5].map { (fine * $0).clamped(to: 0...0xFFFF) }
    let words: [UInt16] =
      [28] + masses.map { ($0 * Self.factoryRatio($0)).clamped(to: 0...0xFFFF) }
      + masses.map { $0.clamped(to: 0...0xFFFF) } + numbers.prefix(6)
    var bytes: [UInt8] = [0x42, 0x4D]
    for word in words { bytes += [UInt8(word >> 8), UInt8(truncatingIfNeeded: word)] }
    // Version and error byte, then the sum of all before it.
    bytes += [0x97, 0x00]
    let sum = bytes.reduce(UInt16(0)) { $0 &+ UInt16($1) }
    return bytes + [UInt8(sum >> 8), UInt8(truncatingIfNeeded: sum)]
  }

  /// "CF=1" over "atmospheric": the same in clean air, half as much again in thick smoke.
  private static func factoryRatio(_ micrograms: Double) -> Double {
    1 + 0.5 * min(max((micrograms - 30) / 30, 0), 1)
  }
}
