/// One connection to a broker that lets the client in, until it ends.
///
/// One message at a time is under way: the broker is at hand, and there is little to say.
final class BrokerSession {
  private let socket: BrokerSocket
  private var incoming = PacketBuffer()
  private let keepAlive: Duration
  private var lastSent = ContinuousClock.now
  private var pingSent: ContinuousClock.Instant?
  private var lastID: UInt16 = 0
  /// How long a broker may take for an answer.
  private let patience: Duration

  /// Connects, and introduces itself.
  ///
  /// - Parameters:
  ///   - broker: Where it is.
  ///   - introduction: Who comes.
  ///   - patience: How long a broker may take for an answer.
  ///   - stop: Ends every wait.
  /// - Throws: Why there is no session; `.refused` with the broker's reason.
  init(
    _ broker: (host: String, port: Int), _ introduction: Introduction,
    patience: Duration = .seconds(10), stop: StopSignal
  ) throws(BrokerError) {
    self.patience = patience
    keepAlive = .seconds(Int(introduction.keepAliveSeconds))
    socket = try BrokerSocket(
      host: broker.host, port: broker.port, patience: patience, stop: stop)
    try send(.connect(introduction))
    let refusal = try answer(to: "CONNECT") { packet in
      if case .answer(let refusal) = packet { .some(refusal) } else { nil }
    }
    if let refusal { throw .refused(refusal) }
  }

  /// Publishes a message, and waits until the broker has it.
  ///
  /// - Parameters:
  ///   - message: What is to be known.
  ///   - isLast: Whether it is said on the way out, though the stop is raised.
  /// - Throws: Why it is not known whether the broker has it.
  func publish(_ message: Message, isLast: Bool = false) throws(BrokerError) {
    // 2.3.1: never 0. One message at a time: a number is free again when its turn comes.
    lastID = lastID == .max ? 1 : lastID + 1
    let id = lastID
    try send(.publish(message, id: id))
    try answer(to: "PUBLISH", isLast: isLast) { $0 == .taken(id: id) ? .some(()) : nil }
  }

  /// Keeps the connection alive for a time, or until the stop.
  func idle(for time: Duration) throws(BrokerError) {
    let end = ContinuousClock.now + time
    repeat {
      try ping()
      let rest = max(.zero, ContinuousClock.now.duration(to: end))
      incoming.append(try socket.read(for: min(rest, .seconds(1))))
      while let packet = try incoming.next() { take(packet) }
    } while ContinuousClock.now < end
  }

  /// Says good-bye, so that the broker throws the will away (3.14.4).
  func disconnect() throws(BrokerError) { try send(.disconnect) }

  /// Asks for a sign of life at half of the time in which the broker wants one itself, and waits for
  /// it during the other half.
  private func ping() throws(BrokerError) {
    if let pingSent, pingSent.duration(to: .now) > keepAlive / 2 { throw .timedOut("PINGREQ") }
    guard pingSent == nil, lastSent.duration(to: .now) >= keepAlive / 2 else { return }
    try send(.pingRequest)
    pingSent = .now
  }

  private func take(_ packet: BrokerPacket) {
    if packet == .pingResponse { pingSent = nil }
  }

  private func send(_ packet: ClientPacket) throws(BrokerError) {
    try socket.write(packet.bytes, within: patience)
    lastSent = .now
  }

  /// Waits for one packet; the others are taken as they come.
  @discardableResult
  private func answer<Answer>(
    to name: String, isLast: Bool = false, _ body: (BrokerPacket) -> Answer?
  ) throws(BrokerError) -> Answer {
    let deadline = ContinuousClock.now + patience
    while true {
      while let packet = try incoming.next() {
        if let answer = body(packet) { return answer }
        take(packet)
      }
      let rest = ContinuousClock.now.duration(to: deadline)
      guard rest > .zero else { throw .timedOut(name) }
      incoming.append(try socket.read(for: rest, isLast: isLast))
    }
  }
}
