import Glibc

/// The kernel's end: an open /dev/cuse, which is one device for as long as it is open.
struct CuseChannel: ~Copyable {
  let descriptor: Int32

  init() throws(SystemFailure) {
    descriptor = open("/dev/cuse", O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure("open /dev/cuse") }
  }

  deinit { close(descriptor) }

  /// The next request's bytes; nil where the one that was waiting has been taken back.
  func receive() throws(SystemFailure) -> [UInt8]? {
    // The kernel wants room for the largest request in one read.
    var bytes = [UInt8](repeating: 0, count: 2 * Int(I2CDevice.mostBytes) + 4096)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard count >= 0 else {
      if [EINTR, EAGAIN, ENOENT].contains(errno) { return nil }
      throw SystemFailure("read /dev/cuse")
    }
    return [UInt8](bytes[..<count])
  }

  func send(_ reply: [UInt8]) throws(SystemFailure) {
    guard Glibc.write(descriptor, reply, reply.count) >= 0 else {
      // The caller was interrupted meanwhile and waits no longer.
      if errno == ENOENT { return }
      throw SystemFailure("write /dev/cuse")
    }
  }
}

/// A system call that failed.
struct SystemFailure: Error, CustomStringConvertible {
  var operation: String
  var code: Int32

  /// Takes the code from `errno`: to be made right after the call.
  init(_ operation: String) {
    code = errno
    self.operation = operation
  }

  var description: String { "\(operation): \(String(cString: strerror(code))) (errno \(code))" }
}
