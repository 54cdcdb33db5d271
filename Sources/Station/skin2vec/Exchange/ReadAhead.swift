import Dispatch
import Store
import Synchronization

/// Reads batches ahead on a thread of its own, while the last ones are being stored.
final class ReadAhead: Sendable {
  /// Batches in memory at most.
  private static let depth = 4

  private struct State {
    var batches: [ImportBatch] = []
    var failure: (any Error)?
    var isAtEnd = false
    var isCancelled = false
  }

  private let state = Mutex(State())
  /// Begins at 0, since a semaphore may not end below where it began.
  private let room = DispatchSemaphore(value: 0)
  private let ready = DispatchSemaphore(value: 0)

  /// Begins to read.
  init(_ source: @escaping @Sendable () throws -> ImportBatch?) {
    for _ in 0..<Self.depth { room.signal() }
    let queue = DispatchQueue(label: "skin2vec.import")
    queue.async { [self] in
      while true {
        room.wait()
        if state.withLock({ $0.isCancelled }) { return }
        let result = Result { try source() }
        let isLast = state.withLock { state in
          switch result {
          case .success(let batch?): state.batches.append(batch)
          case .success(nil): state.isAtEnd = true
          case .failure(let error): state.failure = error
          }
          return state.isAtEnd || state.failure != nil
        }
        ready.signal()
        if isLast { return }
      }
    }
  }

  /// The next batch; nil at the end, and ever after.
  func next() throws -> ImportBatch? {
    ready.wait()
    let result: Result<ImportBatch?, any Error> = state.withLock { state in
      if !state.batches.isEmpty { return .success(state.batches.removeFirst()) }
      return state.failure.map { .failure($0) } ?? .success(nil)
    }
    // The end is told as often as it is asked for.
    if case .success(.some) = result { room.signal() } else { ready.signal() }
    return try result.get()
  }

  /// Lets the thread end where nobody asks any more.
  func cancel() {
    state.withLock { $0.isCancelled = true }
    room.signal()
  }
}
