import Glibc

/// A flag that ends whatever waits; once raised it stays so.
final class StopSignal: Sendable {
  /// Readable once it is raised.
  let raised: Int32
  private let input: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0, "a process begins with room for two more files")
    (raised, input) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  deinit {
    close(raised)
    close(input)
  }

  func raise() {
    var byte: UInt8 = 1
    // One byte in an empty pipe always fits, and a second raise adds nothing.
    _ = write(input, &byte, 1)
  }

  var isRaised: Bool { wait(for: .zero) }

  /// Waits for a time, or until it is raised; true where it was.
  @discardableResult
  func wait(for time: Duration) -> Bool {
    poll([], for: time, orUntil: self) == nil
  }
}

/// Waits until one of some files is ready, for a time at most.
///
/// - Parameters:
///   - files: Each with the events that are waited for.
///   - time: How long.
///   - stop: Ends the wait, where one is given.
/// - Returns: Whether a file is ready; nil where `stop` was raised.
func poll(_ files: [(Int32, Int32)], for time: Duration, orUntil stop: StopSignal?) -> Bool? {
  let deadline = ContinuousClock.now + time
  while true {
    var polled = files.map { pollfd(fd: $0.0, events: Int16($0.1), revents: 0) }
    // A negative number is of no file, and poll passes it over.
    polled.append(pollfd(fd: stop?.raised ?? -1, events: Int16(POLLIN), revents: 0))
    let rest = max(.zero, ContinuousClock.now.duration(to: deadline))
    // A signal ends poll early; the clock says how long is left.
    let count = poll(
      &polled, nfds_t(polled.count), Int32(min((rest / .milliseconds(1)).rounded(.up), 3_600_000)))
    if polled.last?.revents != 0, count > 0 { return nil }
    if count > 0 { return true }
    if ContinuousClock.now >= deadline { return false }
  }
}
