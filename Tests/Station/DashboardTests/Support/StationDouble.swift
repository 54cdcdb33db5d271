import Control
import Readings
import Synchronization
import TestSupport
import Testing

@testable import Dashboard

/// A station that writes down what it is asked, and answers as the test says.
final class StationDouble: Sendable {
  private let heard = Mutex<[ControlRequest]>([])

  /// Long enough for a machine that runs two thousand tests at once.
  static let patience = Duration.seconds(300)

  /// What it was asked, in order.
  var asked: [ControlRequest] { heard.withLock(\.self) }

  /// Runs a body beside a station at the bench's socket.
  static func serve(
    _ bench: Bench, answering answer: @escaping @Sendable (ControlRequest) -> ControlResponse,
    _ body: (StationDouble) async throws -> Void
  ) async throws {
    let station = StationDouble()
    var limits = ControlServer.Limits()
    limits.patience = patience
    let server = try ControlServer(path: bench.socket, limits: limits)
    let service = Task(executorPreference: OwnThread()) {
      try await server.serve { request, _ in
        station.heard.withLock { $0.append(request) }
        return answer(request)
      }
    }
    do {
      try await body(station)
    } catch {
      service.cancel()
      throw error
    }
    service.cancel()
    try await service.value
  }

  /// How a station is whose clock stands at a moment.
  static func status(at time: Timestamp, person: String = "ann") -> StationStatus {
    StationStatus(
      started: time - .seconds(60), uptimeSeconds: 60, diary: "/d", isSimulated: false,
      clock: .synced, person: Person(person),
      parts: [PartStatus(part: "sen55 0x69", state: "measuring", counters: ["reads": 7])],
      pendingTaps: 0, lastTap: nil, bytesWrittenToday: 4096, isJournalVolatile: false,
      settings: "read", time: time)
  }
}

extension StationDouble {
  /// Asks a station whose clock stands at noon of the third day, with ann chosen.
  static func heard(
    _ method: String, _ path: String, _ body: String?,
    answering answer: @escaping @Sendable (ControlRequest) -> ControlResponse = { _ in
      .done("it is so")
    },
    _ check: (Reply) throws -> Void
  ) async throws -> [ControlRequest] {
    var asked: [ControlRequest] = []
    try await Bench.with { bench in
      bench.feed.post(.status(StationDouble.status(at: noon)))
      try await StationDouble.serve(bench, answering: answer) { station in
        try check(try await bench.ask(method, path, body: body))
        asked = station.asked
      }
    }
    return asked
  }

  /// What the clock of such a station says: noon of the third day.
  static let noon = Bench.time(2, 12)
}
