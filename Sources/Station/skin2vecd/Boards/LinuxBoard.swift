import Bus
import LinuxBus
import Settings

/// The board the daemon runs on.
struct LinuxBoard: Board {
  let clock: any StationClock = LinuxClock()

  func bus(_ name: String, path: String) throws(BusError) -> any I2CBus {
    try LinuxI2CBus(path: path)
  }

  func input(_ line: Settings.InputLine, as role: LineRole) throws(BusError) -> any EdgeInput {
    let pull: LinePull =
      switch line.pull {
      case .up: .up
      case .down: .down
      case .none: .none
      }
    return try LinuxEdgeInput(
      line.place.onBoard(isActiveLow: line.isActiveLow), pull: pull, debounce: line.debounce)
  }

  func output(_ line: Settings.OutputLine, as role: LineRole) throws(BusError) -> any SignalOutput {
    try LinuxSignalOutput(line.place.onBoard(isActiveLow: line.isActiveLow))
  }

  func rebind(_ path: String) async throws(BusError) {
    try await AdapterDriver(ofBus: path).rebind()
  }
}

extension Settings.LinePlace {
  fileprivate func onBoard(isActiveLow: Bool) -> LinePlace {
    let name: LineName =
      switch line {
      case .offset(let number): .offset(UInt32(number))
      case .name(let name): .named(name)
      }
    return LinePlace(chip: chip, line: name, isActiveLow: isActiveLow)
  }
}
