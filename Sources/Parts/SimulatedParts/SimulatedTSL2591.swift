package import Bus
package import Quantities

/// An ams TSL2591 at 0x29, its light set in counts of CH0 at 1x gain and 100 ms.
///
/// Registers: TSL2591 datasheet, register description. The light is taken at four moments of each
/// integration, so a lamp that comes on in the middle gives a value in between. After a change of
/// gain or time the old counts stand, still called valid, until the next integration is complete.
package struct SimulatedTSL2591: SimulatedPart {
  package var ailments: PartAilments = []
  private let light: @Sendable (BootInstant) -> LightCounts
  /// CH1 (infrared) as a share of CH0.
  private let infraredShare: Double
  private var pointer: UInt8 = 0
  private var enable: UInt8 = 0
  private var control: UInt8 = 0
  /// The thresholds and the persistence, 0x04 to 0x0C: kept, without effect.
  private var thresholds = [UInt8](repeating: 0, count: 9)
  private var integrationStart: Int64 = 0
  private var integrationsDone: Int64 = 0
  private var isValid = false
  private var counts: (visible: UInt16, infrared: UInt16) = (0, 0)

  /// A part that sleeps until it is enabled.
  package init(
    infraredShare: Double = 0.2,
    light: @escaping @Sendable (BootInstant) -> LightCounts
  ) {
    self.light = light
    self.infraredShare = infraredShare
  }

  package mutating func powerCycle(at now: BootInstant) {
    let ailments = ailments
    self = SimulatedTSL2591(infraredShare: infraredShare, light: light)
    self.ailments = ailments
  }

  /// A command byte, then data that counts up: 101x xxxx is a register, 111x xxxx a special function.
  package mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    guard let command = bytes.first else { return }
    guard command & 0x80 != 0 else { throw .unknownCommand }
    guard command & 0x60 == 0x20 else { return }
    advance(to: now.microseconds)
    pointer = command & 0x1F
    for (offset, byte) in bytes.dropFirst().enumerated() {
      set(pointer &+ UInt8(truncatingIfNeeded: offset), to: byte, at: now)
    }
  }

  package mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    advance(to: now.microseconds)
    defer { pointer = (pointer &+ UInt8(truncatingIfNeeded: count)) & 0x1F }
    return (0..<count).map { value(of: (pointer &+ UInt8(truncatingIfNeeded: $0)) & 0x1F) }
  }

  private mutating func set(_ register: UInt8, to value: UInt8, at now: BootInstant) {
    switch register {
    case 0x00:
      let wasOn = isIntegrating
      enable = value & 0xD3
      if isIntegrating != wasOn {
        isValid = false
        restart(at: now)
      }
    // SRESET does what power-on does.
    case 0x01 where value & 0x80 != 0: powerCycle(at: now)
    case 0x01 where value != control:
      control = value & 0x37
      restart(at: now)
    case 0x04...0x0C: thresholds[Int(register - 0x04)] = value
    default: break
    }
  }

  private func value(of register: UInt8) -> UInt8 {
    switch register {
    case 0x00: enable
    case 0x01: control
    case 0x04...0x0C: thresholds[Int(register - 0x04)]
    // Package identification, then device identification.
    case 0x11: 0x00
    case 0x12: 0x50
    case 0x13: isValid ? 0x01 : 0x00
    case 0x14: UInt8(truncatingIfNeeded: counts.visible)
    case 0x15: UInt8(counts.visible >> 8)
    case 0x16: UInt8(truncatingIfNeeded: counts.infrared)
    case 0x17: UInt8(counts.infrared >> 8)
    default: 0
    }
  }
}

extension SimulatedTSL2591 {
  /// The oscillator and the ALS are both on (PON, AEN).
  private var isIntegrating: Bool { enable & 0x03 == 0x03 }

  /// Integration time in steps of 100 ms, 1 to 6.
  private var steps: Int64 { Int64(min(control & 0x07, 5)) + 1 }

  private var gain: Double { [1, 25, 428, 9876][Int(control >> 4 & 0x03)] }

  private mutating func restart(at now: BootInstant) {
    integrationStart = now.microseconds
    integrationsDone = 0
  }

  /// Finishes the integrations that are over; of several only the last leaves a trace.
  private mutating func advance(to now: Int64) {
    guard isIntegrating else { return }
    let time = steps * 100_000
    let done = (now - integrationStart) / time
    guard done > integrationsDone else { return }
    integrationsDone = done
    isValid = true
    if ailments.contains(.stale) { return }
    integrate(from: integrationStart + (done - 1) * time, time: time)
  }

  private mutating func integrate(from start: Int64, time: Int64) {
    let sum = [1, 3, 5, 7].reduce(0.0) { sum, eighth in
      sum + light(.microseconds(start + time * eighth / 8)).counts
    }
    let visible = sum / 4 * gain * Double(steps)
    // One step of 100 ms cannot count further than 36863; longer ones fill the register.
    let limit: UInt16 = steps == 1 ? 36_863 : 0xFFFF
    counts = (
      visible.clamped(to: 0...limit), (visible * infraredShare).clamped(to: 0...limit)
    )
  }
}
