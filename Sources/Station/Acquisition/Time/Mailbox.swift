package import Bus
import Synchronization

/// Elements on their way from many senders to one reader, who may wait for them or look.
package final class Mailbox<Element: Sendable>: Sendable {
  fileprivate struct State {
    var elements: [Element] = []
    var isInterrupted = false
    var waiter: (id: UInt64, continuation: CheckedContinuation<Void, Never>)?
    var lastID: UInt64 = 0
    /// A waiter that was cancelled before it could wait.
    var cancelledID: UInt64 = 0
  }

  private let state = Mutex(State())

  package init() {}

  /// Adds an element and wakes the reader.
  package func send(_ element: Element) {
    let waiter = state.withLock { state in
      state.elements.append(element)
      return state.takeWaiter()
    }
    waiter?.resume()
  }

  /// From now on nobody waits: what is there can be taken, and then nil comes at once.
  package func interrupt() {
    let waiter = state.withLock { state in
      state.isInterrupted = true
      return state.takeWaiter()
    }
    waiter?.resume()
  }

  package var isInterrupted: Bool { state.withLock { $0.isInterrupted } }

  /// The next element, if there is one now.
  package func take() -> Element? {
    state.withLock { $0.elements.isEmpty ? nil : $0.elements.removeFirst() }
  }

  /// The next element, waiting for it; nil once interrupted, cancelled, or at the deadline.
  package func next(
    until deadline: BootInstant? = nil, on clock: any StationClock
  ) async -> Element? {
    if let element = take() { return element }
    guard let deadline else {
      await arrival()
      return take()
    }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { _ = await clock.wait(until: deadline) }
      group.addTask { await self.arrival() }
      await group.next()
      group.cancelAll()
    }
    return take()
  }

  /// Returns once interrupted or cancelled.
  package func interruption() async { await arrival() }

  /// Returns when there is an element, or never will be.
  private func arrival() async {
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          let isOver = !state.elements.isEmpty || state.isInterrupted || state.cancelledID >= id
          if !isOver { state.waiter = (id, continuation) }
          return isOver
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        state.cancelledID = max(state.cancelledID, id)
        return state.waiter?.id == id ? state.takeWaiter() : nil
      }
      waiter?.resume()
    }
  }
}

extension Mailbox.State {
  fileprivate mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
    defer { waiter = nil }
    return waiter?.continuation
  }
}
