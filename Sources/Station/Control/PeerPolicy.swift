import Glibc

/// Who may speak with the daemon, whatever the mode of its socket lets through.
package struct PeerPolicy: Hashable, Sendable {
  package var users: Set<UInt32>
  package var groups: Set<UInt32>

  package init(users: Set<UInt32>, groups: Set<UInt32>) {
    self.users = users
    self.groups = groups
  }

  /// What the kernel calls everybody whom the daemon's user namespace does not know (PrivateUsers=),
  /// and `nobody` outside one: it says nothing about who somebody is (user_namespaces(7)).
  private static let unknown: UInt32 = 65534

  /// Root, a daemon's own user, and the members of its group.
  ///
  /// - Parameters:
  ///   - user: Whom the daemon runs as.
  ///   - group: The group it runs as.
  /// - Returns: A policy by which a daemon that is nobody is asked by root only.
  package static func own(user: UInt32, group: UInt32) -> PeerPolicy {
    PeerPolicy(
      users: Set([0, user]).subtracting([unknown]), groups: Set([group]).subtracting([unknown]))
  }

  /// The policy of this process.
  package static var own: PeerPolicy { own(user: geteuid(), group: getegid()) }

  /// Whether a peer may speak.
  package func admits(_ peer: PeerCredentials) -> Bool {
    users.contains(peer.user) || groups.contains(peer.group)
      || peer.groups.contains { groups.contains($0) }
  }
}
