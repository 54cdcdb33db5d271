import Bus

/// Tasks that wait for a moment, the earliest first; of equals, the one that lay down first.
struct SleeperQueue {
  typealias Sleeper = UnsafeContinuation<Void, any Error>

  private struct Entry {
    var deadline: BootInstant
    var id: UInt64
  }

  private var heap: [Entry] = []
  private var sleepers: [UInt64: Sleeper] = [:]
  /// Given an id, and not lain down yet.
  private var announced: Set<UInt64> = []
  private var lastID: UInt64 = 0

  mutating func newID() -> UInt64 {
    lastID += 1
    announced.insert(lastID)
    return lastID
  }

  /// Adds a sleeper; false where it was cancelled already.
  mutating func add(_ sleeper: Sleeper, id: UInt64, until deadline: BootInstant) -> Bool {
    guard announced.remove(id) != nil else { return false }
    sleepers[id] = sleeper
    heap.append(Entry(deadline: deadline, id: id))
    siftUp(heap.count - 1)
    return true
  }

  /// Takes a sleeper out before its time; nil where it has woken or has not lain down yet.
  mutating func cancel(_ id: UInt64) -> Sleeper? {
    announced.remove(id)
    return sleepers.removeValue(forKey: id)
  }

  /// The earliest deadline, without dropping the cancelled: for a look only.
  var earliestDeadline: BootInstant? { heap.first?.deadline }

  /// When the first sleeper wants to wake.
  var nextDeadline: BootInstant? {
    mutating get {
      while let first = heap.first, sleepers[first.id] == nil { removeFirst() }
      return heap.first?.deadline
    }
  }

  /// Takes the first sleeper out.
  mutating func popFirst() -> Sleeper? {
    guard nextDeadline != nil, let first = heap.first else { return nil }
    removeFirst()
    return sleepers.removeValue(forKey: first.id)
  }

  private func precedes(_ a: Entry, _ b: Entry) -> Bool {
    a.deadline == b.deadline ? a.id < b.id : a.deadline < b.deadline
  }

  private mutating func removeFirst() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var index = 0
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2]
      where child < heap.count && precedes(heap[child], heap[least]) { least = child }
      if least == index { return }
      heap.swapAt(index, least)
      index = least
    }
  }

  private mutating func siftUp(_ start: Int) {
    var index = start
    while index > 0, precedes(heap[index], heap[(index - 1) / 2]) {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }
}

/// Jobs ready to run, in the order they became so.
struct JobQueue {
  private var jobs: [UnownedJob] = []
  private var head = 0

  mutating func append(_ job: UnownedJob) { jobs.append(job) }

  mutating func popFirst() -> UnownedJob? {
    guard head < jobs.count else { return nil }
    defer {
      head += 1
      if head == jobs.count {
        jobs.removeAll(keepingCapacity: true)
        head = 0
      }
    }
    return jobs[head]
  }
}
