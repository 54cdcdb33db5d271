import Glibc
package import Readings

/// Writes readable lines, one a notice, for a person at a terminal.
package struct NoticePrinter: Sendable {
  private let descriptor: Int32
  private let isColoured: Bool
  private let localTime: @Sendable (Timestamp?) -> String

  /// When lines are coloured.
  package enum Colour: Sendable {
    /// Where the output is a terminal and NO_COLOR is not set (no-color.org).
    case automatic
    case always, never
  }

  /// A printer.
  ///
  /// - Parameters:
  ///   - descriptor: An open file; standard error by default.
  ///   - colour: When lines are coloured.
  ///   - localTime: Words a time on the person's clock; nil asks for the time it is now.
  package init(
    descriptor: Int32 = STDERR_FILENO, colour: Colour = .automatic,
    localTime: @escaping @Sendable (Timestamp?) -> String
  ) {
    self.descriptor = descriptor
    self.localTime = localTime
    isColoured =
      switch colour {
      case .always: true
      case .never: false
      case .automatic:
        isatty(descriptor) == 1 && (environmentVariable("NO_COLOR") ?? "").isEmpty
      }
  }

  /// The line for a notice, without its line break: `22:14:03 warning: the part is lost`.
  package func line(for notice: Notice) -> String { words(Line(notice)) }

  /// Writes a line.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - waits: Whether to wait for a reader that is slow; a line that it has no room for is left out
  ///     otherwise.
  func write(_ line: Line, waits: Bool = true) {
    let bytes = Array((words(line) + "\n").utf8)
    var rest = bytes[...]
    while !rest.isEmpty {
      guard waits || hasRoom else { return }
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno != EINTR {
        return  // A terminal that is gone cannot be told so.
      }
    }
  }

  /// Whether a short write returns at once: a socket says so while three quarters of its room are
  /// free, a pipe while 4096 bytes are.
  private var hasRoom: Bool {
    var output = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&output, 1, 0) == 1 && output.revents & Int16(POLLOUT) != 0
  }

  private func words(_ line: Line) -> String {
    let word =
      switch line.priority {
      case ...3: "error: "
      case 4: "warning: "
      default: ""
      }
    let time = localTime(line.time)
    let text = line.text.filter { !$0.isControl || $0 == "\n" || $0 == "\t" }
    guard isColoured else { return "\(time) \(word)\(text)" }
    let colour =
      switch line.priority {
      case ...3: "\u{1B}[31m"
      case 4: "\u{1B}[33m"
      case 7...: "\u{1B}[2m"
      default: ""
      }
    let end = colour.isEmpty ? "" : "\u{1B}[0m"
    return "\u{1B}[2m\(time)\u{1B}[0m \(colour)\(word)\(text)\(end)"
  }
}

extension Character {
  /// Whether a terminal may take it for an order rather than for text.
  fileprivate var isControl: Bool {
    unicodeScalars.contains { $0.properties.generalCategory == .control }
  }
}
