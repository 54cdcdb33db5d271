import Dispatch
import Synchronization

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
    /// Clients that are served at once, the others waiting; default 12.
    package var clients = 12
    /// Those of them that follow; default 4.
    package var followers = 4

    package init() {}
  }

  package typealias Handler =
    @Sendable (ControlRequest, PeerCredentials) async -> ControlResponse
  /// Tells one who follows what there is to tell, until `tell` says that nobody listens any more.
  package typealias Station =
    @Sendable (_ tell: @escaping @Sendable (ControlResponse) async -> Bool) async -> Void
  package typealias Doorkeeper = @Sendable (PeerCredentials) async -> Void

  private let listener: Listener
  private let limits: Limits
  private let policy: PeerPolicy
  private let stop: StopSignal
  private let followers = Mutex(0)

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
  ///   - station: What those who follow hear; by default nothing, and they are told so.
  ///   - refused: Hears of each peer that may not speak, after it was told so.
  /// - Throws: `.system` where the socket fails; never because of a client, or at its end.
  package func serve(
    _ handler: @escaping Handler, station: Station? = nil,
    refused: @escaping Doorkeeper = { _ in }
  ) async throws(ControlError) {
    let end = await withTaskCancellationHandler {
      await acceptClients { connection, peer in
        guard self.policy.admits(peer) else {
          await self.refuse(peer, on: connection)
          return await refused(peer)
        }
        await self.converse(on: connection, with: peer, handler, station)
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
    on connection: Connection, with peer: PeerCredentials, _ handler: Handler, _ station: Station?
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
      } else if request == .follow, let station {
        return await lead(connection, through: station, thread)
      } else {
        response = await handler(request, peer)
      }
    case .failure(.closed): return
    case .failure(let error):
      response = .refused(problem: error.description, hint: error.hint)
    }
    await say(response, on: connection, thread)
  }

  /// Tells one who follows of everything, until either side ends.
  private func lead(
    _ connection: Connection, through station: Station, _ thread: Thread
  ) async {
    let isOneTooMany = followers.withLock { followers in
      followers += 1
      return followers > limits.followers
    }
    defer { followers.withLock { $0 -= 1 } }
    if isOneTooMany {
      let problem = "\(limits.followers) programs follow the station already"
      await say(.refused(problem: problem, hint: "end one of them"), on: connection, thread)
      return
    }
    await station { await self.say($0, on: connection, thread) }
  }

  /// Tells a peer that it may not speak, without reading a word of it.
  private func refuse(_ peer: PeerCredentials, on connection: Connection) async {
    let error = ControlError.stranger(process: peer.process)
    await say(
      .refused(problem: error.description, hint: error.hint), on: connection, Thread())
  }

  /// Sends an answer; false where the client went away, or does not listen, and has itself to blame.
  @discardableResult
  private func say(
    _ response: ControlResponse, on connection: Connection, _ thread: Thread
  ) async -> Bool {
    let outcome = await thread.wait { [limits] () throws(ControlError) in
      let deadline = ContinuousClock.now + limits.patience
      try connection.write(ControlProtocol.line(response), deadline: deadline)
    }
    if case .success = outcome { return true }
    return false
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
