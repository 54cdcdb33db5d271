import Dispatch

/// A thread beyond the pool of those that all tests share, for a server that is to answer in time.
package final class OwnThread: TaskExecutor {
  private let queue = DispatchQueue(label: "server")

  package init() {}

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
