import Bus
import Control
import Foundation
import Readings
import Settings
import Synchronization
import Testing
import TestSupport

@testable import SimulatedParts
@testable import Tape
@testable import skin2vecd

@Suite("a replay", .takingTurns) struct ReplayTests {
  private static let day = Duration.seconds(86_400)

  /// A week with a journey, a clock that jumps, and a wire that is loose now and then.
  private static let week = """
    zone: Europe/Berlin
    start: 2026-03-26T12:00:00
    faults:
      - {at: 30 h, fault: nak, for: 2 h, probability: 10 %}
      - {at: 50 h, fault: flippedBit, for: 1 h, probability: 5 %}
      - {at: 80 h, fault: brownOut}
    clock:
      - {at: 60 h, step: -1 h}
      - {at: 70 h, synchronised: yes}
    zone_changes:
      - {at: 96 h, zone: Asia/Shanghai}
    """

  private func expectSame(_ bench: TapeBench, touches: Int) async throws {
    let taped = try await bench.contents(of: bench.diary)
    try await bench.replay()
    let replayed = try await bench.contents(of: bench.replayed)
    for view in TapeBench.views { #expect(replayed[view] == taped[view], "\(view)") }
    #expect(taped["v1_touch"]?.count ?? 0 >= touches)
  }

  @Test("wish 18: of a week has the same rows in all nine views")
  func week() async throws {
    try await TapeBench.with { bench in
      _ = try await bench.record(.init(yaml: Self.week, length: Self.day * 7))
      try await expectSame(bench, touches: 50)
    }
  }

  @Test("of a station that wakes late by microseconds has the same rows", arguments: [1, 2, 3])
  func jitter(seed: UInt64) async throws {
    try await TapeBench.with { bench in
      _ = try await bench.record(.init(yaml: Self.week, length: Self.day, jitter: seed))
      try await expectSame(bench, touches: 4)
    }
  }

  @Test("wish 17: of the bad night has the same rows")
  func badNight() async throws {
    let yaml = try ShippedScenarioTests.yaml("bad_night")
    try await TapeBench.with { bench in
      _ = try await bench.record(.init(yaml: yaml, length: .seconds(12 * 3600), jitter: 4))
      try await expectSame(bench, touches: 6)
    }
  }

  @Test("of a tape whose answers were changed stops and says where")
  func tampered() async throws {
    try await TapeBench.with { bench in
      _ = try await bench.record(.init(yaml: Self.week, length: .seconds(3600)))
      let tape = try Tape(file: Array(try Data(contentsOf: URL(filePath: bench.tape))))
      // The photometer says that it is another part: nobody taped what the station then asks.
      let changed = try tape.rewritten { entry in
        if entry.outcome == .bytes([0x50]) { entry.outcome = .bytes([0x51]) }
      }
      let error = await #expect(throws: TapeError.self) {
        try await Replay(tape: bench.tape, diary: bench.replayed).play(changed)
      }
      guard case .diverged(let track, _, let expected, let found)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(track == "tap")
      #expect(expected.hasPrefix("keep "))
      #expect(found.hasPrefix("asks for "))
    }
  }

  @Test(
    "of what a full ring has left has the rows of that time", arguments: [150_000, 200_000])
  func ring(limit: Int) async throws {
    try await TapeBench.with { bench in
      let yaml = StationBench.faultless + "zone: Europe/Berlin\nstart: 2026-03-26T12:00:00\n"
      let left = try await bench.record(
        .init(yaml: yaml, length: Self.day * 3, jitter: 5, limit: limit))
      let tape = try #require(left)
      #expect(tape.isPlayable)
      let (entries, jumps) = try tape.entries()
      let jump = try #require(jumps.keys.first)
      #expect(jumps.count == 1)
      let start = entries[jump].time.microseconds + (jumps[jump]?.offset ?? 0)
      // The samples that the batch before the jump held were forgotten with it.
      let from = start + 10 * 60_000_000
      try await Replay(tape: bench.tape, diary: bench.replayed).play(tape)
      for sql in Self.rowsByTime {
        let sql = sql.replacing("$from", with: "\(from)")
        let taped = try await bench.rows(sql, of: bench.diary)
        #expect(try await bench.rows(sql, of: bench.replayed) == taped)
        #expect(taped.count >= 1)
      }
    }
  }

  @Test("of a station that started on a diary of days has the rows of its own time")
  func restarted() async throws {
    try await TapeBench.with { bench in
      _ = try await bench.record(.init(yaml: Self.week, length: Self.day))
      var second = bench
      second.tape = bench.folder.appending(path: "b.tape").path
      _ = try await second.record(
        .init(yaml: Self.week, length: Self.day, jitter: 6, after: Self.day))
      try await second.replay()
      let start = try #require(
        try await bench.rows("SELECT min(time_utc_us) FROM v1_air", of: bench.replayed).first?[0])
      for sql in Self.rowsByTime {
        let sql = sql.replacing("$from", with: start)
        let taped = try await bench.rows(sql, of: bench.diary)
        #expect(try await bench.rows(sql, of: bench.replayed) == taped)
        #expect(taped.count >= 2)
      }
    }
  }

  /// What does not depend on the time before: no numbers, and nothing normalised.
  private static let rowsByTime = [
    "SELECT * FROM v1_air WHERE time_utc_us >= $from",
    """
    SELECT person, local_date, slot, started_utc_us, ended_utc_us, clock, verdict, touches, accepted
    FROM v1_session WHERE started_utc_us >= $from
    """,
    """
    SELECT person, site, channel, started_utc_us, raw, value, spread, samples, accepted, reason
    FROM v1_touch WHERE started_utc_us >= $from
    """,
  ]

  @Test("has the events and scores that the command line sent, and whose the taps were")
  func control() async throws {
    try await TapeBench.with { bench in
      let socket = bench.socket
      let life = TapeBench.Life(
        yaml: Self.week, length: .seconds(600), speed: .times(60), isControlled: true,
        people: [.init(name: "ann"), .init(name: "bob")])
      let date = try #require(LocalDate(year: 2026, month: 3, day: 26))
      let answers = Answers()
      _ = try await bench.record(life) {
        try await Self.ask(
          [
            .who(Person("bob")),
            .score(
              Score(
                person: Person("bob"), date: date, dimension: .gloss, value: 3)),
            .score(
              Score(
                person: Person("bob"), date: date + 9, dimension: .gloss, value: 3)),
            .event(
              SkinEvent(
                person: Person("ann"), time: Timestamp(microseconds: 1_774_522_800_000_000),
                kind: "sun", weight: 0.5, note: "at the lake")),
            .event(
              SkinEvent(
                person: Person("ann"), time: Timestamp(microseconds: 1_774_522_800_000_000),
                kind: "alcohol", weight: 1, note: "no")),
            .withdraw(.event(2)), .withdraw(.event(2)),
          ], at: socket, answers)
      }
      let withdrawn = "withdrawn: event 2: alcohol, weight 1.00, 2026-03-26, of ann"
      #expect(
        answers.all.suffix(4) == [
          .saved(number: 1, message: "event 1 saved: sun, weight 0.50"),
          .saved(number: 2, message: "event 2 saved: alcohol, weight 1.00"), .done(withdrawn),
          .refused(
            problem: "event 2 was withdrawn already",
            hint: "'skin2vec export events' shows those that stand, with their numbers"),
        ])
      let isRefused = answers.all.contains { answer in
        guard case .refused(let problem, _) = answer else { return false }
        return problem == "2026-04-04 has not come yet"
      }
      #expect(isRefused)
      try await expectSame(bench, touches: 0)
      #expect(try await bench.rows("SELECT note FROM v1_event", of: bench.replayed).count == 1)
      #expect(try await bench.rows("SELECT value FROM v1_score", of: bench.replayed).count == 1)
      let log = "SELECT text FROM notice WHERE kind = 'entryWithdrawn'"
      for diary in [bench.diary, bench.replayed] {
        #expect(try await bench.rows(log, of: diary) == [[withdrawn]])
      }
    }
  }

  /// What the station answered, in order.
  private final class Answers: Sendable {
    private let list = Mutex<[ControlResponse]>([])
    func add(_ answer: ControlResponse) { list.withLock { $0.append(answer) } }
    var all: [ControlResponse] { list.withLock { $0 } }
  }

  /// Sends requests as soon as somebody listens, from a thread of its own: the client blocks.
  private static func ask(
    _ requests: [ControlRequest], at socket: String, _ answers: Answers
  ) async throws {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            for request in requests { try send(request, to: socket, answers) }
          })
      }
    }
  }

  private static func send(
    _ request: ControlRequest, to socket: String, _ answers: Answers
  ) throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while true {
      do {
        answers.add(try ControlClient(path: socket, patience: .seconds(300)).send(request))
        return
      } catch ControlError.notRunning where ContinuousClock.now < deadline {
        Thread.sleep(forTimeInterval: 0.002)
      }
    }
  }
}
