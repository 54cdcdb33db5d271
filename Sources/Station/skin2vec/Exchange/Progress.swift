import Glibc
import Synchronization

/// One line on a terminal that is written over and over; nothing anywhere else.
final class Progress: Sendable {
  private let isShown: Bool
  private let last = Mutex(ContinuousClock.now - .seconds(1))

  init(_ desk: Desk, isWanted: Bool) { isShown = isWanted && isatty(STDERR_FILENO) == 1 }

  /// Shows how far it is, a few times a second.
  func show(_ words: String) {
    guard isShown else { return }
    let isDue = last.withLock { last in
      guard ContinuousClock.now - last > .milliseconds(200) else { return false }
      last = .now
      return true
    }
    if isDue { say("\r\u{1B}[K" + words) }
  }

  /// Clears the line.
  func clear() { if isShown { say("\r\u{1B}[K") } }

  private func say(_ text: String) {
    // Standard error may be gone; the work goes on.
    _ = write(STDERR_FILENO, text, text.utf8.count)
  }
}
