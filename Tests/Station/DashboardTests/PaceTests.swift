import Synchronization
import Testing

@testable import Dashboard

@Suite("how often may be asked") struct PaceTests {
  /// A clock that the test moves on.
  private final class Hand: Sendable {
    private let instant = Mutex(ContinuousClock.now)
    var now: ContinuousClock.Instant { instant.withLock(\.self) }
    func move(_ duration: Duration) { instant.withLock { $0 += duration } }
  }

  private let hand = Hand()

  private func pace(
    any: Pace.Limit = .init(perSecond: 1, size: 3),
    write: Pace.Limit = .init(perSecond: 0.5, size: 2)
  ) -> Pace {
    let hand = hand
    return Pace(any: any, write: write) { hand.now }
  }

  private func question(
    _ method: String = "GET", _ path: String = "/", from address: String = "10.0.0.1"
  ) -> Question {
    var question = Question(method: method, path: path)
    question.peer = .init(address: address, isLoopback: false)
    return question
  }

  /// How many of so many are let through.
  private func admitted(_ pace: Pace, _ count: Int, _ question: Question) async -> Int {
    var admitted = 0
    for _ in 0..<count {
      do {
        try await pace.admit(question)
        admitted += 1
      } catch {
        #expect(error.kind == .tooMany)
      }
    }
    return admitted
  }

  @Test("an address may ask as often as its bucket holds, and then as fast as it fills")
  func bucket() async {
    let pace = pace()
    #expect(await admitted(pace, 10, question()) == 3)
    hand.move(.seconds(2))
    #expect(await admitted(pace, 10, question()) == 2)
    hand.move(.seconds(3600))
    #expect(await admitted(pace, 10, question()) == 3)
  }

  @Test("whoever asks too often is told after how many seconds to come back, and then may")
  func retry() async throws {
    let pace = pace(any: .init(perSecond: 0.25, size: 1))
    try await pace.admit(question())
    hand.move(.seconds(1))
    let problem = await #expect(throws: Problem.self) { try await pace.admit(question()) }
    #expect(problem?.retryAfter == 3)
    hand.move(.seconds(3))
    try await pace.admit(question())
  }

  @Test("one address that asks too often takes nothing from another")
  func addresses() async {
    let pace = pace()
    _ = await admitted(pace, 100, question())
    #expect(await admitted(pace, 10, question(from: "10.0.0.2")) == 3)
  }

  @Test(
    "what changes something has a limit of its own, and reading goes on",
    arguments: [
      "POST", "DELETE", "PUT",
    ])
  func writing(method: String) async {
    let pace = pace(any: .init(perSecond: 1, size: 100))
    #expect(await admitted(pace, 10, question(method)) == 2)
    #expect(await admitted(pace, 10, question()) == 10)
    #expect(await admitted(pace, 10, question("HEAD")) == 10)
  }

  @Test("codes are limited over all addresses together")
  func codes() async {
    let pace = pace(any: .init(perSecond: 1, size: 100))
    var admitted = 0
    for number in 0..<50 {
      let question = question("POST", "/api/v1/pairing", from: "10.0.0.\(number)")
      admitted += await self.admitted(pace, 1, question)
    }
    #expect(admitted == 6)
    hand.move(.seconds(10))
    #expect(await self.admitted(pace, 5, question("POST", "/api/v1/pairing")) == 1)
  }

  @Test("a crowd of addresses neither stops the count nor makes an exhausted one fresh")
  func crowd() async {
    let pace = pace()
    #expect(await admitted(pace, 10, question()) == 3)
    for number in 0..<3000 {
      let address = "10.1.\(number / 250).\(number % 250)"
      #expect(await admitted(pace, 1, question(from: address)) == 1)
    }
    #expect(await admitted(pace, 10, question()) == 0)
    hand.move(.seconds(60))
    #expect(await admitted(pace, 10, question()) == 3)
  }

  @Test("the site says 429 with the time to wait, also to its own board")
  func site() async throws {
    try await Bench.with(writesPerSecond: 0.2) { bench in
      #expect(try await bench.ask("DELETE", "/api/v1/devices").status == 200)
      let reply = try await bench.ask("DELETE", "/api/v1/devices")
      #expect(reply.status == 429)
      #expect(try reply.problem == "too-many-requests")
      let seconds = try #require(reply["retry-after"].flatMap { Int($0) })
      #expect((1...5).contains(seconds))
      #expect(try await bench.ask("GET", "/api/v1/station").status == 200)
    }
  }
}
