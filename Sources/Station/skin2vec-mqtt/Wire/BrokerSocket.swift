import Glibc

/// A TCP connection to a broker, whose calls block up to a deadline, or until the stop.
final class BrokerSocket {
  private let descriptor: Int32
  private let stop: StopSignal

  /// Connects to the first address of a host that answers.
  ///
  /// - Parameters:
  ///   - host: A name, or an address.
  ///   - port: Where the broker listens.
  ///   - patience: How long each address may take.
  ///   - stop: Ends every wait.
  /// - Throws: `.unknownHost`, `.unreachable` or `.stopped`.
  init(
    host: String, port: Int, patience: Duration, stop: StopSignal
  ) throws(BrokerError) {
    self.stop = stop
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &list)
    guard code == 0 else { throw .unknownHost(host, String(cString: gai_strerror(code))) }
    defer { freeaddrinfo(list) }
    var failure = ECONNREFUSED
    var next = list
    while let info = next?.pointee {
      switch try Self.connect(info, patience, stop) {
      case .success(let descriptor):
        self.descriptor = descriptor
        return
      case .failure(let code): failure = code.code
      }
      next = info.ai_next
    }
    throw .unreachable("\(host):\(port)", failure)
  }

  deinit { close(descriptor) }

  private struct SystemCode: Error { var code: Int32 }

  private static func connect(
    _ info: addrinfo, _ patience: Duration, _ stop: StopSignal
  ) throws(BrokerError) -> Result<Int32, SystemCode> {
    let kind = info.ai_socktype | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let descriptor = socket(info.ai_family, kind, info.ai_protocol)
    guard descriptor >= 0 else { return .failure(SystemCode(code: errno)) }
    var code = Glibc.connect(descriptor, info.ai_addr, info.ai_addrlen) == 0 ? 0 : errno
    if code == EINPROGRESS {
      guard let isReady = poll([(descriptor, POLLOUT)], for: patience, orUntil: stop) else {
        close(descriptor)
        throw .stopped
      }
      var length = socklen_t(MemoryLayout<Int32>.size)
      code = ETIMEDOUT
      if isReady { getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) }
    }
    guard code == 0 else {
      close(descriptor)
      return .failure(SystemCode(code: code))
    }
    return .success(descriptor)
  }

  /// Sends all the bytes; the stop does not keep a last word from being said.
  func write(_ bytes: [UInt8], within patience: Duration) throws(BrokerError) {
    let deadline = ContinuousClock.now + patience
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        guard ContinuousClock.now < deadline else { throw .timedOut("it takes nothing") }
        var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = Glibc.poll(&polled, 1, 100)
      } else if errno != EINTR {
        throw .closed
      }
    }
  }

  /// The bytes that come within a time; none where none came.
  ///
  /// - Parameters:
  ///   - time: How long to wait for the first of them.
  ///   - isLast: Whether the stop is known already, and no reason to give up.
  /// - Returns: What came.
  /// - Throws: `.closed` or `.stopped`.
  func read(for time: Duration, isLast: Bool = false) throws(BrokerError) -> [UInt8] {
    guard let isReady = poll([(descriptor, POLLIN)], for: time, orUntil: isLast ? nil : stop)
    else { throw .stopped }
    guard isReady else { return [] }
    var chunk = [UInt8](repeating: 0, count: 1024)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    if count > 0 { return Array(chunk[..<count]) }
    if count < 0, errno == EAGAIN || errno == EINTR { return [] }
    throw .closed
  }
}
