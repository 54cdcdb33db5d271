import ServiceLifecycle
import Bus

/// Runs an operation until it returns or the station is told to stop, which cancels it.
///
/// Does what the library's `cancelWhenGracefulShutdown` does, without a task outside the caller's
/// executor, so that a simulation stops at the same moment every time.
///
/// - Parameter operation: Ends soon after it is cancelled.
/// - Throws: What the operation throws.
package func untilShutdown(
  _ operation: @Sendable @escaping () async throws -> Void
) async rethrows {
  let stop = Mailbox<Void>()
  try await withGracefulShutdownHandler {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await operation() }
      group.addTask { await stop.interruption() }
      do {
        try await group.next()
      } catch {
        group.cancelAll()
        throw error
      }
      group.cancelAll()
      try await group.waitForAll()
    }
  } onGracefulShutdown: {
    stop.interrupt()
  }
}
