package import Bus
package import Quantities

/// A TI FDC1004 at 0x50, its four inputs set in picofarads.
///
/// Registers and rules: TI SNOSCY5B, sections 7.5 and 7.6. A conversion takes the reciprocal of the
/// rate: 10 ms at 100 S/s. The part adds no noise of its own.
package struct SimulatedFDC1004: SimulatedPart {
  package var ailments: PartAilments = []
  private let electrodes: @Sendable (Int, BootInstant) -> Capacitance
  private let stretch: Int64
  private var pointer: UInt8 = 0
  /// CONF_MEAS1 to CONF_MEAS4.
  private var configurations = Self.resetConfigurations
  /// RATE and REPEAT as they stand in FDC_CONF; MEAS and DONE bits are kept below.
  private var control: UInt16 = 0
  private var offsets: [UInt16] = [0, 0, 0, 0]
  private var gains: [UInt16] = [0x4000, 0x4000, 0x4000, 0x4000]
  private var results: [Int32] = [0, 0, 0, 0]
  /// DONE bits by measurement, and those whose MSB was read since.
  private var isDone = [false, false, false, false]
  private var hasReadMSB = [false, false, false, false]
  private var run: Run?

  private static let resetConfigurations: [UInt16] = [0x1C00, 0x1C00, 0x1C00, 0x1C00]

  /// What is being converted: one measurement once, or some of them in turn for ever.
  private struct Run {
    var measurements: [Int]
    var isRepeated: Bool
    var start: Int64
    var time: Int64
    /// Conversions that are over.
    var done: Int64 = 0
  }

  /// A part that was powered at `poweredAt`, in standby; `electrodes` gives inputs 1 to 4.
  ///
  /// A conversion takes `stretch` times as long as a real one's.
  package init(
    poweredAt: BootInstant = BootInstant(sinceBoot: .zero), stretch: Int = 1,
    electrodes: @escaping @Sendable (_ input: Int, _ time: BootInstant) -> Capacitance
  ) {
    self.electrodes = electrodes
    self.stretch = Int64(stretch)
  }

  package mutating func powerCycle(at now: BootInstant) {
    let fresh = SimulatedFDC1004(poweredAt: now, stretch: Int(stretch), electrodes: electrodes)
    let ailments = ailments
    self = fresh
    self.ailments = ailments
  }

  package mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    guard let register = bytes.first else { return }
    advance(to: now.microseconds)
    guard register <= 0x14 || register >= 0xFE else { throw .unknownCommand }
    pointer = register
    guard bytes.count >= 3 else { return }
    try set(register, to: UInt16(bytes[1]) << 8 | UInt16(bytes[2]), at: now)
  }

  package mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    advance(to: now.microseconds)
    let word = value(of: pointer)
    let bytes = [UInt8(word >> 8), UInt8(truncatingIfNeeded: word)]
    return count == 2 ? bytes : bytes.onTheWire(count)
  }
}

extension SimulatedFDC1004 {
  private mutating func set(
    _ register: UInt8, to word: UInt16, at now: BootInstant
  ) throws(PartRefusal) {
    switch register {
    case 0x08...0x0B: configurations[Int(register - 0x08)] = word & 0xFFE0
    case 0x0C where word & 0x8000 != 0: powerCycle(at: now)
    case 0x0C: trigger(word, at: now.microseconds)
    case 0x0D...0x10: offsets[Int(register - 0x0D)] = word
    case 0x11...0x14: gains[Int(register - 0x11)] = word
    default: throw .readOnly
    }
  }

  /// Takes FDC_CONF: a single shot may name one measurement only; a rate of 00 is reserved.
  private mutating func trigger(_ word: UInt16, at now: Int64) {
    control = word & 0x0DF0
    let measurements = (0..<4).filter { word & (0x80 >> UInt16($0)) != 0 }
    let isRepeated = word & 0x0100 != 0
    let times: [Int64?] = [nil, 10_000, 5000, 2500]
    run = nil
    guard let time = times[Int(word >> 10 & 0x03)], !measurements.isEmpty,
      isRepeated || measurements.count == 1
    else { return }
    for measurement in measurements {
      isDone[measurement] = false
      hasReadMSB[measurement] = false
    }
    run = Run(measurements: measurements, isRepeated: isRepeated, start: now, time: time * stretch)
  }

  /// Reading a result's MSB and then its LSB clears its DONE bit.
  private mutating func value(of register: UInt8) -> UInt16 {
    switch register {
    case 0x00...0x07:
      let measurement = Int(register >> 1)
      let code = UInt32(bitPattern: results[measurement])
      if register & 1 == 0 {
        hasReadMSB[measurement] = true
        return UInt16(truncatingIfNeeded: code >> 8)
      }
      if hasReadMSB[measurement] { isDone[measurement] = false }
      return UInt16(truncatingIfNeeded: code << 8)
    case 0x08...0x0B: return configurations[Int(register - 0x08)]
    case 0x0C: return (0..<4).reduce(control) { $0 | (isDone[$1] ? 0x08 >> UInt16($1) : 0) }
    case 0x0D...0x10: return offsets[Int(register - 0x0D)]
    case 0x11...0x14: return gains[Int(register - 0x11)]
    // Manufacturer and device.
    case 0xFE: return 0x5449
    default: return 0x1004
    }
  }

  /// Finishes the conversions that are over.
  private mutating func advance(to now: Int64) {
    guard var running = run else { return }
    let over = (now - running.start) / running.time
    guard over > running.done else { return }
    let count = Int64(running.measurements.count)
    guard running.isRepeated else {
      run = nil
      // The MEAS bit goes out with the conversion.
      control &= 0x0C00
      return convert(running.measurements[0], at: running.start + running.time)
    }
    // Of many rounds only the last leaves a trace.
    for conversion in max(running.done + 1, over - count + 1)...over {
      let measurement = running.measurements[Int((conversion - 1) % count)]
      convert(measurement, at: running.start + conversion * running.time)
    }
    running.done = over
    run = running
  }

  /// C = code / 2^19 + CAPDAC · 3.125 pF (section 7.6.1), turned round, in 24 bits with a sign.
  private mutating func convert(_ measurement: Int, at time: Int64) {
    let word = configurations[measurement]
    let (positive, negative) = (Int(word >> 13), Int(word >> 10 & 0x07))
    let time = BootInstant.microseconds(time)
    var picofarads = calibrated(positive, at: time)
    switch negative {
    // Differential: the first input must be the lower one.
    case 0...3 where positive < negative: picofarads -= calibrated(negative, at: time)
    case 4: picofarads -= Double(word >> 5 & 0x1F) * 3.125
    case 7: break
    default: return
    }
    guard positive < 4 else { return }
    isDone[measurement] = true
    hasReadMSB[measurement] = false
    if ailments.contains(.stale) { return }
    results[measurement] = (picofarads * 524_288).clamped(to: -8_388_608...8_388_607)
  }

  /// An input with its gain (2.14 fixed point) and offset (5.11) calibration.
  private func calibrated(_ input: Int, at time: BootInstant) -> Double {
    guard input < 4 else { return 0 }
    let picofarads = electrodes(input + 1, time).picofarads
    return picofarads * Double(gains[input]) / 16384
      + Double(Int16(bitPattern: offsets[input])) / 2048
  }
}
