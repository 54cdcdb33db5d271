import Control
import Dispatch
import FoundationEssentials
import Glibc
import Synchronization

/// The control socket: what the daemon is asked, and what the command line is answered.
enum ControlSubjects {
  static let plans: [SubjectPlan] = {
    let group = "the control socket"
    return [
      SubjectPlan(name: "requests", group: group, share: 3000) { try RequestSubject($0) },
      SubjectPlan(name: "answers", group: group, share: 3000) { try AnswerSubject($0) },
      SubjectPlan(name: "desk", group: group, share: 500) { try DeskSubject($0) },
      SubjectPlan(name: "storm", group: group, share: 2) { try StormSubject($0) },
    ]
  }()
}

/// A Unix socket of the campaign's own, so that the bytes on it are those of the input.
struct RawSocket: Sendable {
  let descriptor: Int32

  /// Connects to a path.
  init(connectingTo path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard Self.call(Glibc.connect, descriptor, path) == 0 else { throw SystemFault("connect") }
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(
        descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  /// Listens at a path.
  init(listeningAt path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    unlink(path)
    guard Self.call(Glibc.bind, descriptor, path) == 0, listen(descriptor, 16) == 0 else {
      throw SystemFault("listen")
    }
  }

  private init(accepted: Int32) { descriptor = accepted }

  private static func call(
    _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32, _ descriptor: Int32,
    _ path: String
  ) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
    return withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  /// Takes the next connection.
  func accepted() -> RawSocket { RawSocket(accepted: accept(descriptor, nil, nil)) }

  /// Sends all, or as much as the other side takes.
  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// All that comes until the other side ends, or until a line has.
  func read(untilLine: Bool = false) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
      if untilLine, bytes.contains(0x0A) { return bytes }
    }
  }

  /// Says that no more will come.
  func endWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

  func end() { close(descriptor) }
}

/// Runs calls that block on a thread of its own, away from those that everybody shares.
struct BlockingThread: Sendable {
  private let queue = DispatchQueue(label: "campaign")

  func run<Value: Sendable>(_ call: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result(catching: call)) }
    }
  }
}

/// What an answer's line must be.
struct SaidByServer: Decodable {
  var result: String
  var version: Int
  var problem: String?
  var hint: String?
  var message: String?

  /// Reads a line; throws where the server said what no client understands.
  static func read(_ line: [UInt8]) throws -> SaidByServer {
    guard line.last == 0x0A, let said = try? JSONDecoder().decode(Self.self, from: Data(line))
    else {
      throw Broken("the server answered: \(String(decoding: line.prefix(200), as: UTF8.self))")
    }
    try Broken.unless(said.version == 1, "the server speaks version \(said.version)")
    let isWhole =
      said.result == "refused"
      ? said.problem?.isEmpty == false && said.hint?.isEmpty == false : said.result == "done"
    try Broken.unless(isWhole, "an answer without words: \(said)")
    return said
  }
}
