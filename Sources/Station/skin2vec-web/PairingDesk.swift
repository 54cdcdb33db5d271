import Control
import Dashboard
import Glibc
import Readings
import ServiceLifecycle
import Settings

/// Gives out codes for more devices, to whoever on this board may ask: 'skin2vec web'.
struct PairingDesk: Service {
  let server: ControlServer
  let pairings: Pairings
  let listening: Settings.Web.Listening
  let port: @Sendable () -> Int
  /// What the settings are called in hints.
  let settingsFile: String

  func run() async throws {
    try await cancelWhenGracefulShutdown {
      try await server.serve { request, _ in await answer(request) }
    }
  }

  /// Answers one request.
  func answer(_ request: ControlRequest) async -> ControlResponse {
    do {
      switch request {
      case .pair: return try await offer()
      case .devices:
        return try .done(
          with: await pairings.all.map {
            PairedDevice(name: $0.name, paired: Timestamp(microseconds: $0.paired))
          })
      case .forgetDevices:
        let count = await pairings.all.count
        try await pairings.forgetAll()
        return .done(
          count == 1
            ? "1 device is not let in any more" : "\(count) devices are not let in any more")
      case .status, .follow, .who, .score, .event, .withdraw, .reload, .measure, .endMeasuring,
        .calibrate, .epoch, .lend, .takeBack, .backup, .alarm, .tape:
        return .refused(problem: "skin2vec-web only serves pages", hint: "ask the daemon")
      }
    } catch {
      return .refused(
        problem: "the devices cannot be kept: \(error)",
        hint: "'journalctl -u skin2vec-web' may say more")
    }
  }

  private func offer() async throws -> ControlResponse {
    guard !listening.isBoardOnly else {
      return .refused(
        problem: "the pages are this board's alone, which needs no code",
        hint: "to open them to the house write `web: {listen: house}` in \(settingsFile), then "
          + "'systemctl restart skin2vec-web'")
    }
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let code = await pairings.newCode()
    return try .done(
      with: PairingOffer(
        code: code, until: .seconds(Int64(now.tv_sec)) + Pairings.validity,
        addresses: listening.houseAddresses(port: port())))
  }
}
