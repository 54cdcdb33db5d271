import Bus
import Readings
import ServiceLifecycle
import SimulatedParts
import Testing

@testable import Acquisition

@Suite("people, sites and air of a tap") struct TapHouseTests {
  private static let both = [Site("cheek"), Site("forehead")]

  @Test("two sites are walked through in order, with the second one's number in between")
  func sites() async throws {
    let bench = try await TapBench.run(people: [.init(person: Person("me"), sites: Self.both)]) {
      bench in
      try await bench.touches(5)
      try await bench.touches(5, .init(moisture: 33))
    }
    let session = try #require(await bench.sessions.first)
    let sites = session.touches.map(\.site.rawValue)
    #expect(
      sites == Array(repeating: "cheek", count: 5) + Array(repeating: "forehead", count: 5))
    #expect(session.touches.map(\.number) == Array(1...10))
    #expect(session.touches.count { $0.measures.contains { $0.channel == .skinSebum } } == 6)
    let blinks = bench.signal.blinks(of: 250)
    #expect(blinks.count == 2)
    #expect(blinks.allSatisfy { $0 > session.touches[4].started.moment })
    #expect(blinks.allSatisfy { $0 < session.touches[5].started.moment })
  }

  @Test("a site that stays quiet gives way to the next one")
  func quietSite() async throws {
    let bench = try await TapBench.run(people: [.init(person: Person("me"), sites: Self.both)]) {
      bench in
      try await bench.touches(2)
      try await bench.rest(.seconds(8))
      try await bench.touches(1)
      try await bench.rest(.seconds(12))
    }
    let session = try #require(await bench.sessions.first)
    #expect(session.touches.map(\.site.rawValue) == ["cheek", "cheek", "forehead"])
  }

  @Test("a session belongs to who was chosen when it began, and the line names them")
  func who() async throws {
    let people = ["ann", "bo"].map { People.Entry(person: Person($0), sites: [Site("cheek")]) }
    let bench = try await TapBench.run(people: people) { bench in
      try await bench.touches(1)
      #expect(bench.people.choose(Person("bo")))
      try await bench.rest(.seconds(12))
      try await bench.touches(1)
      try await bench.rest(.seconds(12))
    }
    #expect(await bench.sessions.map(\.person.rawValue) == ["ann", "bo"])
    let lines = bench.notices.filter { $0.kind == .tapSaved }.map(\.text)
    #expect(lines[0].hasPrefix("evening tap of ann saved: "))
    #expect(lines[1].hasPrefix("evening tap of bo saved: "))
  }

  @Test("the button moves on to the next person, blinks their number, and is remembered")
  func button() async throws {
    let time = SimulatedTime(utcMicroseconds: 1_772_572_385_000_000)
    let line = SimulatedLine(name: "selector", clock: time)
    let signal = SimulatedSignal(clock: time)
    let sink = MemorySink(time: time)
    let people = People(
      entries: ["ann", "bo"].map { .init(person: Person($0), sites: [Site("cheek")]) },
      current: Person("ann"))
    let light = Light(outputs: [signal], clock: time)
    let selector = PersonSelector(
      button: Contact(input: line, debounce: .milliseconds(15), clock: time), people: people,
      herald: Herald(post: { _ in }, sink: sink, keeper: TimeKeeper(clock: time)), light: light)
    try await time.run {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await light.run() }
        tasks.addTask { try await selector.run() }
        for _ in 0..<3 {
          try await time.sleep(until: time.now.advanced(by: .seconds(3)), tolerance: nil)
          line.bounce(to: true, times: 2)
          try await time.sleep(until: time.now.advanced(by: .milliseconds(200)), tolerance: nil)
          line.bounce(to: false, times: 2)
        }
        try await time.sleep(until: time.now.advanced(by: .seconds(3)), tolerance: nil)
        tasks.cancelAll()
        line.close()
        try await tasks.waitForAll()
      }
    }
    #expect(await sink.chosen.map(\.rawValue) == ["bo", "ann", "bo"])
    #expect(people.current == Person("bo"))
    #expect(signal.blinks(of: 250).count == 2 + 1 + 2)
  }

  @Test(
    "a tap never depends on the air: the tap counts and the air has its reason",
    arguments: [Absence.notPresent, .warming, .corrupted])
  func absentAir(reason: Absence) async throws {
    let bench = try await TapBench.run { bench in
      bench.air.update([AirReading(.airTemperature, .absent(reason))], at: bench.time.now)
      try await bench.touches(1)
      try await bench.rest(.seconds(12))
    }
    let session = try #require(await bench.sessions.first)
    #expect(session.verdict == .saved)
    #expect(session.air == [.airTemperature: AirReading(.airTemperature, .absent(reason))])
    let text = try #require(bench.notices.last?.text)
    #expect(text.contains("temperature absent (\(reason.rawValue))"))
  }

  @Test("air older than five minutes is stale, not the air of the tap")
  func staleAir() async throws {
    let bench = try await TapBench.run { bench in
      bench.air.update([AirReading(.airTemperature, .value(21.5))], at: bench.time.now)
      try await bench.touches(1)
      try await bench.rest(.seconds(320))
      try await bench.touches(1)
      try await bench.rest(.seconds(12))
    }
    let states = await bench.sessions.map { $0.air[.airTemperature]?.state }
    #expect(states == [.value(21.5), .absent(.stale)])
  }

  @Test("a probe without a photometer taps without sebum")
  func noSebum() async throws {
    let bench = try await TapBench.run(hasSebum: false) { bench in
      try await bench.touches(1)
      try await bench.rest(.seconds(12))
    }
    let session = try #require(await bench.sessions.first)
    #expect(session.touches[0].measures.map(\.channel) == [.skinMoisture])
    #expect(bench.lamp.history.isEmpty)
  }

  @Test("a photometer that goes missing between taps is said to be, and comes back by itself")
  func photometerMissing() async throws {
    let bench = try await TapBench.run { bench in
      bench.bus.set(
        fault: .missing, on: 0x29, until: bench.time.now.advanced(by: .seconds(1500)))
      try await bench.rest(.seconds(1400))
      #expect(bench.health.parts.first { $0.name == TapBench.sebumPart }?.part.state == .lost)
      try await bench.rest(.seconds(160))
      #expect(bench.health.parts.first { $0.name == TapBench.sebumPart }?.part.state == .running)
    }
    let about = bench.notices.filter { $0.text.hasPrefix(TapBench.sebumPart) }.map(\.kind)
    #expect(about == [.partFound, .partMissing, .partBack])
  }
}
