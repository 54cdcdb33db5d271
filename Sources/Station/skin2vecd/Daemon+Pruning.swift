import Readings
import Settings
import Store

extension Daemon {
  /// What removes a few of the readings that need not be kept any longer; nil where all are.
  func pruning(_ keep: Settings.Keep) -> (@Sendable (Timestamp) async throws -> Void)? {
    let channels = keep.channels.compactMap { name, time in Channel(name).map { ($0, time) } }
    guard !channels.isEmpty else { return nil }
    let (store, keeping) = (store, Dictionary(uniqueKeysWithValues: channels))
    return { try await store.prune(keeping: keeping, at: $0) }
  }
}
