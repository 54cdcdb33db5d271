package import Readings
import Synchronization

/// Sessions that could not be saved yet, oldest first.
///
/// They outlive the settings they were made with, and, where somebody keeps them, the process.
package final class HeldTaps: Sendable {
  /// Keeps all that are held now beyond the end of the process; says whether it could.
  package typealias Keep = @Sendable ([TapSession]) -> Bool

  private let held: Mutex<(sessions: [TapSession], areKept: Bool)>
  private let keep: Keep

  /// Holds what an earlier run has held.
  ///
  /// - Parameters:
  ///   - sessions: What that run could not save, oldest first.
  ///   - keep: By default nobody keeps them.
  package init(_ sessions: [TapSession] = [], keep: @escaping Keep = { _ in false }) {
    held = Mutex((sessions, keep(sessions)))
    self.keep = keep
  }

  package var sessions: [TapSession] { held.withLock(\.sessions) }
  package var count: Int { held.withLock(\.sessions.count) }
  var first: TapSession? { held.withLock(\.sessions.first) }

  /// Whether the next run will find them.
  var areKept: Bool { held.withLock(\.areKept) }

  func append(_ session: TapSession) {
    change { $0.append(session) }
  }

  func removeFirst() {
    change { $0.removeFirst() }
  }

  private func change(_ body: (inout [TapSession]) -> Void) {
    held.withLock { held in
      body(&held.sessions)
      held.areKept = keep(held.sessions)
    }
  }
}
