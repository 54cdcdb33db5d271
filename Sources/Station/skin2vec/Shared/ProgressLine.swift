import Glibc

/// One line on a terminal that says how far long work has come, written over and over.
final class ProgressLine {
  private let write: (@Sendable (String) -> Void)?
  private var shown = ""

  /// A line at a desk; nothing is shown where that is no terminal.
  init(at desk: Desk) { write = desk.overwrite }

  /// Shows a share of 0 to 1, and what is being done.
  func show(_ share: Double, _ doing: String) {
    let text = "\(Int((min(max(share, 0), 1) * 100).rounded(.down))) % \(doing)"
    guard let write, text != shown else { return }
    shown = text
    write("\r\u{1B}[K" + text)
  }

  /// Takes the line away.
  func clear() {
    if let write, !shown.isEmpty { write("\r\u{1B}[K") }
    shown = ""
  }
}

extension Desk {
  /// Writes to standard error as it is; nil where that is no terminal.
  static var terminal: (@Sendable (String) -> Void)? {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
    return { text in
      // A terminal that is gone cannot be told so.
      _ = Glibc.write(STDERR_FILENO, text, text.utf8.count)
    }
  }
}
