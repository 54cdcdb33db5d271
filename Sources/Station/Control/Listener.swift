import Glibc

/// A Unix socket that takes connections; the file is removed with it.
final class Listener: Sendable {
  private let file: OpenFile
  private let path: String
  private let identity: FileIdentity?

  /// Binds the path, after clearing away a socket that a daemon left there when it was killed.
  init(path: String) throws(ControlError) {
    try Listener.clear(path)
    let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    let descriptor = socket(AF_UNIX, Int32(type), 0)
    guard descriptor >= 0 else { throw .system(call: "socket", code: errno) }
    file = OpenFile(descriptor)
    // Nobody but the owner until the mode is as it should be.
    fchmod(descriptor, 0o600)
    let code = withUnixAddress(path) { address, length in
      bind(descriptor, address, length) == 0 ? 0 : errno
    }
    guard let code else { throw .unusable(path: path) }
    self.path = path
    identity = code == 0 ? FileIdentity(path) : nil
    switch code {
    case 0: break
    case EACCES, EPERM, EROFS: throw .denied(path: path)
    default: throw .system(call: "bind", code: code)
    }
    guard chmod(path, 0o660) == 0, listen(descriptor, 16) == 0 else {
      throw .system(call: "listen", code: errno)
    }
  }

  deinit { remove() }

  /// Takes the file away, if it is still this listener's.
  func remove() {
    if let identity, FileIdentity(path) == identity { unlink(path) }
  }

  /// Waits for somebody to connect; throws `.closed` once `stop` is raised.
  func accept(stop: StopSignal) throws(ControlError) -> (Connection, PeerCredentials) {
    while true {
      try wait(for: file, Int16(POLLIN), deadline: nil, stop: stop)
      let descriptor = Glibc.accept(file.descriptor, nil, nil)
      guard descriptor >= 0 else {
        switch errno {
        case EAGAIN, EINTR, ECONNABORTED: continue
        // No descriptors or memory left, which passes.
        case EMFILE, ENFILE, ENOMEM, ENOBUFS: try pause(stop)
        case let code: throw .system(call: "accept", code: code)
        }
        continue
      }
      let connection = Connection(file: OpenFile(descriptor))
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      if let peer = PeerCredentials(of: descriptor) { return (connection, peer) }
    }
  }

  /// A tenth of a second, or less where `stop` is raised.
  private func pause(_ stop: StopSignal) throws(ControlError) {
    do {
      try wait(
        for: stop.raised, Int16(POLLIN), deadline: .now + .milliseconds(100), stop: nil)
    } catch .timedOut {
      return
    }
    throw .closed
  }

  private static func clear(_ path: String) throws(ControlError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw .unusable(path: path) }
    let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard probe >= 0 else { throw .system(call: "socket", code: errno) }
    defer { close(probe) }
    let code = withUnixAddress(path) { address, length in
      connect(probe, address, length) == 0 ? 0 : errno
    }
    switch code {
    case ECONNREFUSED: unlink(path)
    case ENOENT: break
    case EACCES, EPERM: throw .denied(path: path)
    default: throw .alreadyRunning(path: path)
    }
  }
}

/// Which file it is, whatever it is called.
private struct FileIdentity: Equatable {
  var device: UInt64
  var inode: UInt64

  init?(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }
}
