import Glibc

/// Who is at the other end of a connection, as the kernel says.
package struct PeerCredentials: Hashable, Sendable {
  package var process: Int32
  package var user: UInt32
  package var group: UInt32

  package init(process: Int32, user: UInt32, group: UInt32) {
    self.process = process
    self.user = user
    self.group = group
  }

  /// Reads SO_PEERCRED, whose `struct ucred` is three 32-bit numbers (unix(7)).
  init?(of descriptor: Int32) {
    var numbers: (Int32, UInt32, UInt32) = (0, 0, 0)
    var length = socklen_t(12)
    guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &numbers, &length) == 0, length == 12
    else { return nil }
    self.init(process: numbers.0, user: numbers.1, group: numbers.2)
  }
}
