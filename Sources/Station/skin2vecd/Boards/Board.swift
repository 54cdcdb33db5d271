import Bus
import Settings

/// What the station is wired to: a real board or a simulated one.
protocol Board: Sendable {
  var clock: any StationClock { get }
  func bus(_ name: String, path: String) throws(BusError) -> any I2CBus
  func input(_ line: Settings.InputLine, as role: LineRole) throws(BusError) -> any EdgeInput
  func output(_ line: Settings.OutputLine, as role: LineRole) throws(BusError) -> any SignalOutput
}

/// What a line is for; the key of the configuration that names it.
enum LineRole: String {
  case contact = "lines.contact"
  case selector = "lines.selector"
  case light = "lines.light"
  case buzzer = "lines.buzzer"
  case lamp = "parts.lamp"
}

/// Something the settings name that the board does not have.
struct BoardError: Error, CustomStringConvertible {
  /// The key that names it: `buses.main`.
  var key: String
  var cause: BusError

  var description: String { "\(key): \(cause): \(cause.hint)" }
}
