package import Bus
package import Quantities

/// A TI ADS1115 at 0x48 (0x49 to 0x4B), its four inputs set in volts.
///
/// Registers: TI SBAS444D, "Register Map". A conversion takes the reciprocal of the rate and looks at
/// the inputs in its middle. The part adds no noise of its own.
package struct SimulatedADS1115: SimulatedPart {
  package var ailments: PartAilments = []
  private let inputs: @Sendable (Int, BootInstant) -> Voltage
  private var pointer: UInt8 = 0
  private var result: Int16 = 0
  /// Without OS, which follows from what is being converted.
  private var config: UInt16 = 0x0583
  private var thresholds: [UInt16] = [0x8000, 0x7FFF]
  /// When the running conversion began, in microseconds since boot.
  private var start: Int64?

  /// A part that was powered long ago, off; `inputs` gives AIN0 to AIN3.
  package init(
    inputs: @escaping @Sendable (_ input: Int, _ time: BootInstant) -> Voltage
  ) {
    self.inputs = inputs
  }

  package mutating func powerCycle(at now: BootInstant) {
    let ailments = ailments
    self = SimulatedADS1115(inputs: inputs)
    self.ailments = ailments
  }

  /// The pointer, and two bytes for the register where there are any.
  package mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    guard let register = bytes.first else { return }
    advance(to: now.microseconds)
    pointer = register & 0x03
    guard bytes.count >= 3 else { return }
    let word = UInt16(bytes[1]) << 8 | UInt16(bytes[2])
    switch pointer {
    case 1: configure(word, at: now.microseconds)
    case 2, 3: thresholds[Int(pointer) - 2] = word
    default: throw .readOnly
    }
  }

  package mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    advance(to: now.microseconds)
    let word: UInt16 =
      switch pointer {
      case 0: UInt16(bitPattern: result)
      case 1: config | (start == nil ? 0x8000 : 0)
      default: thresholds[Int(pointer) - 2]
      }
    return [UInt8(word >> 8), UInt8(truncatingIfNeeded: word)].onTheWire(count)
  }
}

extension SimulatedADS1115 {
  /// MODE clear converts for ever; set, it converts once for each OS that is written.
  private var isContinuous: Bool { config & 0x0100 == 0 }

  /// In microseconds.
  private var conversionTime: Int64 {
    1_000_000 / [8, 16, 32, 64, 128, 250, 475, 860][Int(config >> 5 & 0x07)]
  }

  private mutating func configure(_ word: UInt16, at now: Int64) {
    let wasConverting = start != nil
    config = word & 0x7FFF
    // OS has no effect while a conversion runs ("Config Register").
    if isContinuous || (word & 0x8000 != 0 && !wasConverting) { start = now }
  }

  /// Finishes the conversions that are over; of several only the last leaves a trace.
  private mutating func advance(to now: Int64) {
    guard let begun = start else { return }
    let over = (now - begun) / conversionTime
    guard over > 0 else { return }
    let last = isContinuous ? begun + (over - 1) * conversionTime : begun
    start = isContinuous ? last + conversionTime : nil
    if !ailments.contains(.stale) { convert(at: .microseconds(last + conversionTime / 2)) }
  }

  private mutating func convert(at time: BootInstant) {
    // MUX: four differences, then the four inputs against ground.
    let pairs: [(Int, Int?)] = [
      (0, 1), (0, 3), (1, 3), (2, 3), (0, nil), (1, nil), (2, nil), (3, nil),
    ]
    let (positive, negative) = pairs[Int(config >> 12 & 0x07)]
    let volts = inputs(positive, time).volts - (negative.map { inputs($0, time).volts } ?? 0)
    let fullScales = [6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256]
    let share = volts / fullScales[Int(config >> 9 & 0x07)]
    result = (share * 32_768).clamped(to: Int16.min...Int16.max)
  }
}
