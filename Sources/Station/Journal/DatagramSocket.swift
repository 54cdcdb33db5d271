import Glibc

/// A Unix datagram socket with one address that everything is sent to.
final class DatagramSocket: Sendable {
  private let descriptor: Int32
  private let address: UnixAddress

  /// Nil where the address is too long, or the process may not have another socket.
  init?(to path: String) {
    guard let address = UnixAddress(path) else { return nil }
    let type = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue)
    descriptor = socket(AF_UNIX, type, 0)
    self.address = address
    guard descriptor >= 0 else { return nil }
  }

  deinit { close(descriptor) }

  /// Sends one datagram and returns 0, or the errno where nobody took it.
  ///
  /// - Parameters:
  ///   - bytes: The whole message.
  ///   - patience: How long to wait for room in the receiver's queue; nil does not wait at all.
  /// - Returns: 0, or an errno.
  func send(_ bytes: [UInt8], patience: Duration? = nil) -> Int32 {
    var flags = Int32(MSG_NOSIGNAL)
    if let patience {
      var limit = timeval(tv_sec: Int(patience.components.seconds), tv_usec: 0)
      setsockopt(
        descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    } else {
      flags |= Int32(MSG_DONTWAIT)
    }
    while true {
      let sent = address.withSockaddr { sendto(descriptor, bytes, bytes.count, flags, $0, $1) }
      if sent >= 0 { return 0 }
      if errno != EINTR { return errno }
    }
  }
}

/// The address of a Unix socket: a path, or a name in the abstract space, written `@name`.
struct UnixAddress: Sendable {
  private let storage: sockaddr_un
  private let length: socklen_t

  /// Nil where the path is empty or does not fit into the 108 bytes that unix(7) allows.
  init?(_ path: String) {
    var bytes = Array(path.utf8)
    let isAbstract = bytes.first == UInt8(ascii: "@")
    if isAbstract { bytes[0] = 0 } else { bytes.append(0) }
    var storage = sockaddr_un()
    guard bytes.count > 1, bytes.count <= MemoryLayout.size(ofValue: storage.sun_path) else {
      return nil
    }
    storage.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &storage.sun_path) { $0.copyBytes(from: bytes) }
    self.storage = storage
    // An abstract name ends where the length says, a path at its NUL.
    length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
  }

  func withSockaddr<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }
}
