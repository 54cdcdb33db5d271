import Glibc

/// Who is at the other end of a connection, as the kernel says.
package struct PeerCredentials: Hashable, Sendable {
  package var process: Int32
  package var user: UInt32
  package var group: UInt32
  /// The further groups it is a member of.
  package var groups: [UInt32]

  package init(process: Int32, user: UInt32, group: UInt32, groups: [UInt32] = []) {
    self.process = process
    self.user = user
    self.group = group
    self.groups = groups
  }

  /// Reads SO_PEERCRED, whose `struct ucred` is three 32-bit numbers (unix(7)), and SO_PEERGROUPS.
  init?(of descriptor: Int32) {
    var numbers: (Int32, UInt32, UInt32) = (0, 0, 0)
    var length = socklen_t(12)
    guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &numbers, &length) == 0, length == 12
    else { return nil }
    self.init(
      process: numbers.0, user: numbers.1, group: numbers.2,
      groups: Self.furtherGroups(of: descriptor))
  }

  /// What SO_PEERGROUPS says; none where the kernel does not say, so that nobody is let in by it.
  private static func furtherGroups(of descriptor: Int32) -> [UInt32] {
    var groups = [UInt32](repeating: 0, count: 64)
    for _ in 0..<2 {
      var length = socklen_t(groups.count * 4)
      if getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, &groups, &length) == 0 {
        return Array(groups.prefix(Int(length) / 4))
      }
      // ERANGE comes with the length that it takes.
      guard errno == ERANGE else { return [] }
      groups = [UInt32](repeating: 0, count: Int(length) / 4)
    }
    return []
  }
}
