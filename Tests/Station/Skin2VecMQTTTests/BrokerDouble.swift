import Glibc
import Synchronization

/// A broker on a loopback port, with a reading of the packets of its own.
final class BrokerDouble: Sendable {
  /// What it does with one connection; the last one is done with all that follow.
  enum Manner: Sendable {
    case good
    /// Answers CONNECT with a return code.
    case refuses(UInt8)
    /// Hangs up once so many messages have come.
    case hangsUp(after: Int)
    /// Answers CONNECT and PUBLISH, and no PINGREQ.
    case ignoresPings
    /// Takes the connection and says nothing.
    case mute
  }

  enum Event: Hashable, Sendable {
    case connected(clientID: String, will: String?, user: String?, password: String?)
    case published(topic: String, payload: String, first: UInt8)
    case ping
    case goodbye
    /// The connection ended without a word.
    case lost
  }

  let port: Int
  /// What came, in order.
  let events: AsyncStream<Event>
  private let feed: AsyncStream<Event>.Continuation
  private let listener: Int32
  private let manners: [Manner]

  init(_ manners: Manner...) throws {
    self.manners = manners.isEmpty ? [.good] : manners
    (events, feed) = AsyncStream.makeStream()
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, length) == 0 && listen(listener, 8) == 0
          && getsockname(listener, address, &length) == 0
      }
    }
    guard isOpen else { throw Failed() }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.start { self.accept() }
  }

  struct Failed: Error {}

  /// From now on nobody listens.
  func close() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func accept() {
    var count = 0
    while true {
      let client = Glibc.accept(listener, nil, nil)
      guard client >= 0 else {
        Glibc.close(listener)
        return feed.finish()
      }
      let manner = manners[min(count, manners.count - 1)]
      count += 1
      Thread.start {
        self.serve(client, manner)
        Glibc.close(client)
      }
    }
  }

  private func serve(_ client: Int32, _ manner: Manner) {
    var published = 0
    while let (first, content) = packet(from: client) {
      var fields = Fields(rest: content[...])
      switch first >> 4 {
      case 1:
        feed.yield(fields.introduction())
        if case .mute = manner { continue }
        guard case .refuses(let code) = manner else {
          reply([0x20, 2, 0, 0], to: client)
          continue
        }
        reply([0x20, 2, 0, code], to: client)
        return
      case 3:
        let topic = fields.text()
        let id = fields.take(2)
        let payload = String(decoding: fields.rest, as: UTF8.self)
        feed.yield(.published(topic: topic, payload: payload, first: first))
        published += 1
        if case .hangsUp(published) = manner { return }
        reply([0x40, 2] + id, to: client)
      case 12:
        feed.yield(.ping)
        if case .ignoresPings = manner { continue }
        reply([0xD0, 0], to: client)
      case 14:
        feed.yield(.goodbye)
        return
      default: return
      }
    }
    feed.yield(.lost)
  }

  private func reply(_ bytes: [UInt8], to client: Int32) {
    send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  private func packet(from client: Int32) -> (UInt8, [UInt8])? {
    guard let first = bytes(1, from: client)?.first else { return nil }
    var (length, scale) = (0, 1)
    while true {
      guard let byte = bytes(1, from: client)?.first else { return nil }
      length += Int(byte % 128) * scale
      scale *= 128
      if byte < 128 { break }
    }
    return bytes(length, from: client).map { (first, $0) }
  }

  private func bytes(_ count: Int, from client: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return count == 0 || recv(client, &bytes, count, Int32(MSG_WAITALL)) == count
      ? bytes : nil
  }
}

/// A thread for what blocks: the pool that the tests share has few.
private final class Thread: Sendable {
  private let body: @Sendable () -> Void

  private init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  static func start(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Thread>.fromOpaque(pointer).takeRetainedValue().body()
        return nil
      }, Unmanaged.passRetained(Thread(body)).toOpaque())
    precondition(code == 0, "there is room for a thread")
    pthread_detach(thread)
  }
}

/// The fields of a packet, taken one by one.
private struct Fields {
  var rest: ArraySlice<UInt8>

  mutating func take(_ count: Int) -> [UInt8] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func text() -> String {
    let length = take(2)
    return String(decoding: take(Int(length[0]) * 256 + Int(length[1])), as: UTF8.self)
  }

  mutating func introduction() -> BrokerDouble.Event {
    _ = text()
    let flags = take(4)[1]
    let clientID = text()
    let will = flags & 4 == 0 ? nil : text() + " " + text()
    let user = flags & 128 == 0 ? nil : text()
    let password = flags & 64 == 0 ? nil : text()
    return .connected(clientID: clientID, will: will, user: user, password: password)
  }
}
