import Readings
import Store
import Testing

@testable import skin2vec_mqtt

@Suite("publisher", .timeLimit(.minutes(5))) struct PublisherTests {
  private static let online = BrokerDouble.Event.published(
    topic: "skin2vec/availability", payload: "online", first: 0x33)

  /// Runs a publisher while a script hears what the broker hears, and then stops it.
  private func whilePublishing(
    _ publisher: Publisher, to broker: BrokerDouble, stopping stop: StopSignal,
    _ script: (Ear) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await publisher.run() }
      try await script(Ear(broker))
      stop.raise()
      try await group.waitForAll()
    }
    broker.close()
  }

  private func topics(_ events: [BrokerDouble.Event]) -> [String] {
    events.compactMap { if case .published(let topic, _, _) = $0 { topic } else { nil } }
  }

  @Test(
    "introduces itself with its will, says all that it knows retained, and then that it is there")
  func first() async throws {
    let (bench, broker) = (try Bench(), try BrokerDouble())
    try await bench.store.append([Bench.sample(21.5)])
    try await whilePublishing(
      try bench.publisher(to: broker, user: "u"), to: broker, stopping: bench.stop
    ) { ear in
      let heard = await ear.heard { $0 == Self.online }
      #expect(
        heard.first
          == .connected(
            clientID: "skin2vectest", will: "skin2vec/availability offline", user: "u",
            password: "secret"))
      #expect(
        topics(heard) == [
          "skin2vec/air", "skin2vec/me/morning", "skin2vec/me/evening", "skin2vec/status",
          "skin2vec/availability",
        ])
      // 3.3.1: retained, at quality of service 1.
      for case .published(_, _, let first) in heard { #expect(first == 0x33) }
      guard heard.count > 1, case .published(_, let air, _) = heard[1] else {
        throw BrokerDouble.Failed()
      }
      #expect(air.contains(#""temperature":{"celsius":21.5,"#))
    }
  }

  @Test("what did not change is not published again; a new sample is the air and the status only")
  func changes() async throws {
    let (bench, broker) = (try Bench(), try BrokerDouble())
    try await bench.store.append([Bench.sample(21.5)])
    try await whilePublishing(try bench.publisher(to: broker), to: broker, stopping: bench.stop) {
      ear in
      _ = await ear.heard { $0 == Self.online }
      try await bench.store.append([Bench.sample(22.5, ago: .seconds(10))])
      let heard = await ear.heard {
        if case .published("skin2vec/status", _, _) = $0 { true } else { false }
      }
      #expect(topics(heard) == ["skin2vec/air", "skin2vec/status"])
      guard case .published(_, let air, _) = heard.first else { throw BrokerDouble.Failed() }
      #expect(air.contains(#""celsius":22.5,"#))
    }
  }

  @Test("told to stop it says that it is gone, and good-bye")
  func stops() async throws {
    let (bench, broker) = (try Bench(), try BrokerDouble())
    let ear = Ear(broker)
    let publisher = try bench.publisher(to: broker)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await publisher.run() }
      _ = await ear.heard { $0 == Self.online }
      bench.stop.raise()
      let last = await ear.heard { $0 == .goodbye || $0 == .lost }
      #expect(
        last == [
          .published(topic: "skin2vec/availability", payload: "offline", first: 0x33), .goodbye,
        ])
      try await group.waitForAll()
    }
    broker.close()
  }

  @Test("comes back when the broker hangs up, and says all again: it may have forgotten")
  func reconnects() async throws {
    let (bench, broker) = (try Bench(), try BrokerDouble(.hangsUp(after: 3), .refuses(3), .good))
    try await whilePublishing(try bench.publisher(to: broker), to: broker, stopping: bench.stop) {
      ear in
      let heard = await ear.heard { $0 == Self.online }
      let connections = heard.count { if case .connected = $0 { true } else { false } }
      #expect(connections == 3)
      #expect(topics(heard).count { $0 == "skin2vec/air" } == 2)
      #expect(topics(heard).count { $0 == "skin2vec/status" } == 1)
    }
  }

  @Test("gives a sign of life when it has nothing to say; a broker that gives none is left")
  func keepAlive() async throws {
    let (bench, broker) = (try Bench(), try BrokerDouble(.ignoresPings, .good))
    let publisher = try bench.publisher(to: broker, keepAliveSeconds: 1)
    try await whilePublishing(publisher, to: broker, stopping: bench.stop) { ear in
      let heard = await ear.heard { $0 == .lost }
      #expect(heard.contains(Self.online))
      #expect(heard.suffix(2) == [.ping, .lost])
      let again = await ear.heard { $0 == Self.online }
      #expect(topics(again).first == "skin2vec/air")
    }
  }

  @Test("a broker that is away is told of once, and again when something else is wrong")
  func tellsOnce() async throws {
    let (bench, broker) = (
      try Bench(), try BrokerDouble(.refuses(3), .refuses(3), .refuses(5), .refuses(3), .good)
    )
    try await whilePublishing(
      try bench.publisher(to: broker), to: broker, stopping: bench.stop
    ) { ear in
      _ = await ear.heard { $0 == Self.online }
      let kinds = bench.lines.all.map { line in
        ["not available", "not authorised", "connected"].first { line.contains($0) }
      }
      #expect(kinds == ["not available", "not authorised", "not available", "connected"])
    }
  }

  @Test("each refusal is said as what it is", arguments: 1...5 as ClosedRange<UInt8>)
  func refusals(code: UInt8) async throws {
    let (bench, broker) = (try Bench(), try BrokerDouble(.refuses(code)))
    let publisher = try bench.publisher(to: broker)
    await #expect(throws: BrokerError.refused(Refusal(code: code))) {
      try await publisher.publishOnce()
    }
    broker.close()
  }

  @Test("once: all is said, that it is there, and good-bye")
  func once() async throws {
    let (bench, broker) = (try Bench(), try BrokerDouble())
    try await bench.publisher(to: broker).publishOnce()
    broker.close()
    let ear = Ear(broker)
    let heard = await ear.heard { $0 == .goodbye }
    #expect(heard.suffix(2) == [Self.online, .goodbye])
  }

  @Test("a broker that says nothing, and a port where nobody listens, are told apart")
  func nobody() async throws {
    let (bench, broker) = (try Bench(), try BrokerDouble(.mute))
    let publisher = try bench.publisher(to: broker, patience: .milliseconds(50))
    await #expect(throws: BrokerError.timedOut("CONNECT")) { try await publisher.publishOnce() }
    let ear = Ear(broker)
    broker.close()
    _ = await ear.heard { _ in false }
    do {
      try await publisher.publishOnce()
      Issue.record("published to nobody")
    } catch let error as BrokerError {
      #expect("\(error)" == "no broker at 127.0.0.1:\(broker.port): Connection refused")
    }
  }
}

/// Listens to what a broker hears.
private final class Ear {
  private var events: AsyncStream<BrokerDouble.Event>.Iterator

  init(_ broker: BrokerDouble) { events = broker.events.makeAsyncIterator() }

  /// What comes up to an event, the event included.
  func heard(until last: (BrokerDouble.Event) -> Bool) async -> [BrokerDouble.Event] {
    var heard: [BrokerDouble.Event] = []
    while let event = await events.next(isolation: #isolation) {
      heard.append(event)
      if last(event) { break }
    }
    return heard
  }
}
