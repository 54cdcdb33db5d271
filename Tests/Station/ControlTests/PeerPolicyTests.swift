import Control
import Glibc
import Readings
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct PeerPolicyTests {
  /// Nobody that could run a test.
  private let others = PeerPolicy(users: [4_000_000_001], groups: [4_000_000_002])

  private func peer(_ user: UInt32, _ group: UInt32, _ groups: [UInt32] = []) -> PeerCredentials {
    PeerCredentials(process: 1, user: user, group: group, groups: groups)
  }

  @Test("root, the daemon's own user and members of its group may speak, others may not")
  func policy() {
    let policy = PeerPolicy.own(user: 120, group: 130)
    #expect(policy.admits(peer(0, 0)))
    #expect(policy.admits(peer(120, 7)))
    #expect(policy.admits(peer(1000, 130)))
    #expect(policy.admits(peer(1000, 1000, [4, 130])))
    #expect(!policy.admits(peer(1000, 1000)))
    #expect(!policy.admits(peer(130, 120, [0, 120])))
  }

  @Test("whom the kernel cannot name is not let in, though the daemon be called the same")
  func unknown() {
    let policy = PeerPolicy.own(user: 65534, group: 65534)
    #expect(!policy.admits(peer(65534, 65534, [65534])))
    #expect(policy.admits(peer(0, 0)))
  }

  @Test("the kernel tells all the groups of a peer")
  func groups() async throws {
    let count = getgroups(0, nil)
    var groups = [gid_t](repeating: 0, count: Int(count))
    try #require(getgroups(count, &groups) == count)
    let told = Mutex<[UInt32]?>(nil)
    try await withServer(
      handler: { _, peer in
        told.withLock { $0 = peer.groups }
        return .done("")
      }
    ) { path in
      _ = try await blocking {
        try ControlClient(path: path, patience: .seconds(300)).send(.status)
      }
    }
    #expect(told.withLock { $0 }?.sorted() == groups.sorted())
  }

  @Test("a stranger is told so, whatever it says, and is never listened to")
  func stranger() async throws {
    let told = Mutex<[PeerCredentials]>([])
    try await withServer(
      policy: others,
      handler: { _, _ in
        Issue.record("a stranger was listened to")
        return .done("")
      }, refused: { peer in told.withLock { $0.append(peer) } }
    ) { path in
      for line in ["", #"{"version":1,"request":"status"}"# + "\n", "no line end"] {
        let text = try await answer(to: line, at: path)
        #expect(text.contains("process \(getpid()) may not speak with skin2vecd"), "\(text)")
        #expect(text.contains("adduser NAME skin2vec"))
      }
    }
    let peers = told.withLock { $0 }
    #expect(peers.map(\.process) == [getpid(), getpid(), getpid()])
    #expect(peers.allSatisfy { $0.user == geteuid() && $0.group == getegid() })
  }

  @Test("the command line hears the refusal, even where it comes before the request was sent")
  func client() async throws {
    try await withServer(policy: others, handler: { _, _ in .done("") }) { path in
      for request in [ControlRequest.status, .who(Person(String(repeating: "x", count: 300_000)))] {
        let response = try await blocking {
          try ControlClient(path: path, patience: .seconds(300)).send(request)
        }
        guard case .refused(let problem, let hint) = response else {
          Issue.record("\(response)")
          continue
        }
        #expect(problem.hasSuffix("its user is not in the daemon's group"))
        #expect(hint == "join the group: 'adduser NAME skin2vec', then log in again")
      }
    }
  }

  @Test("a member is served while strangers are refused")
  func both() async throws {
    let own = PeerPolicy(users: [], groups: [getegid()])
    try await withServer(policy: own, handler: { _, _ in .done("served") }) { path in
      let response = try await blocking {
        try ControlClient(path: path, patience: .seconds(300)).send(.status)
      }
      #expect(response == .done("served"))
    }
  }
}
