import Bus
import SimulatedParts

/// A simulated part that answers one register otherwise than it should.
struct AlteredPart: SimulatedPart {
  private var part: any SimulatedPart
  private let register: UInt8
  private let answer: [UInt8]
  private var pointer: UInt8 = 0

  init(_ part: any SimulatedPart, register: UInt8, answers: [UInt8]) {
    self.part = part
    self.register = register
    answer = answers
  }

  var ailments: PartAilments {
    get { part.ailments }
    set { part.ailments = newValue }
  }

  mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    pointer = bytes.first ?? pointer
    try part.write(bytes, at: now)
  }

  mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    let bytes = try part.read(count, at: now)
    guard pointer == register else { return bytes }
    return Array((answer + bytes.dropFirst(answer.count)).prefix(count))
  }

  mutating func powerCycle(at now: BootInstant) { part.powerCycle(at: now) }
}

/// An FDC1004 that still holds a finished conversion of 1 pF, and keeps it through a new trigger.
struct LeftoverPart: SimulatedPart {
  private var part: SimulatedFDC1004
  private var pointer: UInt8 = 0
  private var hasLeftover = true

  init(_ part: SimulatedFDC1004) { self.part = part }

  var ailments: PartAilments {
    get { part.ailments }
    set { part.ailments = newValue }
  }

  mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    pointer = bytes.first ?? pointer
    try part.write(bytes, at: now)
  }

  mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    let bytes = try part.read(count, at: now)
    guard hasLeftover else { return bytes }
    switch pointer {
    // DONE_1; 1 pF is 2^19 = 0x080000.
    case 0x0C: return [bytes[0], bytes[1] | 0x08]
    case 0x00: return [0x08, 0x00]
    case 0x01:
      hasLeftover = false
      return [0x00, 0x00]
    default: return bytes
    }
  }

  mutating func powerCycle(at now: BootInstant) { part.powerCycle(at: now) }
}
