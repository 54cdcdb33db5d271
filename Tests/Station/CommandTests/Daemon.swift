import Control
import Readings
import Synchronization
import TestSupport

@testable import skin2vec

/// A daemon's end of the control socket, with answers of the test's own.
final class Daemon: Sendable {
  private let asked = Mutex<[ControlRequest]>([])
  /// Everything that was asked, in order.
  var requests: [ControlRequest] { asked.withLock { $0 } }

  /// Runs a body beside a daemon that listens where the bench's configuration says.
  static func with(
    _ bench: Bench, answering answer: @escaping @Sendable (ControlRequest) -> ControlResponse,
    _ body: (Daemon) async throws -> Void
  ) async throws {
    let daemon = Daemon()
    let server = try ControlServer(path: bench.socket)
    let service = Task(executorPreference: OwnThread()) {
      try await server.serve { request, _ in
        daemon.asked.withLock { $0.append(request) }
        return answer(request)
      }
    }
    defer { service.cancel() }
    try await body(daemon)
  }

  /// A station whose next tap is anna's.
  static func status(_ bench: Bench) -> StationStatus {
    StationStatus(
      started: Bench.midnight, uptimeSeconds: 77_400, diary: bench.diary, isSimulated: false,
      clock: .synced, person: Person("anna"),
      parts: [
        PartStatus(
          part: "sen55 0x69", product: "SEN55", serial: "51A2", firmware: "2.0",
          state: "measuring", ageSeconds: 12, counters: ["samples": 3])
      ], pendingTaps: 0, lastTap: "evening tap saved: moisture 47.2", bytesWrittenToday: 4096,
      isJournalVolatile: true, settings: "read 22:14")
  }
}
