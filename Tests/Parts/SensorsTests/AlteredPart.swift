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
    return pointer == register ? answer + bytes.dropFirst(answer.count) : bytes
  }

  mutating func powerCycle(at now: BootInstant) { part.powerCycle(at: now) }
}
