import Bus
import Quantities
import Readings
import SimulatedParts
import Synchronization

/// What is true in a house of the campaign: its air, minute by minute, and the skin under the probe.
///
/// The parts are set by it and the diary is held against it; nothing of the station has a hand in it.
final class WiresWorld: Sendable {
  /// A touch as it was made.
  struct Touch: Sendable {
    var start: BootInstant
    var end: BootInstant
    /// The index, 0 at 2 pF and 100 at 12 pF.
    var moisture: Double
    /// The share of the lamp's light that comes through the strip.
    var transmission: Double
    var newtons: Double
    var celsius: Double
  }

  private let touch = Mutex<Touch?>(nil)
  let lamp: SimulatedSignal

  init(lamp: SimulatedSignal) { self.lamp = lamp }

  func press(_ touch: Touch) { self.touch.withLock { $0 = touch } }
  func lift() { touch.withLock { $0 = nil } }

  // MARK: - The air

  /// The number of the minute, which begins at its 45th second: no part is read then.
  static func minute(at microseconds: Int64) -> Int {
    Int((microseconds + 15_000_000) / 60_000_000)
  }

  /// What is true of a channel in a minute, in the channel's unit; each minute is unlike the one before.
  static func air(_ channel: Channel, in minute: Int) -> Double {
    func turn(_ factor: Int, _ modulus: Int) -> Double { Double(minute * factor % modulus) }
    return switch channel {
    case .airTemperature: 15 + turn(37, 97) / 20
    case .airHumidity: 35 + turn(53, 89) / 4
    case .airPressure: 98_000 + turn(71, 101) * 8
    case .airPM1: 2 + turn(13, 79) / 20
    case .airPM2_5: 4 + turn(17, 83) / 20
    case .airPM4: 6 + turn(19, 89) / 20
    case .airPM10: 8 + turn(23, 97) / 20
    case .airVOCIndex: 100 + turn(41, 211)
    case .airNOxIndex: 1 + turn(29, 67)
    case .airCO2: 450 + turn(43, 307)
    case .skinMoisture, .skinSebum, .skinForce, .skinTemperature: .nan
    }
  }

  /// From -1 to 1, another one each microsecond: no two measurements are quite alike.
  static func flutter(_ time: BootInstant, _ channel: UInt64) -> Double {
    var bits = UInt64(bitPattern: time.microseconds) &* 0xD134_2543_DE82_EF95 &+ channel
    bits = (bits ^ bits >> 29) &* 0xBF58_476D_1CE4_E5B9
    return Double(bits >> 33) / Double(UInt64(1) << 30) - 1
  }

  /// How far the flutter takes a channel, in its unit.
  static func width(of channel: Channel) -> Double {
    switch channel {
    case .airTemperature: 0.01
    case .airHumidity: 0.02
    case .airPressure: 4
    default: 0
    }
  }

  /// The air as the parts meet it; `shift` is added to the temperature, which then is not the truth.
  @Sendable static func air(at time: BootInstant, shift: Double = 0) -> SimulatedAir {
    let minute = minute(at: time.microseconds)
    func now(_ channel: Channel, _ number: UInt64) -> Double {
      air(channel, in: minute) + width(of: channel) * flutter(time, number)
    }
    func dust(_ channel: Channel) -> MassConcentration {
      .microgramsPerCubicMetre(air(channel, in: minute))
    }
    return SimulatedAir(
      temperature: .celsius(now(.airTemperature, 1) + shift),
      humidity: .percent(now(.airHumidity, 2)), pm1: dust(.airPM1), pm2_5: dust(.airPM2_5),
      pm4: dust(.airPM4), pm10: dust(.airPM10), vocIndex: .value(air(.airVOCIndex, in: minute)),
      noxIndex: .value(air(.airNOxIndex, in: minute)), pressure: .pascals(now(.airPressure, 3)),
      carbonDioxide: .partsPerMillion(air(.airCO2, in: minute)))
  }

  /// Particles in a decilitre, which a fan never draws in twice alike.
  @Sendable static func counts(at time: BootInstant) -> [UInt16] {
    (0..<6).map { size in
      let chance = 20 * (1 + flutter(time, UInt64(10 + size)))
      return UInt16(500 / (1 + size * size) + Int(chance))
    }
  }

  // MARK: - The skin

  /// The electrode is on input 2; the other inputs show something believable too.
  func capacitance(input: Int, at time: BootInstant) -> Capacitance {
    guard input == 2 else { return .picofarads(7) }
    let index = touch.withLock(\.self)?.moisture ?? 0
    return .picofarads(2 + index / 10 + 0.000_3 * Self.flutter(time, 20))
  }

  /// Counts at gain 1: the photometer multiplies by its gain of 25.
  func light(at time: BootInstant) -> LightCounts {
    let transmission = touch.withLock(\.self)?.transmission ?? 1
    return .counts((40 + (lamp.isActive(at: time) ? 20_000 * transmission : 0)) / 25)
  }

  /// At 3.3 V: a force sensor that equals its resistor at 2 N, and a thermistor above 10 kΩ.
  func voltage(input: Int, at time: BootInstant) -> Voltage {
    let touch = touch.withLock(\.self)
    switch input {
    case 0:
      guard let newtons = touch?.newtons else {
        return .volts(0.01 + 0.002 * Self.flutter(time, 30))
      }
      return .volts(3.3 * newtons / (newtons + 2) + 0.001 * Self.flutter(time, 31))
    case 1:
      let kelvins = (touch?.celsius ?? 24) + 273.15
      let ohms = 10_000 * Naturals.exponential(3950 * (1 / kelvins - 1 / 298.15))
      return .volts(3.3 * 10_000 / (10_000 + ohms))
    default: return .volts(1.5)
    }
  }

  /// What a touch should come to, and how near: noise of the skin, and the part's last digit.
  static func value(_ channel: Channel, of touch: Touch) -> (value: Double, within: Double) {
    switch channel {
    case .skinMoisture: (touch.moisture, 0.005)
    case .skinSebum: (-200 * Naturals.logarithm(touch.transmission) / Naturals.logarithm(10), 0.06)
    case .skinForce: (touch.newtons, 0.01)
    default: (touch.celsius, 0.02)
    }
  }
}
