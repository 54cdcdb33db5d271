import Bus
import SimulatedParts
import Synchronization
import Testing

@Suite struct SimulatedLineTests {
  private let clock = ManualClock()

  private func edges(of line: SimulatedLine, _ moves: () -> Void) async -> [Edge] {
    let stream = line.edges()
    moves()
    line.close()
    return await stream.reduce(into: []) { $0.append($1) }
  }

  @Test("each change is an edge with its time, and no change is none")
  func edges() async {
    let line = SimulatedLine(clock: clock)
    let edges = await edges(of: line) {
      clock.advance(by: .seconds(1))
      line.set(true)
      line.set(true)
      clock.advance(by: .seconds(1))
      line.set(false)
    }
    #expect(edges == [Edge(isActive: true, time: at(1000)), Edge(isActive: false, time: at(2000))])
  }

  @Test("a bounce goes there and back, and stays in time order")
  func bounce() async {
    let line = SimulatedLine(clock: clock)
    clock.advance(by: .seconds(1))
    let edges = await edges(of: line) { line.bounce(to: true, times: 3) }
    #expect(edges.map(\.isActive) == [true, false, true, false, true, false, true])
    #expect(edges.map(\.time) == edges.map(\.time).sorted())
    #expect(edges.last?.time == at(1000))
    #expect(line.isActive())
  }

  @Test("a debounced line shows one edge of a bounce")
  func debounced() async {
    let line = SimulatedLine(clock: clock, isDebounced: true)
    let edges = await edges(of: line) { line.bounce(to: true, times: 3) }
    #expect(edges.map(\.isActive) == [true])
  }
}

@Suite struct SimulatedSignalTests {
  private let clock = ManualClock()

  @Test("it remembers its changes with their times")
  func history() {
    let signal = SimulatedSignal(clock: clock)
    clock.advance(by: .seconds(1))
    signal.set(true)
    signal.set(true)
    clock.advance(by: .seconds(1))
    signal.set(false)
    #expect(signal.history.map(\.0) == [at(1000), at(2000)])
    #expect(signal.history.map(\.1) == [true, false])
    #expect(signal.isActive == false)
  }

  @Test("its level is known for any moment that it remembers")
  func levelAtATime() {
    let signal = SimulatedSignal(clock: clock)
    clock.advance(by: .seconds(1))
    signal.set(true)
    clock.advance(by: .seconds(1))
    signal.set(false)
    #expect(
      [999, 1000, 1999, 2000].map { signal.isActive(at: at($0)) } == [false, true, true, false])
  }

  @Test("it forgets the oldest changes and keeps the newest")
  func bounded() {
    let signal = SimulatedSignal(clock: clock)
    for change in 0..<2001 {
      clock.advance(by: .milliseconds(1))
      signal.set(change % 2 == 0)
    }
    #expect(signal.history.count == SimulatedSignal.historyLimit)
    #expect(signal.history.last?.0 == at(2001))
  }

  @Test("a change is told once")
  func callback() {
    let told = Mutex<[Bool]>([])
    let signal = SimulatedSignal(clock: clock) { isActive, _ in
      told.withLock { $0.append(isActive) }
    }
    signal.set(false)
    signal.set(true)
    signal.set(true)
    signal.set(false)
    #expect(told.withLock { $0 } == [true, false])
  }
}

@Suite struct SeededGeneratorTests {
  @Test("it is SplitMix64: the published numbers of seed 1234567")
  func published() {
    var generator = SeededGenerator(seed: 1_234_567)
    let numbers = (0..<5).map { _ in generator.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test("its normal numbers have mean 0, deviation 1 and the right tails")
  func gaussian() {
    var generator = SeededGenerator(seed: 7)
    let numbers = (0..<20_000).map { _ in generator.gaussian() }
    let mean = numbers.reduce(0, +) / 20_000
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    #expect(abs(mean) < 0.03)
    #expect(abs(variance - 1) < 0.05)
    #expect((800...1020).contains(numbers.count { abs($0) > 2 }))
  }
}
