import Control
import Dispatch
import Glibc
import TestSupport

/// A raw client or server of the test's own, so that the bytes on the wire are those of the test.
///
/// All of it blocks, hence the queue.
struct RawSocket: Sendable {
  let descriptor: Int32

  struct Failure: Error { var code: Int32 }

  /// Connects to a path.
  init(connectingTo path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    try Self.call(Glibc.connect, descriptor, path)
  }

  /// Listens at a path.
  init(listeningAt path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    try Self.call(Glibc.bind, descriptor, path)
    guard listen(descriptor, 4) == 0 else { throw Failure(code: errno) }
  }

  private init(accepted: Int32) { descriptor = accepted }

  private static func call(
    _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32, _ descriptor: Int32,
    _ path: String
  ) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw Failure(code: errno) }
  }

  /// Takes the next connection.
  func accepted() -> RawSocket { RawSocket(accepted: accept(descriptor, nil, nil)) }

  func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// All that comes until the other side ends.
  func readToEnd() -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
  }

  func end() { close(descriptor) }
}

/// Runs a call that blocks, away from the threads that tests and servers share.
func blocking<Value: Sendable>(
  _ call: @escaping @Sendable () throws -> Value
) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    // A serial queue has a thread of its own.
    DispatchQueue(label: "test").async { continuation.resume(with: Result(catching: call)) }
  }
}

/// What one line asked of the socket is answered with.
func answer(to text: String, at path: String) async throws -> String {
  try await blocking {
    let socket = try RawSocket(connectingTo: path)
    defer { socket.end() }
    socket.write(text)
    return socket.readToEnd()
  }
}

/// Runs a body with a path in a folder that nobody else uses.
func withSocketPath<Result>(
  _ body: (String) async throws -> Result
) async throws -> Result {
  var template = Array("/tmp/skin2vec-test-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { throw RawSocket.Failure(code: errno) }
  let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  let path = folder + "/control.sock"
  defer {
    unlink(path)
    rmdir(folder)
  }
  return try await body(path)
}

/// Runs a body beside a server, and stops the server at its end.
func withServer<Result: Sendable>(
  limits: ControlServer.Limits = .init(), policy: PeerPolicy = .own,
  handler: @escaping ControlServer.Handler,
  refused: @escaping ControlServer.Doorkeeper = { _ in }, _ body: (String) async throws -> Result
) async throws -> Result {
  try await withSocketPath { path in
    let server = try ControlServer(path: path, limits: limits, policy: policy)
    let service = Task(executorPreference: OwnThread()) {
      try await server.serve(handler, refused: refused)
    }
    do {
      let result = try await body(path)
      service.cancel()
      try await service.value
      return result
    } catch {
      service.cancel()
      throw error
    }
  }
}

func exists(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0
}
