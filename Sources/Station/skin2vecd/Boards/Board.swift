import Bus
import Settings
import SimulatedParts

/// What the station is wired to: a real board or a simulated one.
protocol Board: Sendable {
  var clock: any StationClock { get }
  /// The simulated world behind it, where there is one.
  var world: SimulatedHouse? { get }
  func bus(_ name: String, path: String) throws(BusError) -> any I2CBus
  func input(_ line: Settings.InputLine, as role: LineRole) throws(BusError) -> any EdgeInput
  func output(_ line: Settings.OutputLine, as role: LineRole) throws(BusError) -> any SignalOutput
  /// Takes a bus's adapter from its driver and gives it back.
  func rebind(_ path: String) async throws(BusError)
  /// Lines that were asked for and may come later; each is told once.
  func takeMissing() -> [MissingLine]
  /// The station runs: what is asked for from now on, and was not missing before, must be there.
  func settle()
}

extension Board {
  var world: SimulatedHouse? { nil }
  func takeMissing() -> [MissingLine] { [] }
  func settle() {}
}

/// A line whose chip is not there at present.
struct MissingLine: Sendable {
  /// What it is for: `contact`.
  var name: String
  var cause: BusError
  /// Takes the line if its chip has come.
  var look: @Sendable () throws(BusError) -> Void
}

extension Board {
  /// Nothing: a board that is simulated, or on a tape, has no drivers.
  func rebind(_ path: String) async throws(BusError) {}
}

/// What a line is for.
enum LineRole: String {
  case contact, selector, light, buzzer, lamp, power

  /// The key of the configuration that names a line of its own; lamp and power belong to a part.
  var key: String { "lines.\(rawValue)" }
}

/// Something the settings name that the board does not have.
struct BoardError: Error, CustomStringConvertible {
  /// The key that names it: `buses.main`.
  var key: String
  var cause: BusError

  var description: String { "\(key): \(cause): \(cause.hint)" }

  /// The same with its place in the configuration file.
  func fault(in file: String?) -> SettingsFault {
    // The file was read a moment ago; if it is gone by now, the key alone must do.
    let positions = file.flatMap { try? KeyPositions(path: $0) }
    return SettingsFault(
      file: file ?? "the built-in settings", position: positions?[key], key: key,
      problem: "\(cause)", hint: cause.hint)
  }
}
