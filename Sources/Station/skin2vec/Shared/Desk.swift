import Bus
import Glibc
import Journal
import LinuxBus
import Readings
import Wording

/// What a command meets outside itself: the clock, the terminal, the board.
///
/// Tests bring their own.
struct Desk: Sendable {
  var clock: any StationClock
  /// The IANA name of the board's own zone, where it has one.
  var systemZone: String?
  var paint: Paint
  /// A line to standard output.
  var say: @Sendable (String) -> Void
  /// A line to standard error.
  var complain: @Sendable (String) -> Void
  var board: Board
  /// Text to the terminal as it stands, for a line that is written over; nil where there is none.
  var overwrite: (@Sendable (String) -> Void)?
  /// How long a running station is waited for.
  var patience = Duration.seconds(10)
  /// A question to the person at the terminal; nil where there is none.
  var ask: (@Sendable (String) -> Bool)?
  /// Draws a text as a QR code on the terminal, false where what draws it is missing; nil where there
  /// is no terminal.
  var drawQRCode: (@Sendable (String) -> Bool)?

  /// What can be tried of the board.
  struct Board: Sendable {
    /// Opens a bus by its device node.
    var openBus: @Sendable (String) throws(BusError) -> any I2CBus
    /// Takes a line as an input for a moment, which changes nothing that is wired to it.
    var tryLine: @Sendable (LinePlace) throws(BusError) -> Void
    /// Takes a line as an output, switched off.
    var openOutput: @Sendable (LinePlace) throws(BusError) -> any SignalOutput = {
      place throws(BusError) in
      try LinuxSignalOutput(place)
    }
    var hasGroup: @Sendable (String) -> Bool
    var folder: @Sendable (String) -> Folder
    var journal: @Sendable () -> JournalStorage

    /// What the user of this process can do in a folder.
    enum Folder: Hashable, Sendable { case writable, notWritable, missing }
  }

  /// The terminal and the board this process runs on.
  static func real() -> Desk {
    Desk(
      clock: LinuxClock(), systemZone: ZoneRules.systemName(),
      paint: Paint(isOn: Paint.isWanted(on: STDOUT_FILENO)), say: { print($0) },
      complain: { line in
        let text = line + "\n"
        // Standard error may be gone; there is nobody left to tell.
        _ = write(STDERR_FILENO, text, text.utf8.count)
      }, board: .real, overwrite: terminal, ask: question,
      drawQRCode: QRCode.terminal)
  }

  /// The wall clock now.
  var now: Timestamp { Timestamp(microseconds: clock.reading().utcMicroseconds) }
}

extension Desk.Board {
  static let real = Desk.Board(
    openBus: { path throws(BusError) in try LinuxI2CBus(path: path) },
    tryLine: { place throws(BusError) in _ = try LinuxEdgeInput(place) },
    hasGroup: { getgrnam($0) != nil },
    folder: { path in
      guard access(path, F_OK) == 0 else { return .missing }
      return access(path, W_OK) == 0 ? .writable : .notWritable
    },
    journal: { JournalStorage.current() })
}

extension Paint {
  /// Whether there is colour: the output is a terminal and NO_COLOR is not set (no-color.org).
  static func isWanted(on descriptor: Int32) -> Bool {
    isatty(descriptor) == 1 && (environmentVariable("NO_COLOR") ?? "").isEmpty
  }
}
