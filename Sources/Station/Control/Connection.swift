import Glibc

/// An open file, closed when nobody holds it any more.
final class OpenFile: Sendable {
  let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }
}

/// One side of a conversation, line by line, whose calls block up to a deadline.
struct Connection: Sendable {
  let file: OpenFile

  /// Reads one line, without its line break; what comes after it is not read.
  ///
  /// - Parameters:
  ///   - limit: The most bytes it may have.
  ///   - deadline: When to give up.
  ///   - stop: Gives up at once when this is raised.
  /// - Returns: The line's bytes.
  /// - Throws: `.timedOut`, `.tooLong`, `.closed` or `.system`.
  func readLine(
    limit: Int, deadline: ContinuousClock.Instant, stop: StopSignal? = nil
  ) throws(ControlError) -> [UInt8] {
    var line: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      try wait(for: file, Int16(POLLIN), deadline: deadline, stop: stop)
      let count = recv(file.descriptor, &chunk, chunk.count, Int32(MSG_DONTWAIT))
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      if count == 0 || (count < 0 && errno == ECONNRESET) { throw .closed }
      guard count > 0 else { throw .system(call: "recv", code: errno) }
      if let end = chunk[..<count].firstIndex(of: ControlProtocol.newline) {
        line += chunk[..<end]
        guard line.count <= limit else { throw .tooLong(limit) }
        return line
      }
      line += chunk[..<count]
      guard line.count <= limit else { throw .tooLong(limit) }
    }
  }

  /// Reads line after line until one is not wanted, or the other side goes.
  ///
  /// - Parameters:
  ///   - limit: The most bytes one may have.
  ///   - patience: How long the next may take.
  ///   - stop: Gives up at once when this is raised.
  ///   - receive: Takes a line without its line break; false where no more are wanted.
  /// - Throws: `.timedOut`, `.tooLong`, `.closed` or `.system`.
  func readLines(
    limit: Int, patience: Duration, stop: StopSignal,
    _ receive: ([UInt8]) throws(ControlError) -> Bool
  ) throws(ControlError) {
    var rest: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      while let end = rest.firstIndex(of: ControlProtocol.newline) {
        guard try receive(Array(rest[..<end])) else { return }
        rest.removeFirst(end + 1)
      }
      guard rest.count <= limit else { throw .tooLong(limit) }
      let deadline = ContinuousClock.now + patience
      try wait(for: file, Int16(POLLIN), deadline: deadline, stop: stop)
      let count = recv(file.descriptor, &chunk, chunk.count, Int32(MSG_DONTWAIT))
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      if count == 0 || (count < 0 && errno == ECONNRESET) { throw .closed }
      guard count > 0 else { throw .system(call: "recv", code: errno) }
      rest += chunk[..<count]
    }
  }

  /// Writes all the bytes, or throws.
  func write(_ bytes: [UInt8], deadline: ContinuousClock.Instant) throws(ControlError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      try wait(for: file, Int16(POLLOUT), deadline: deadline, stop: nil)
      let count = rest.withUnsafeBytes {
        send(file.descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      if count < 0, errno == EPIPE || errno == ECONNRESET { throw .closed }
      guard count >= 0 else { throw .system(call: "send", code: errno) }
      rest = rest.dropFirst(count)
    }
  }
}

/// Waits until a file is ready, the deadline (nil is never) has passed, or `stop` is raised.
func wait(
  for file: OpenFile, _ events: Int16, deadline: ContinuousClock.Instant?, stop: StopSignal?
) throws(ControlError) {
  while true {
    var polled = [pollfd(fd: file.descriptor, events: events, revents: 0)]
    if let stop {
      polled.append(pollfd(fd: stop.raised.descriptor, events: Int16(POLLIN), revents: 0))
    }
    let rest = deadline.map { ContinuousClock.now.duration(to: $0) }
    if let rest, rest <= .zero { throw .timedOut }
    // An hour at a time, lest a long wait overflow.
    let limit = rest.map { Int32(min($0 / .milliseconds(1), 3_600_000).rounded(.up)) } ?? -1
    let count = poll(&polled, nfds_t(polled.count), limit)
    if count < 0, errno != EINTR { throw .system(call: "poll", code: errno) }
    if count <= 0 { continue }
    if polled.count > 1, polled[1].revents != 0 { throw .closed }
    if polled[0].revents != 0 { return }
  }
}

/// A flag that wakes whoever waits: once raised it stays so.
package final class StopSignal: Sendable {
  /// Readable once the signal is raised.
  let raised: OpenFile
  private let input: OpenFile

  /// A flag that is not raised yet.
  package init() throws(ControlError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .system(call: "pipe", code: errno) }
    (raised, input) = (OpenFile(ends[0]), OpenFile(ends[1]))
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  /// Whether it was raised.
  package var isRaised: Bool {
    var polled = pollfd(fd: raised.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&polled, 1, 0) > 0
  }

  /// Waits until it is raised, for so long at most.
  package func wait(for duration: Duration) {
    var polled = pollfd(fd: raised.descriptor, events: Int16(POLLIN), revents: 0)
    _ = poll(
      &polled, 1,
      Int32(
        clamping: duration.components.seconds * 1000
          + duration.components.attoseconds / 1_000_000_000_000_000))
  }

  /// Raises it, for ever.
  package func raise() {
    var byte: UInt8 = 1
    // One byte in an empty pipe always fits, and a second raise adds nothing.
    _ = write(input.descriptor, &byte, 1)
  }
}

/// Calls a system call with the address of a Unix socket, or nil where the path does not fit.
func withUnixAddress<Result>(
  _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
) -> Result? {
  var address = sockaddr_un()
  let bytes = Array(path.utf8) + [0]
  guard path.hasPrefix("/"), bytes.count <= MemoryLayout.size(ofValue: address.sun_path) else {
    return nil
  }
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
  let length = socklen_t(MemoryLayout<sockaddr_un>.size)
  return withUnsafePointer(to: address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
  }
}
