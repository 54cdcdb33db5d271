import Bus
import Readings
import SimulatedParts
import Testing

@testable import Acquisition

@Suite("debouncer") struct DebouncerTests {
  private func edge(_ isActive: Bool, _ milliseconds: Int) -> Edge {
    Edge(isActive: isActive, time: moment(milliseconds))
  }

  @Test("a level counts once it has lasted, and is told once, with its first edge's time")
  func clean() {
    var debouncer = Debouncer(isActive: false, period: .milliseconds(15))
    debouncer.take(edge(true, 100))
    #expect(debouncer.settle(at: moment(114)) == nil)
    #expect(debouncer.settle(at: moment(115)) == .init(isActive: true, time: moment(100)))
    #expect(debouncer.settle(at: moment(200)) == nil)
    #expect(debouncer.isActive)
  }

  @Test("a bounce gives one change, at the edge from which the level lasted")
  func bounce() {
    var debouncer = Debouncer(isActive: false, period: .milliseconds(15))
    for (isActive, milliseconds) in [(true, 100), (false, 102), (true, 104)] {
      debouncer.take(edge(isActive, milliseconds))
    }
    #expect(debouncer.settle(at: moment(118)) == nil)
    #expect(debouncer.settle(at: moment(119)) == .init(isActive: true, time: moment(104)))
  }

  @Test("where the edges back were lost it counts from the first, once the last has lasted")
  func lostEdges() {
    var debouncer = Debouncer(isActive: false, period: .milliseconds(15))
    debouncer.take(edge(true, 100))
    debouncer.take(edge(true, 104))
    debouncer.take(edge(true, 108))
    #expect(debouncer.settle(at: moment(120)) == nil)
    #expect(debouncer.settle(at: moment(123)) == .init(isActive: true, time: moment(100)))
  }

  @Test("a glitch shorter than the period is nothing")
  func glitch() {
    var debouncer = Debouncer(isActive: false, period: .milliseconds(15))
    debouncer.take(edge(true, 100))
    debouncer.take(edge(false, 110))
    #expect(debouncer.deadline == nil)
    #expect(debouncer.settle(at: moment(500)) == nil)
    #expect(!debouncer.isActive)
  }

  @Test("where the kernel debounces every edge counts at once")
  func kernel() {
    var debouncer = Debouncer(isActive: false, period: .zero)
    debouncer.take(edge(true, 100))
    #expect(debouncer.settle(at: moment(100)) == .init(isActive: true, time: moment(100)))
  }
}

@Suite("contact") struct ContactTests {
  /// Runs a script against a contact that is watched, and gives the changes it told of.
  private func changes(
    isDebounced: Bool = false,
    script: @Sendable @escaping (SimulatedLine, SimulatedTime) async throws -> Void
  ) async throws -> [Debouncer.Change] {
    let time = SimulatedTime(utcMicroseconds: 0, uptime: .zero)
    let line = SimulatedLine(clock: time, isDebounced: isDebounced)
    let contact = Contact(input: line, debounce: .milliseconds(15), clock: time)
    return try await time.run {
      try await withThrowingTaskGroup(of: [Debouncer.Change].self) { group in
        group.addTask {
          await contact.watch()
          return []
        }
        group.addTask {
          var changes: [Debouncer.Change] = []
          while let change = await contact.next() { changes.append(change) }
          return changes
        }
        try await time.sleep(until: moment(100), tolerance: nil)
        try await script(line, time)
        try await time.sleep(until: time.now.advanced(by: .seconds(1)), tolerance: nil)
        contact.interrupt()
        line.close()
        return try await group.reduce(into: []) { $0 += $1 }
      }
    }
  }

  @Test("a press that bounces is one change, and so is its lift")
  func bounces() async throws {
    let changes = try await changes { line, time in
      line.bounce(to: true, times: 3)
      try await time.sleep(until: moment(1100), tolerance: nil)
      line.bounce(to: false, times: 2)
    }
    // Stamped with the edge from which the level lasted.
    #expect(
      changes == [
        .init(isActive: true, time: moment(100)), .init(isActive: false, time: moment(1100)),
      ])
  }

  @Test("a glitch of 5 ms is nobody's touch")
  func glitch() async throws {
    let changes = try await changes { line, time in
      line.set(true)
      try await time.sleep(until: moment(105), tolerance: nil)
      line.set(false)
    }
    #expect(changes.isEmpty)
  }

  @Test("a line the kernel debounces is believed at once, however short")
  func debouncedByKernel() async throws {
    let changes = try await changes(isDebounced: true) { line, time in
      line.bounce(to: true, times: 3)
      try await time.sleep(until: moment(105), tolerance: nil)
      line.set(false)
    }
    #expect(changes.map(\.isActive) == [true, false])
    #expect(changes.map(\.time) == [moment(100), moment(105)])
  }

  @Test("an edge that was lost is found by looking at the line")
  func lostEdge() async throws {
    let time = SimulatedTime(utcMicroseconds: 0, uptime: .zero)
    let line = SimulatedLine(clock: time)
    let contact = Contact(input: line, debounce: .milliseconds(15), clock: time)
    try await time.run {
      // Nobody watches yet: the edge goes nowhere.
      line.set(true)
      #expect(await contact.next(until: moment(50)) == nil)
      #expect(!contact.isClosed)
      #expect(await contact.lookAgain())
      #expect(await !contact.lookAgain())
      #expect(await contact.next(until: moment(100)) == .init(isActive: true, time: moment(50)))
      #expect(contact.isClosed)
      #expect(await !contact.lookAgain())
    }
  }

  @Test("an interrupted contact lets nobody wait")
  func interrupted() async throws {
    let time = SimulatedTime(utcMicroseconds: 0, uptime: .zero)
    let contact = Contact(
      input: SimulatedLine(clock: time), debounce: .milliseconds(15), clock: time)
    try await time.run {
      contact.interrupt()
      #expect(await contact.next() == nil)
      #expect(await contact.next(until: moment(60_000)) == nil)
      #expect(time.now == moment(0))
    }
  }
}

/// So many milliseconds after boot.
func moment(_ milliseconds: Int) -> BootInstant {
  BootInstant(sinceBoot: .milliseconds(milliseconds))
}

@Suite("news of the contact that comes late") struct LateContactTests {
  /// A line whose edges are all told at once, long after they happened.
  private struct LateLine: EdgeInput {
    let name = "late"
    let isDebounced = false
    let late: [Edge]
    func isActive() async throws(BusError) -> Bool { false }
    func edges() -> AsyncStream<Edge> {
      AsyncStream { continuation in
        for edge in late { continuation.yield(edge) }
      }
    }
  }

  @Test("a bouncing press and its lift are two changes, by the times of their edges")
  func settledByTheirOwnTimes() async throws {
    let time = SimulatedTime(utcMicroseconds: 0, uptime: .seconds(2))
    let edges = [(true, 100), (false, 101), (true, 102), (false, 1400)].map {
      Edge(isActive: $0.0, time: moment($0.1))
    }
    let contact = Contact(input: LateLine(late: edges), debounce: .milliseconds(15), clock: time)
    let changes = try await time.run {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await contact.watch() }
        let first = await contact.next()
        let second = await contact.next()
        group.cancelAll()
        return [first, second]
      }
    }
    #expect(
      changes == [
        .init(isActive: true, time: moment(102)), .init(isActive: false, time: moment(1400)),
      ])
  }
}
