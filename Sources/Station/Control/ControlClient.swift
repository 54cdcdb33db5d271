import Glibc

/// Asks the daemon, from a program that has nothing else to do meanwhile: its calls block.
package struct ControlClient: Sendable {
  private let path: String
  private let patience: Duration
  private let longestLine = 4 * 1024 * 1024

  /// A client for a socket's path, and for how long it waits for an answer.
  package init(path: String, patience: Duration = .seconds(10)) {
    self.path = path
    self.patience = patience
  }

  /// Sends a request and waits for the answer.
  ///
  /// - Parameter request: What is asked.
  /// - Returns: The daemon's answer, a refusal included.
  /// - Throws: `.notRunning` where no daemon listens; otherwise why there is no answer.
  package func send(_ request: ControlRequest) throws(ControlError) -> ControlResponse {
    let line = try ControlProtocol.line(request)
    let deadline = ContinuousClock.now + patience
    let connection = Connection(file: try connect())
    do {
      try connection.write(line, deadline: deadline)
    } catch .closed {
      // Whoever may not speak is told so, and not listened to: the answer is there already.
    }
    let answer = try connection.readLine(limit: longestLine, deadline: deadline)
    return try ControlProtocol.message(ControlResponse.self, in: answer)
  }

  /// Follows the station: its status now and then, and each step of a tap as it comes.
  ///
  /// - Parameters:
  ///   - stop: Ends it.
  ///   - receive: Takes what comes; false where no more is wanted.
  /// - Throws: `.notRunning` where no daemon listens, `.closed` at its end, `.timedOut` where it
  ///   says nothing for longer than the client's patience.
  package func follow(
    until stop: StopSignal, _ receive: (ControlResponse) -> Bool
  ) throws(ControlError) {
    let connection = Connection(file: try connect())
    try connection.write(
      try ControlProtocol.line(ControlRequest.follow), deadline: ContinuousClock.now + patience)
    try connection.readLines(limit: longestLine, patience: patience, stop: stop) {
      (line) throws(ControlError) in
      receive(try ControlProtocol.message(ControlResponse.self, in: line))
    }
  }

  private func connect() throws(ControlError) -> OpenFile {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, type, 0)
    guard descriptor >= 0 else { throw .system(call: "socket", code: errno) }
    let file = OpenFile(descriptor)
    // A full queue makes connect wait, for as long as a send may take (unix(7)).
    let (seconds, attoseconds) = patience.components
    var limit = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let code = withUnixAddress(path) { address, length in
      Glibc.connect(descriptor, address, length) == 0 ? 0 : errno
    }
    switch code {
    case 0: return file
    case nil: throw .unusable(path: path)
    case ENOENT, ECONNREFUSED: throw .notRunning(path: path)
    case EACCES, EPERM: throw .denied(path: path)
    case EAGAIN: throw .timedOut
    case .some(let code): throw .system(call: "connect", code: code)
    }
  }
}
