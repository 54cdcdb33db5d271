import Dispatch

/// Runs an actor on a queue of its own, so that a slow card blocks no thread of the shared pool.
///
/// Linux has no `DispatchSerialQueue`, which would be an executor by itself.
final class QueueExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) { queue = DispatchQueue(label: label) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
