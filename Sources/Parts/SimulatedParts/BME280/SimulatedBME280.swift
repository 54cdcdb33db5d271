package import Bus
import Quantities

/// A Bosch BME280 at 0x76 or 0x77, set in physical units.
///
/// Registers: Bosch BST-BME280-DS001-10, section 5. It is given °C, %RH and Pa and works out the raw
/// codes that its calibration turns into them. A channel that is skipped, or that the air does not
/// have, reads 0x80000 (0x8000 for humidity). The IIR filter sets the resolution and smooths nothing.
package struct SimulatedBME280: SimulatedPart {
  package var ailments: PartAilments = []
  private let air: @Sendable (BootInstant) -> SimulatedAir
  private let calibration: BME280Calibration
  private var registers = Registers()
  private var pointer: UInt8 = 0
  private var busyUntil: Int64
  private var measurement: Measurement?

  private struct Registers {
    /// As written, and as taken over: ctrl_hum counts from the next write of ctrl_meas.
    var controlHumidityWritten: UInt8 = 0
    var controlHumidity: UInt8 = 0
    var controlMeasurement: UInt8 = 0
    var configuration: UInt8 = 0
    /// 0xF7 to 0xFE.
    var data: [UInt8] = [0x80, 0, 0, 0x80, 0, 0, 0x80, 0]
  }

  /// A forced measurement, or the cycle of normal mode.
  private struct Measurement {
    var start: Int64
    var time: Int64
    /// From one start to the next; nil for a forced one.
    var period: Int64?
    var done: Int64 = 0
  }

  /// A part that was powered at `poweredAt`, asleep, with the calibration of the datasheet's example.
  package init(
    poweredAt: BootInstant = BootInstant(sinceBoot: .zero),
    calibration: BME280Calibration = .datasheetExample,
    air: @escaping @Sendable (BootInstant) -> SimulatedAir
  ) {
    self.air = air
    self.calibration = calibration
    // Start-up time, section 1.1: 2 ms.
    self.busyUntil = poweredAt.microseconds + 2000
  }

  package mutating func powerCycle(at now: BootInstant) {
    registers = Registers()
    measurement = nil
    pointer = 0
    busyUntil = now.microseconds + 2000
  }

  /// Pairs of register and value: a write does not count up (section 6.2.1).
  package mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    guard now.microseconds >= busyUntil else { throw .busy }
    guard let first = bytes.first else { return }
    pointer = first
    advance(to: now.microseconds)
    for at in stride(from: 0, to: bytes.count - 1, by: 2) {
      set(bytes[at], to: bytes[at + 1], at: now)
    }
  }

  package mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    guard now.microseconds >= busyUntil else { throw .busy }
    advance(to: now.microseconds)
    defer { pointer = pointer &+ UInt8(truncatingIfNeeded: count) }
    return (0..<count).map { value(of: pointer &+ UInt8(truncatingIfNeeded: $0), at: now) }
  }

  private mutating func set(_ register: UInt8, to value: UInt8, at now: BootInstant) {
    switch register {
    case 0xE0 where value == 0xB6: powerCycle(at: now)
    case 0xF2: registers.controlHumidityWritten = value & 0x07
    case 0xF5: registers.configuration = value
    case 0xF4:
      registers.controlMeasurement = value
      registers.controlHumidity = registers.controlHumidityWritten
      begin(at: now.microseconds)
    default: break
    }
  }

  private func value(of register: UInt8, at now: BootInstant) -> UInt8 {
    switch register {
    case 0x88...0xA1, 0xE1...0xE7: calibration.byte(register)
    case 0xD0: 0x60
    case 0xF2: registers.controlHumidityWritten
    case 0xF3: isMeasuring(at: now.microseconds) ? 0x08 : 0
    case 0xF4: registers.controlMeasurement
    case 0xF5: registers.configuration
    case 0xF7...0xFE: registers.data[Int(register - 0xF7)]
    default: 0
    }
  }
}

extension SimulatedBME280 {
  /// Starts what the mode bits ask for.
  private mutating func begin(at now: Int64) {
    let mode = registers.controlMeasurement & 0x03
    let time = measurementTime
    switch mode {
    case 0: measurement = nil
    case 3:
      let period = time + Self.standby(registers.configuration >> 5)
      measurement = Measurement(start: now, time: time, period: period)
    default: measurement = Measurement(start: now, time: time, period: nil)
    }
  }

  /// The maximum of section 9.1, in microseconds.
  private var measurementTime: Int64 {
    let temperature = Self.oversampling(registers.controlMeasurement >> 5)
    let pressure = Self.oversampling(registers.controlMeasurement >> 2)
    let humidity = Self.oversampling(registers.controlHumidity)
    return 1250 + 2300 * temperature + (pressure > 0 ? 2300 * pressure + 575 : 0)
      + (humidity > 0 ? 2300 * humidity + 575 : 0)
  }

  /// Section 5.4.5: 0 skips, 1 to 5 stand for 1, 2, 4, 8 and 16 samples.
  private static func oversampling(_ code: UInt8) -> Int64 {
    let code = code & 0x07
    return code == 0 ? 0 : 1 << Int64(min(code, 5) - 1)
  }

  /// The pause in normal mode, table 27, in microseconds.
  private static func standby(_ code: UInt8) -> Int64 {
    [500, 62_500, 125_000, 250_000, 500_000, 1_000_000, 10_000, 20_000][Int(code & 0x07)]
  }

  private func isMeasuring(at now: Int64) -> Bool {
    guard let measurement else { return false }
    let elapsed = now - measurement.start
    return measurement.period.map { elapsed % $0 < measurement.time } ?? true
  }

  /// Finishes the measurements that are over; of several only the last leaves a trace.
  private mutating func advance(to now: Int64) {
    guard var running = measurement, now - running.start >= running.time else { return }
    guard let period = running.period else {
      measurement = nil
      // A forced measurement ends asleep (section 3.3.3).
      registers.controlMeasurement &= ~0x03
      return store(at: running.start + running.time)
    }
    let done = (now - running.start - running.time) / period + 1
    guard done > running.done else { return }
    running.done = done
    measurement = running
    store(at: running.start + running.time + (done - 1) * period)
  }

  private mutating func store(at time: Int64) {
    guard !ailments.contains(.stale) else { return }
    let air = air(.microseconds(time))
    let raw = calibration.raw(
      celsius: air.temperature?.celsius, pascals: air.pressure?.pascals,
      percent: air.humidity?.percent)
    let temperature = resolved(raw.temperature, registers.controlMeasurement >> 5)
    let pressure = resolved(raw.pressure, registers.controlMeasurement >> 2)
    let humidity = registers.controlHumidity == 0 ? 0x8000 : raw.humidity
    registers.data = [pressure, temperature].flatMap { code in
      [code >> 12, code >> 4, code << 4].map { UInt8(truncatingIfNeeded: $0) }
    }
    registers.data += [humidity >> 8, humidity].map { UInt8(truncatingIfNeeded: $0) }
  }

  /// Section 3.4: 20 bits with the filter on, otherwise 16 and one more for each doubling.
  private func resolved(_ raw: UInt32, _ code: UInt8) -> UInt32 {
    let code = min(code & 0x07, 5)
    if code == 0 { return 0x80000 }
    let missing = registers.configuration & 0x1C == 0 ? UInt32(5 - code) : 0
    return (raw >> missing) << missing
  }
}
