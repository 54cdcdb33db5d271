import Bus
import Quantities
import Synchronization

/// What the probe is on: the skin during a touch, and the air otherwise.
final class SimulatedSkin: Sendable {
  private struct Contact {
    var touch: PlannedTouch
    var from: BootInstant
    /// Nil while it lasts.
    var until: BootInstant?
  }

  private let probe: ProbePhysics
  private let lamp: SimulatedSignal
  /// The last touch: parts may finish what they began a moment ago.
  private let last = Mutex<Contact?>(nil)

  init(probe: ProbePhysics, lamp: SimulatedSignal) {
    self.probe = probe
    self.lamp = lamp
  }

  func press(_ touch: PlannedTouch, at time: BootInstant) {
    last.withLock { $0 = Contact(touch: touch, from: time, until: nil) }
  }

  func lift(at time: BootInstant) {
    last.withLock { $0?.until = time }
  }

  /// The touch at a moment, and how long it had lasted.
  private func touch(at time: BootInstant) -> (PlannedTouch, Duration)? {
    last.withLock { contact in
      guard let contact, contact.from <= time, contact.until.map({ time < $0 }) ?? true else {
        return nil
      }
      return (contact.touch, contact.from.duration(to: time))
    }
  }

  func capacitance(input: Int, at time: BootInstant) -> Capacitance {
    guard input == probe.input, let (touch, elapsed) = touch(at: time) else {
      return .picofarads(probe.airPicofarads)
    }
    return .picofarads(probe.picofarads(moisture: touch.moistureIndex(at: elapsed)))
  }

  /// The voltage at an input of the ADS1115; inputs with nothing on them are at ground.
  func voltage(input: Int, at time: BootInstant) -> Voltage {
    let touch = touch(at: time)
    switch input {
    case probe.forceInput:
      let newtons = touch.map { touch, elapsed in touch.newtons(at: elapsed) }
      return .volts(probe.forceVolts(newtons: newtons ?? 0))
    case probe.temperatureInput:
      let celsius = touch.map { touch, elapsed in
        touch.celsius(at: elapsed, from: probe.restingCelsius)
      }
      return .volts(probe.temperatureVolts(celsius: celsius ?? probe.restingCelsius))
    default: return .volts(0)
    }
  }

  func light(at time: BootInstant) -> LightCounts {
    let isLit = lamp.isActive(at: time)
    let counts: Double
    if let (touch, elapsed) = touch(at: time) {
      counts = probe.leakCounts + (isLit ? touch.lampCounts(at: elapsed, through: probe) : 0)
    } else {
      counts = probe.roomCounts + (isLit ? probe.freshStripCounts : 0)
    }
    return .counts(counts / probe.photometerScale)
  }
}
