import Bus
import Settings
import SimulatedParts

/// A board whose parts, lines and person are simulated.
struct SimulatedBoard: Board {
  let time: SimulatedTime
  let house: SimulatedHouse
  /// When the scenario began, by the boot-time clock.
  let began: BootInstant

  /// Sets up the house that the settings describe, in the world of a scenario.
  init(scenario: Scenario, settings: Settings, speed: SimulatedTime.Speed, bootID: String) {
    let time = SimulatedTime(
      utcMicroseconds: scenario.startUTCMicroseconds, bootID: bootID,
      isSynchronised: scenario.isSynchronised, error: scenario.wallClockError, speed: speed)
    self.time = time
    began = time.now
    house = SimulatedHouse(
      scenario: scenario, clock: time,
      parts: settings.parts.map { .init($0.part, at: $0.address) }
    ) { change in
      switch change {
      case .step(let step): time.stepWallClock(by: step)
      case .synchronised: time.synchronise()
      case .unsynchronised: time.loseSynchronisation()
      }
    }
  }

  var clock: any StationClock { time }
  var world: SimulatedHouse? { house }

  func bus(_ name: String, path: String) -> any I2CBus { house.bus }

  func input(_ line: Settings.InputLine, as role: LineRole) -> any EdgeInput {
    role == .contact ? house.contact : SimulatedLine(name: role.rawValue, clock: time)
  }

  func output(_ line: Settings.OutputLine, as role: LineRole) -> any SignalOutput {
    switch role {
    case .lamp: house.lamp
    case .light: house.light
    case .power: SimulatedSignal(name: role.rawValue, clock: time)
    case .contact, .selector, .buzzer: house.buzzer
    }
  }
}
