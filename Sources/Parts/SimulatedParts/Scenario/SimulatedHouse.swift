package import Bus
import Quantities
import Synchronization

/// A house with a station in it: the bus and its parts, the lines, and the person who taps.
package final class SimulatedHouse: Sendable {
  /// A part and where it sits.
  package struct Placement: Hashable, Sendable {
    package var part: SupportedPart
    package var address: I2CAddress

    package init(_ part: SupportedPart, at address: I2CAddress) {
      self.part = part
      self.address = address
    }
  }

  /// The default parts at their usual addresses.
  package static let defaultParts = [
    Placement(.sen55, at: 0x69), Placement(.fdc1004, at: 0x50), Placement(.tsl2591, at: 0x29),
  ]

  package let scenario: Scenario
  package let bus: SimulatedI2CBus
  /// Closed while the probe is on the skin.
  package let contact: SimulatedLine
  /// The lamp behind the sebum strip: it changes what the photometer sees.
  package let lamp: SimulatedSignal
  package let light: SimulatedSignal
  package let buzzer: SimulatedSignal

  private let clock: any StationClock
  private let start: BootInstant
  private let skin: SimulatedSkin
  private let onClockChange: @Sendable (ClockEvent.Change) -> Void

  /// Sets the house up; the scenario starts now.
  ///
  /// - Parameters:
  ///   - scenario: The world to run in.
  ///   - clock: What the parts, the lines and the person go by.
  ///   - parts: What is on the bus.
  ///   - isContactDebounced: Whether the contact hides its bounces, as a kernel with debounce does.
  ///   - onClockChange: Called when the scenario changes the wall clock, which is not the house's.
  package init(
    scenario: Scenario, clock: any StationClock, parts: [Placement] = defaultParts,
    isContactDebounced: Bool = false,
    onClockChange: @escaping @Sendable (ClockEvent.Change) -> Void = { _ in }
  ) {
    self.scenario = scenario
    self.clock = clock
    self.onClockChange = onClockChange
    start = clock.now
    bus = SimulatedI2CBus(clock: clock, seed: scenario.seed)
    contact = SimulatedLine(name: "contact", clock: clock, isDebounced: isContactDebounced)
    lamp = SimulatedSignal(name: "lamp", clock: clock)
    light = SimulatedSignal(name: "light", clock: clock)
    buzzer = SimulatedSignal(name: "buzzer", clock: clock)
    skin = SimulatedSkin(probe: scenario.probe, lamp: lamp)
    for placement in parts {
      bus.attach(part(placement.part), at: placement.address)
    }
  }

  /// Lives the scenario from now on, until the task is cancelled or nothing can happen any more.
  ///
  /// What was due before now has happened already, or never will.
  package func run() async {
    let begin = clock.now
    for event in Timeline(scenario) {
      let time = start.advanced(by: event.at)
      guard time >= begin else { continue }
      do {
        try await clock.sleep(until: time, tolerance: nil)
      } catch { return }
      carryOut(event)
    }
  }

  /// The air at a moment since the scenario's start.
  package func air(at time: BootInstant) -> SimulatedAir {
    scenario.air(at: start.duration(to: time))
  }

  private func carryOut(_ event: Timeline.Event) {
    switch event.happening {
    case .clock(let change): onClockChange(change)
    case .fault(let fault): bus.set(plan(of: fault))
    case .press(let touch):
      skin.press(touch, at: clock.now)
      contact.bounce(to: true, times: touch.closingBounces)
    case .lift(let touch):
      skin.lift(at: clock.now)
      contact.bounce(to: false, times: touch.openingBounces)
    }
  }

  private func plan(of event: FaultEvent) -> FaultPlan {
    let from = start.advanced(by: event.at)
    return FaultPlan(
      event.fault, on: event.address, from: from, until: event.lasting.map(from.advanced(by:)),
      probability: event.probability)
  }

  private func part(_ part: SupportedPart) -> any SimulatedPart {
    let (scenario, start, skin) = (scenario, start, skin)
    let air: @Sendable (BootInstant) -> SimulatedAir = {
      scenario.air(at: start.duration(to: $0))
    }
    return switch part {
    case .sen54: SimulatedSEN5x(model: .sen54, air: air)
    case .sen55: SimulatedSEN5x(model: .sen55, air: air)
    case .sen66: SimulatedSEN66(air: air)
    case .sps30: SimulatedSPS30(air: air)
    case .bme280: SimulatedBME280(air: air)
    case .sht4x: SimulatedSHT4x(air: air)
    case .pmsa003i: SimulatedPMSA003I(air: air)
    case .fdc1004: SimulatedFDC1004 { skin.capacitance(input: $0, at: $1) }
    case .tsl2591: SimulatedTSL2591 { skin.light(at: $0) }
    case .ads1115: SimulatedADS1115 { skin.voltage(input: $0, at: $1) }
    }
  }
}
