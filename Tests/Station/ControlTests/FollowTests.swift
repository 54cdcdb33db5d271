import Control
import FoundationEssentials
import Readings
import Synchronization
import Testing
import TestSupport

@Suite("following", .timeLimit(.minutes(5))) struct FollowTests {
  /// A station that tells everybody who follows what the test posts.
  private final class Crier: Sendable {
    private let followers = Mutex<[AsyncStream<ControlResponse>.Continuation]>([])
    private let ended = Mutex(0)

    var count: Int { followers.withLock(\.count) }
    /// How many have gone away, or were let go.
    var gone: Int { ended.withLock(\.self) }

    func cry(_ response: ControlResponse) {
      for follower in followers.withLock(\.self) { follower.yield(response) }
    }

    func finish() { for follower in followers.withLock(\.self) { follower.finish() } }

    @Sendable func tell(_ tell: @escaping @Sendable (ControlResponse) async -> Bool) async {
      let (stream, continuation) = AsyncStream.makeStream(of: ControlResponse.self)
      followers.withLock { $0.append(continuation) }
      for await response in stream where await !tell(response) { break }
      ended.withLock { $0 += 1 }
    }

    /// Waits until so many have begun to follow.
    func wait(for count: Int) async { while self.count < count { await Task.yield() } }
  }

  /// Runs a body beside a server with such a station.
  private func serve(
    followers: Int = 4,
    _ body: @Sendable (String, Crier, Task<Void, any Error>) async throws -> Void
  ) async throws {
    try await withSocketPath { path in
      let crier = Crier()
      var limits = ControlServer.Limits()
      limits.followers = followers
      let server = try ControlServer(path: path, limits: limits)
      let service = Task(executorPreference: OwnThread()) {
        try await server.serve({ _, _ in .done("answered") }, station: crier.tell)
      }
      do { try await body(path, crier, service) } catch { Issue.record(error) }
      service.cancel()
      crier.finish()
      try await service.value
    }
  }

  private static let hold = ControlResponse.tap(TapMoment(.hold, person: Person("anna")))
  private static let lift = ControlResponse.tap(TapMoment(.lift, person: Person("anna")))

  /// What a follower hears, up to so many, on a thread of its own.
  private func heard(_ count: Int, at path: String) async throws -> [ControlResponse] {
    try await blocking {
      var heard: [ControlResponse] = []
      try ControlClient(path: path, patience: .seconds(300)).follow(until: StopSignal()) {
        response in
        heard.append(response)
        return heard.count < count
      }
      return heard
    }
  }

  @Test("two that follow hear the same, in the same order")
  func two() async throws {
    try await serve { path, crier, _ in
      async let first = heard(2, at: path)
      async let second = heard(2, at: path)
      await crier.wait(for: 2)
      crier.cry(Self.hold)
      crier.cry(Self.lift)
      for heard in try await [first, second] { #expect(heard == [Self.hold, Self.lift]) }
    }
  }

  @Test("one more than may follow is told so, and those that follow are not disturbed")
  func oneTooMany() async throws {
    try await serve { path, crier, _ in
      try await withThrowingTaskGroup(of: [ControlResponse].self) { group in
        for _ in 0..<4 { group.addTask { try await heard(1, at: path) } }
        await crier.wait(for: 4)
        let fifth = try await heard(1, at: path)
        #expect(
          fifth
            == [
              .refused(problem: "4 programs follow the station already", hint: "end one of them")
            ])
        let status = try await blocking {
          try ControlClient(path: path, patience: .seconds(300)).send(.status)
        }
        #expect(status == .done("answered"))
        crier.cry(Self.hold)
        for try await heard in group { #expect(heard == [Self.hold]) }
      }
    }
  }

  @Test("a follower that goes away frees its place")
  func freed() async throws {
    try await serve(followers: 1) { path, crier, _ in
      async let first = heard(1, at: path)
      await crier.wait(for: 1)
      crier.cry(Self.hold)
      let early = try await first
      #expect(early == [Self.hold])
      // That it is gone is seen when it is next told something.
      while crier.gone < 1 {
        crier.cry(Self.lift)
        await Task.yield()
      }
      async let second = admitted(at: path)
      await crier.wait(for: 2)
      crier.cry(Self.lift)
      let late = try await second
      #expect(late == Self.lift)
    }
  }

  /// The first that a follower hears once it may follow: a place is free a moment after it was left.
  private func admitted(at path: String) async throws -> ControlResponse? {
    while true {
      let first = try await heard(1, at: path).first
      guard case .refused = first else { return first }
    }
  }

  @Test("without a station to follow, a follower is answered as any other")
  func noStation() async throws {
    try await withServer(handler: { request, _ in .done("\(request)") }) { path in
      let heard = try await heard(1, at: path)
      #expect(heard == [.done("follow")])
    }
  }

  @Test("the follower's own end ends it at once, without a word of the server's")
  func ownEnd() async throws {
    try await serve { path, crier, _ in
      let stop = try StopSignal()
      async let followed = blocking {
        Result { () throws(ControlError) in
          try ControlClient(path: path, patience: .seconds(300)).follow(until: stop) { _ in true }
        }
      }
      await crier.wait(for: 1)
      stop.raise()
      guard case .failure(.closed) = try await followed else {
        Issue.record("it went on")
        return
      }
    }
  }

  @Test("where the station ends, every follower hears that it is closed")
  func end() async throws {
    try await serve { path, crier, service in
      async let first = outcome(at: path)
      async let second = outcome(at: path)
      await crier.wait(for: 2)
      crier.cry(Self.hold)
      crier.finish()
      service.cancel()
      #expect(try await first == .closed)
      #expect(try await second == .closed)
      try await service.value
      #expect(!exists(path))
    }
  }

  @Test("a station that says nothing for too long is given up")
  func silence() async throws {
    try await serve { path, _, _ in
      let outcome = try await outcome(at: path, patience: .milliseconds(50))
      #expect(outcome == .timedOut)
    }
  }

  private func outcome(
    at path: String, patience: Duration = .seconds(10)
  ) async throws -> ControlError? {
    try await blocking {
      do throws(ControlError) {
        try ControlClient(path: path, patience: patience).follow(until: StopSignal()) { _ in true }
        return nil
      } catch {
        return error
      }
    }
  }
}

@Suite struct FollowMessageTests {
  @Test("a moment of a tap has its words on the wire, and comes back as it was")
  func moment() throws {
    let moment = TapMoment(
      .again, at: .seconds(1), person: Person("anna"), site: Site("cheek"), touches: 3,
      accepted: 2, refusal: .tooShort)
    let text = try json(ControlResponse.tap(moment))
    #expect(
      text == #"{"result":"tap","tap":{"accepted":2,"person":"anna","refusal":"too_short","#
        + #""site":"cheek","state":"again","time_utc_us":1000000,"touches":3}}"#)
    let back = try JSONDecoder().decode(ControlResponse.self, from: Data(text.utf8))
    #expect(back == .tap(moment))
  }

  @Test("each state of a tap has a word of its own, which comes back")
  func states() throws {
    var words: Set<String> = []
    for state in TapMoment.State.allCases {
      let text = try json(ControlResponse.tap(TapMoment(state)))
      words.insert(text)
      #expect(
        try JSONDecoder().decode(ControlResponse.self, from: Data(text.utf8))
          == .tap(TapMoment(state)))
    }
    #expect(words.count == TapMoment.State.allCases.count)
  }

  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
