import Dispatch

/// Answers the command line on a local socket (mode 0660).
///
/// Listens from the moment it is made, so that a daemon can say it is ready; `serve` answers.
/// Whoever connects and may speak has one line to ask, and gets one line back. Others are told so,
/// and not listened to.
package final class ControlServer: Sendable {
  /// What one client may cost.
  package struct Limits: Hashable, Sendable {
    /// The longest request in bytes; default 64 KiB.
    package var longestLine = 64 * 1024
    /// How long a request may take to arrive, and an answer to be taken; default 5 s.
    package var patience = Duration.seconds(5)
    /// Clients that are served at once, the others waiting; default 8.
    package var clients = 8

    package init() {}
  }

  package typealias Handler =
    @Sendable (ControlRequest, PeerCredentials) async -> ControlResponse
  package typealias Doorkeeper = @Sendable (PeerCredentials) async -> Void

  private let listener: Listener
  private let limits: Limits
  private let policy: PeerPolicy
  private let stop: StopSignal

  /// Begins to listen.
  ///
  /// - Parameters:
  ///   - path: The socket's path; its folder must be there.
  ///   - limits: What one client may cost.
  ///   - policy: Who may speak; by default root, this process's user and members of its group.
  /// - Throws: `.alreadyRunning` where another daemon listens there; otherwise why it cannot.
  package init(
    path: String, limits: Limits = Limits(), policy: PeerPolicy = .own
  ) throws(ControlError) {
    self.limits = limits
    self.policy = policy
    stop = try StopSignal()
    listener = try Listener(path: path)
  }

  /// Answers until the task is cancelled, then removes the socket and ends.
  ///
  /// A request that is being handled is answered first; its handler sees the cancellation. A server
  /// serves once.
  ///
  /// - Parameters:
  ///   - handler: Does what is asked. It runs concurrently with itself.
  ///   - refused: Hears of each peer that may not speak, after it was told so.
  /// - Throws: `.system` where the socket fails; never because of a client, or at its end.
  package func serve(
    _ handler: @escaping Handler, refused: @escaping Doorkeeper = { _ in }
  ) async throws(ControlError) {
    let end = await withTaskCancellationHandler {
      await acceptClients { connection, peer in
        guard self.policy.admits(peer) else {
          await self.refuse(peer, on: connection)
          return await refused(peer)
        }
        await self.converse(on: connection, with: peer, handler)
      }
    } onCancel: {
      stop.raise()
    }
    listener.remove()
    if end != .closed { throw end }
  }

  /// Accepts until the listener fails, or is stopped, which it says.
  private func acceptClients(
    _ receive: @escaping @Sendable (Connection, PeerCredentials) async -> Void
  ) async -> ControlError {
    let thread = Thread()
    return await withTaskGroup(of: Void.self) { group in
      var active = 0
      while true {
        if active >= limits.clients {
          await group.next()
          active -= 1
        }
        switch await thread.wait({ [listener, stop] () throws(ControlError) in
          try listener.accept(stop: stop)
        }) {
        case .success(let (connection, peer)):
          active += 1
          group.addTask { await receive(connection, peer) }
        case .failure(let error): return error
        }
      }
    }
  }

  private func converse(
    on connection: Connection, with peer: PeerCredentials, _ handler: Handler
  ) async {
    let thread = Thread()
    let response: ControlResponse
    switch await thread.wait({ [limits, stop] () throws(ControlError) in
      let deadline = ContinuousClock.now + limits.patience
      let line = try connection.readLine(
        limit: limits.longestLine, deadline: deadline, stop: stop)
      return try ControlProtocol.message(ControlRequest.self, in: line)
    }) {
    case .success(let request):
      if let problem = request.problem {
        response = .refused(problem: problem, hint: "nothing was changed: ask again")
      } else {
        response = await handler(request, peer)
      }
    case .failure(.closed): return
    case .failure(let error):
      response = .refused(problem: error.description, hint: error.hint)
    }
    await say(response, on: connection, thread)
  }

  /// Tells a peer that it may not speak, without reading a word of it.
  private func refuse(_ peer: PeerCredentials, on connection: Connection) async {
    let error = ControlError.stranger(process: peer.process)
    await say(
      .refused(problem: error.description, hint: error.hint), on: connection, Thread())
  }

  private func say(
    _ response: ControlResponse, on connection: Connection, _ thread: Thread
  ) async {
    // A client that went away, or does not listen, has itself to blame.
    _ = await thread.wait { [limits] () throws(ControlError) in
      let deadline = ContinuousClock.now + limits.patience
      try connection.write(ControlProtocol.line(response), deadline: deadline)
    }
  }
}

/// Where one thing at a time may wait, so that it never holds up the shared pool.
///
/// A serial queue has a thread beyond the pool's number; a concurrent one shares the pool's.
private struct Thread: Sendable {
  private let queue = DispatchQueue(label: "control")

  func wait<Value: Sendable>(
    _ call: @escaping @Sendable () throws(ControlError) -> Value
  ) async -> Result<Value, ControlError> {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: Result(catching: call)) }
    }
  }
}
