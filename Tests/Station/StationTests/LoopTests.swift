import Bus
import Control
import Foundation
import Journal
import Readings
import Settings
import Store
import Testing
import TestSupport

@testable import Tape
@testable import skin2vecd

/// The one suite that runs on the machine's own clock: nothing else tries the loop of a real board.
@Suite("the loop of a real board", .takingTurns) struct LoopTests {
  /// A board without parts, on the machine's own clock.
  private struct BareBoard: Board {
    let clock: any StationClock = OwnClock()

    func bus(_ name: String, path: String) -> any I2CBus { UnpluggedBus(name: path) }
    func rebind(_ path: String) {}

    func input(_ line: Settings.InputLine, as role: LineRole) -> any EdgeInput {
      UnpluggedLine(name: role.rawValue)
    }

    func output(_ line: Settings.OutputLine, as role: LineRole) -> any SignalOutput {
      UnpluggedLine(name: role.rawValue)
    }
  }

  private struct OwnClock: StationClock {
    typealias Instant = BootInstant
    private let start = ContinuousClock.now

    var now: BootInstant { BootInstant(sinceBoot: .seconds(50) + start.duration(to: .now)) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func reading() -> ClockReading {
      let now = now
      return ClockReading(
        bootID: String(repeating: "9", count: 32), boot: now,
        utcMicroseconds: 1_795_132_800_000_000 + now.microseconds, synchronisation: 1)
    }

    func sleep(until deadline: BootInstant, tolerance: Duration?) async throws {
      try await ContinuousClock().sleep(for: now.duration(to: deadline))
    }
  }

  @Test("takes in what comes from many threads, stops when told, and its tape plays the same rows")
  func live() async throws {
    try await TapeBench.with { bench in
      var settings = Settings()
      settings.lines.contact = nil
      settings.people = [.init(name: "ann"), .init(name: "bob")]
      let board = BareBoard()
      let loop = EventLoop()
      let recording = Recording(clock: board.clock, file: bench.tape) { await loop.settle() }
      let order = Daemon.Order(
        settings: settings, configuration: nil, diary: bench.diary, controlSocket: bench.socket,
        scenario: nil, limit: .milliseconds(1500))
      let socket = bench.socket
      let asking = Thread { Self.ask(at: socket) }
      asking.start()
      try await loop.run {
        try await Daemon(
          order, on: board, origin: .real, taping: .recording(recording),
          notifier: SystemdNotifier { _ in nil }
        ).run()
      }
      try await bench.replay()
      for view in TapeBench.views {
        let taped = try await bench.contents(of: bench.diary, views: [view])
        let replayed = try await bench.contents(of: bench.replayed, views: [view])
        #expect(replayed == taped, "\(view)")
      }
      #expect(try await bench.rows("SELECT * FROM v1_event", of: bench.replayed).count >= 3)
      let lost = try await bench.rows(
        "SELECT DISTINCT text FROM notice WHERE kind = 'partMissing'", of: bench.diary)
      #expect(!lost.isEmpty)
    }
  }

  /// Asks for one thing after another until nobody listens any more.
  private static func ask(at socket: String) {
    let event = ControlRequest.event(
      SkinEvent(
        person: Person("ann"), time: Timestamp(microseconds: 1_795_132_800_000_000), kind: "sun",
        weight: 0.5, note: nil))
    var hasAnswered = false
    let end = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < end {
      // The end of the station shows as one of these failing.
      let answers = [.status, event, .who(Person("bob"))].map {
        try? ControlClient(path: socket, patience: .seconds(300)).send($0)
      }
      if hasAnswered, answers.contains(nil) { return }
      hasAnswered = !answers.contains(nil)
      Thread.sleep(forTimeInterval: 0.01)
    }
  }
}
